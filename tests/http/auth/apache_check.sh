#!/usr/bin/env bash
# Logging in to an Apache with mod_auth_gssapi, which is not ours: by Kerberos against a KDC of our own, and by NTLM.
# usage: apache_check.sh LOGIN_CLIENT
set -euo pipefail
program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
TMPDIR=$(mktemp -d)
export TMPDIR
kdc=
apache=
# shellcheck source=realm.sh
source "$here/realm.sh"
end() {
    if [[ -n $apache ]]; then
        kill "$apache" 2>/dev/null || true
        wait "$apache" 2>/dev/null || true
    fi
    end_realm
    rm -rf "$TMPDIR"
}
trap end EXIT
begin_realm
modules=/usr/lib/apache2/modules
need apache2-bin apache2 "$modules/mod_mpm_event.so"
need libapache2-mod-auth-gssapi "$modules/mod_auth_gssapi.so"
need gss-ntlmssp /etc/gss/mech.d/mech.ntlmssp.conf

printf 'CORP:anna:geheim\n' >"$TMPDIR/ntlm_users"
export NTLM_USER_FILE=$TMPDIR/ntlm_users
port=$(free_port)
mkdir -m 1777 "$TMPDIR/replays"  # of Kerberos tokens, remembered by the server
mkdir "$TMPDIR/www" "$TMPDIR/www/kerberos" "$TMPDIR/www/bound" "$TMPDIR/www/ntlm" "$TMPDIR/www/both"
for folder in kerberos bound ntlm both; do echo "mail by $folder" >"$TMPDIR/www/$folder/index.html"; done
if ((EUID == 0)); then
    # Apache gives its rights away; what it reads must be readable then.
    chmod -R a+rX "$TMPDIR"
    chmod a+r "$TMPDIR/http.keytab"
    account=$'User www-data\nGroup www-data'
fi
cat >"$TMPDIR/apache.conf" <<END
ServerRoot $TMPDIR
PidFile $TMPDIR/apache.pid
DefaultRuntimeDir $TMPDIR
Mutex file:$TMPDIR
ErrorLog $TMPDIR/error.log
ServerName localhost
Listen 127.0.0.1:$port
${account:-}
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authn_core_module $modules/mod_authn_core.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule authz_user_module $modules/mod_authz_user.so
LoadModule dir_module $modules/mod_dir.so
LoadModule auth_gssapi_module $modules/mod_auth_gssapi.so
StartServers 1
ServerLimit 1
MaxRequestWorkers 25
MinSpareThreads 1
DocumentRoot $TMPDIR/www
DirectoryIndex index.html
KeepAlive On
<Directory $TMPDIR/www>
    AuthType GSSAPI
    AuthName "mail"
    GssapiCredStore keytab:$TMPDIR/http.keytab
    Require valid-user
</Directory>
<Directory $TMPDIR/www/kerberos>
    GssapiAllowedMech krb5
</Directory>
<Directory $TMPDIR/www/bound>
    GssapiAllowedMech krb5
    GssapiConnectionBound On
</Directory>
<Directory $TMPDIR/www/ntlm>
    GssapiAllowedMech ntlmssp
    GssapiConnectionBound On
</Directory>
<Directory $TMPDIR/www/both>
    GssapiAllowedMech krb5
    GssapiAllowedMech ntlmssp
    GssapiConnectionBound On
</Directory>
END
TMPDIR=$TMPDIR/replays apache2 -f "$TMPDIR/apache.conf" -DFOREGROUND >"$TMPDIR/apache.out" 2>&1 &
apache=$!
if ! wait_for bash -c "exec 3<>/dev/tcp/127.0.0.1/$port"; then
    cat "$TMPDIR/apache.out" "$TMPDIR/error.log"
    exit 1
fi

# ask FOLDER PASSWORD OPTIONS...
ask() {
    PASSWORD=$2 timeout 60 "$program" "http://localhost:$port/$1/" "${@:3}" 2>&1 || true
}
expect "Kerberos, asked for at each request" "$(ask kerberos geheim --user anna@CORP.EXAMPLE --requests 3)" \
    $'200 mail by kerberos\n200 mail by kerberos\n200 mail by kerberos'
expect "Kerberos, once a connection" "$(ask bound geheim --user anna@CORP.EXAMPLE --requests 3)" \
    $'200 mail by bound\n200 mail by bound\n200 mail by bound'
expect "Kerberos on new connections" "$(ask bound geheim --user anna@CORP.EXAMPLE --requests 2 --anew)" \
    $'200 mail by bound\n200 mail by bound'
expect "Kerberos with a wrong password" "$(ask kerberos falsch --user anna@CORP.EXAMPLE)" 'the password is wrong'
expect "NTLM, once a connection" "$(ask ntlm geheim --user 'CORP\anna' --requests 3)" \
    $'200 mail by ntlm\n200 mail by ntlm\n200 mail by ntlm'
expect "NTLM on new connections" "$(ask ntlm geheim --user 'CORP\anna' --requests 2 --anew)" \
    $'200 mail by ntlm\n200 mail by ntlm'
expect "NTLM with a wrong password" "$(ask ntlm falsch --user 'CORP\anna')" '401 '
expect "NTLM of a user that nobody knows" "$(ask ntlm geheim --user 'CORP\nobody')" '401 '
expect "both offered, Kerberos possible" "$(ask both geheim --user anna@CORP.EXAMPLE)" '200 mail by both'
expect "both offered, NTLM alone possible" "$(ask both geheim --user 'CORP\anna')" '200 mail by both'
expect "NTLM name where only Kerberos is let in" "$(ask kerberos geheim --user 'CORP\anna')" '401 '
if ((failures > 0)); then cat "$TMPDIR/error.log"; fi
exit $((failures > 0))
