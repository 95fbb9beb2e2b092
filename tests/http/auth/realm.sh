# A Kerberos realm of the tests' own: a KDC in a folder, as an ordinary user, on a free port. To be sourced.
# begin_realm sets KRB5_CONFIG, KRB5_KDC_PROFILE, KRB5CCNAME and KRB5_KTNAME, all below $TMPDIR; end_realm stops the KDC.

skip() {
    echo "skipped: $*"
    exit 77
}

# need PACKAGE PROGRAM-OR-FILE...
need() {
    local package=$1 it
    shift
    for it in "$@"; do
        [[ -e $it ]] || command -v "$it" >/dev/null || skip "$it is missing (package $package)"
    done
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_for COMMAND...: until it succeeds, 20 s at most
wait_for() {
    local i
    for ((i = 0; i < 200; i++)); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    echo "waited in vain for: $*"
    return 1
}

begin_realm() {
    [[ -x $program ]] || { echo "no such program: $program"; exit 2; }
    PATH=$PATH:/usr/sbin:/sbin
    need krb5-kdc krb5kdc kdb5_util
    need krb5-admin-server kadmin.local
    need krb5-user kinit
    local port
    port=$(free_port)
    export KRB5_CONFIG=$TMPDIR/krb5.conf KRB5_KDC_PROFILE=$TMPDIR/kdc.conf
    export KRB5CCNAME=FILE:$TMPDIR/tickets KRB5_KTNAME=FILE:$TMPDIR/http.keytab
    cat >"$KRB5_CONFIG" <<END
[libdefaults]
    default_realm = CORP.EXAMPLE
    dns_lookup_kdc = false
    dns_lookup_realm = false
    dns_canonicalize_hostname = false
    rdns = false
    qualify_shortname = ""
    udp_preference_limit = 1
[realms]
    CORP.EXAMPLE = {
        kdc = 127.0.0.1:$port
    }
    AWAY.EXAMPLE = {
        kdc = 127.0.0.1:1
    }
[domain_realm]
    localhost = CORP.EXAMPLE
    127.0.0.1 = CORP.EXAMPLE
END
    cat >"$KRB5_KDC_PROFILE" <<END
[kdcdefaults]
    kdc_listen = 127.0.0.1:$port
    kdc_tcp_listen = 127.0.0.1:$port
[realms]
    CORP.EXAMPLE = {
        database_name = $TMPDIR/principal
        key_stash_file = $TMPDIR/stash
        acl_file = $TMPDIR/acl
        max_life = 10h
        default_principal_flags = +preauth
    }
[logging]
    kdc = FILE:$TMPDIR/kdc.log
END
    : >"$TMPDIR/acl"
    kdb5_util create -s -r CORP.EXAMPLE -P master >/dev/null 2>&1 || skip "kdb5_util cannot make a database here"
    admin addprinc -pw geheim anna
    admin addprinc -randkey HTTP/localhost
    admin ktadd -k "$TMPDIR/http.keytab" HTTP/localhost
    krb5kdc -n -P "$TMPDIR/kdc.pid" >"$TMPDIR/kdc.out" 2>&1 &
    kdc=$!
    wait_for test -s "$TMPDIR/kdc.pid"
    wait_for bash -c "exec 3<>/dev/tcp/127.0.0.1/$port"
}

admin() {
    kadmin.local -r CORP.EXAMPLE "$@" >>"$TMPDIR/admin.log" 2>&1
}

end_realm() {
    if [[ -n ${kdc:-} ]]; then
        kill "$kdc" 2>/dev/null || true
        wait "$kdc" 2>/dev/null || true
    fi
}

failures=0

# expect WHAT OUTPUT TEXT...: all texts stand in the output
expect() {
    local what=$1 output=$2 text
    shift 2
    for text in "$@"; do
        if [[ $output != *"$text"* ]]; then
            printf 'FAILED: %s\n  expected: %s\n  but came: %s\n' "$what" "$text" "$output"
            failures=$((failures + 1))
            return
        fi
    done
    echo "ok: $what"
}
