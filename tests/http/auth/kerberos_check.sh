#!/usr/bin/env bash
# Logging in by Kerberos against a KDC of our own, and each way in which that can fail, in words.
# usage: kerberos_check.sh LOGIN_CLIENT
set -euo pipefail
program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
TMPDIR=$(mktemp -d)
export TMPDIR
kdc=
# shellcheck source=realm.sh
source "$here/realm.sh"
trap 'end_realm; rm -rf "$TMPDIR"' EXIT
begin_realm

# as PASSWORD OPTIONS...: against a server of the program's own
as() {
    PASSWORD=$1 timeout 60 "$program" own "${@:2}" 2>&1 || true
}

expect "the right password gets in, and the server proves itself" \
    "$(as geheim --user anna@CORP.EXAMPLE)" $'200 mail\n401 - 0 | 200 Negotiate 8'
expect "a connection that is logged in is asked nothing more" \
    "$(as geheim --user anna@CORP.EXAMPLE --requests 3)" '401 - 0 | 200 Negotiate 8 | 200 - 8 | 200 - 8'
expect "a user without a realm is one of the default realm" "$(as geheim --user anna)" '200 mail'
expect "a server that asks for each request is told from then on unasked" \
    "$(as geheim --user anna --requests 4 --each-time)" \
    '401 - 0 | 200 Negotiate 8 | 401 - 8 | 200 Negotiate 8 | 200 Negotiate 8 | 200 Negotiate 8'
expect "a server that does not prove itself is not believed" \
    "$(as geheim --user anna --no-proof)" 'error 3:' 'did not prove by Kerberos who it is'
expect "the login is bound to TLS" "$(as geheim --user anna --tls)" '200 mail'
expect "and worth nothing on another connection" \
    "$(as geheim --user anna@CORP.EXAMPLE --tls --bound-to-another)" \
    '401 <html>' '401 - 0 | 401 Negotiate 8 | 401 Negotiate 0'

expect "a wrong password is named, not repeated, and not tried by NTLM" \
    "$(as falsch --user anna@CORP.EXAMPLE)" \
    'error 0: anna@CORP.EXAMPLE cannot log in to HTTP@localhost: the password is wrong' $'401 - 0'
[[ $(as falsch --user anna@CORP.EXAMPLE) != *falsch* ]] || expect "the password is in the output" "" "no"
expect "no KDC: NTLM is tried" "$(as geheim --user anna@AWAY.EXAMPLE)" '401 Negotiate 0'
expect "an unknown account" "$(as geheim --user nobody@CORP.EXAMPLE)" '401 Negotiate 0'

admin addprinc -pw geheim locked
admin modprinc -allow_tix locked
expect "a locked account" "$(as geheim --user locked@CORP.EXAMPLE)" 'error 0: ' 'the account is locked or disabled'
admin addprinc -pw geheim -pwexpire 2020-01-01 old
expect "an expired password" "$(as geheim --user old@CORP.EXAMPLE)" 'error 0: ' 'the password has expired'

admin addprinc -randkey robot
admin ktadd -k "$TMPDIR/robot.keytab" robot
by_keytab() {
    timeout 60 "$program" "$@" --keytab "$TMPDIR/robot.keytab" 2>&1 || true
}
expect "a keytab gets in" "$(by_keytab own --user robot@CORP.EXAMPLE)" '200 mail'
expect "a keytab of somebody else" "$(by_keytab own --user anna@CORP.EXAMPLE)" \
    'error 0: ' 'the keytab is missing or holds no key of this account'
ktutil >/dev/null <<END
addent -password -p robot@AWAY.EXAMPLE -k 1 -e aes256-cts-hmac-sha1-96 -s salt
password
wkt $TMPDIR/robot.keytab
END
expect "no KDC, and nothing but Kerberos" "$(by_keytab own --user robot@AWAY.EXAMPLE)" \
    'error 2: ' 'no domain controller (KDC) answers'

expect "without tickets the text says where to get them" \
    "$(timeout 60 "$program" own 2>&1 || true)" 'error 0: ' 'no Kerberos ticket that is still valid'
kinit -k -t "$TMPDIR/robot.keytab" robot
expect "the tickets of the process get in" "$(timeout 60 "$program" own 2>&1 || true)" '200 mail'
expect "those of another user do not serve" \
    "$(timeout 60 "$program" own --user anna@CORP.EXAMPLE 2>&1 || true)" 'error 0: anna@CORP.EXAMPLE cannot'
admin ktadd -k "$TMPDIR/newer.keytab" robot
expect "a keytab older than the password" "$(by_keytab own --user robot@CORP.EXAMPLE)" \
    'error 0: ' 'the keytab is older than the password'
admin delprinc -force HTTP/localhost
kdestroy -q
admin ktadd -k "$TMPDIR/robot.keytab" robot
expect "a service that nobody has registered" "$(by_keytab own --user robot@CORP.EXAMPLE)" \
    'error 0: ' 'no account in the directory bears this service principal name'
exit $((failures > 0))
