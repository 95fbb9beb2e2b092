#!/bin/sh
# clients_test.sh PROGRAM SHARED CACHE: runs EWS clients that nobody here wrote against mailferry-exchange,
# each against a fresh one. SHARED is the folder with ews/clients/; CACHE keeps what npm installs.
# Exit 77: something that is needed is absent (a line says what); 0: every client said OK.
set -u
program=$1 clients=$2/ews/clients cache=$3
here=$(dirname "$0")
package=ews-javascript-api
version=0.15.3

[ -x "$program" ] || { echo "FAILED: $program is no program"; exit 1; }
[ -d "$clients" ] || { echo "SKIPPED: $clients is absent"; exit 77; }

work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

fail() { echo "FAILED: $*"; exit 1; }

# start_server OPTIONS...: a fresh one; sets `server` to its process and `url` to its address without the path.
start_server() {
    mkfifo "$work/ready"
    "$program" --listen 127.0.0.1:0 --mailbox agent@example.test:secret "$@" >"$work/ready" &
    server=$!
    read -r word url <"$work/ready" || fail "the server did not start"
    rm "$work/ready"
    [ "$word" = ready ] || fail "the server said '$word $url'"
    url=${url%/EWS/Exchange.asmx}
}

# The server must end cleanly when it is told to.
stop_server() {
    kill -TERM "$server"
    wait "$server"
    code=$?
    server=
    [ "$code" -eq 0 ] || fail "the server ended with $code"
}

# check NAME PROGRAM SCRIPT [FILE OPTIONS...]: the script must end with the line "OK NAME".
check() {
    name=$1 runs=$2 script=$3 file=${4:-$clients/sample.eml}
    shift 3
    [ $# -eq 0 ] || shift
    start_server "$@"
    echo "--- $name"
    timeout 120 "$runs" "$script" "$url" "$file" >"$work/log" 2>&1
    code=$?
    cat "$work/log"
    [ "$code" -eq 0 ] || fail "$name ended with $code"
    tail -n 1 "$work/log" | grep -q "^OK $name\$" || fail "$name did not end with OK"
    stop_server
}

install_package() {
    [ -d "$cache/node_modules/$package" ] && return 0
    mkdir -p "$cache" && npm install --silent --no-audit --no-fund --prefix "$cache" "$package@$version"
}

skipped=
if /usr/bin/python3 -c 'import exchangelib' 2>/dev/null; then
    check exchangelib /usr/bin/python3 "$clients/client_exchangelib.py"
else
    echo "SKIPPED: python3-exchangelib is not installed"
    skipped=yes
fi
if command -v node >/dev/null && command -v npm >/dev/null && install_package; then
    NODE_PATH=$cache/node_modules
    export NODE_PATH
    check ewsjs node "$clients/client_ewsjs.js"
else
    echo "SKIPPED: node, npm or $package $version is not to be had"
    skipped=yes
fi
if /usr/bin/python3 -c 'import exchangelib' 2>/dev/null && [ -e /etc/gss/mech.d/mech.ntlmssp.conf ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/server.pem" 2>/dev/null
    # gss-ntlmssp 1.2 loses memory with every password that it reads: nothing that LeakSanitizer should find here.
    ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
    export ASAN_OPTIONS
    check ntlm /usr/bin/python3 "$here/ntlm_client.py" "$work/server.pem" \
        --login ntlm --channel-binding --tls "$work/server.pem,$work/key.pem"
else
    echo "SKIPPED: python3-exchangelib or gss-ntlmssp is not installed"
    skipped=yes
fi
[ -z "$skipped" ] || exit 77
