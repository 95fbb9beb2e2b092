#!/usr/bin/env bash
# The main job from end to end, on the embedded defaults: installs what is missing, builds, starts an Exchange
# simulator (TLS, two mailboxes), the agent and the embedded CRM, drops sample mails, and shows what became of
# them. Exit 0 only if mailbox, journal and CRM agree with samples/demo/drops.tsv.
#
#   samples/demo.sh                 all of it
#   KEEP=1 samples/demo.sh          leaves the working folder for a look around
#   BUILD_DIR=DIR samples/demo.sh   takes the programs of that build: installs and builds nothing
#   EXCHANGE=ntlm-grommunio samples/demo.sh
#                                   the same with another server: agent and users log in by NTLM, bound to the
#                                   certificate of the TLS connection, and it has the ways of grommunio
#
# For its test (tests/demo): DROPS=FILE other expectations; BEFORE_CHECKS=COMMAND runs between the drops and the
# checks, with the four arguments of `demo.py check`.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
[ -t 2 ] || say() { printf '== %s\n' "$*" >&2; }

build() {
    if [ -n "${BUILD_DIR:-}" ]; then return; fi
    .ci/install-packages "${packages[@]}"
    BUILD_DIR=build/release
    say "Building (the first time takes some minutes)"
    cmake --preset release >"$work/configure.log" 2>&1 || { cat "$work/configure.log" >&2; exit 1; }
    cmake --build --preset release --target mailferry mailferry-exchange
}

# A certification authority of our own and a certificate for the simulator: TLS is verified also here.
certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=Mailferry demonstration CA" \
        -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=localhost" \
        -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
    openssl x509 -req -in "$work/server.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 2 \
        -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1") -out "$work/server.pem" 2>/dev/null
}

start_simulator() {
    : >"$work/simulator.out"
    "$BUILD_DIR/ews/simulator/mailferry-exchange" --listen 127.0.0.1:0 --tls "$work/server.pem,$work/server.key" \
        --mailbox anna@us.example:secret --mailbox ben@us.example:secret \
        --service "ferry@us.example:$(cat "$work/password")" "${ways[@]}" >"$work/simulator.out" 2>"$work/simulator.log" &
    pids+=($!)
    for _ in $(seq 100); do
        url=$(sed -n 's/^ready //p' "$work/simulator.out")
        [ -n "$url" ] && return
        sleep 0.1
    done
    cat "$work/simulator.log" >&2
    exit 1
}

start_agent() {
    sed "s|@URL@|$url|; s|@LOGIN@|$login|" samples/demo/mailferry.xml.in >"$work/mailferry.xml"
    cp samples/demo/policy.xml "$work/policy.xml"
    "$mailferry" check "$work/mailferry.xml" >&2
    "$mailferry" crm import "sqlite:$work/crm.sqlite" samples/people.csv >&2
    "$mailferry" run --config "$work/mailferry.xml" 2>"$work/agent.log" &
    agent=$!
    pids+=("$agent")
}

# What is looked at afterwards stands still. An agent that does not end cleanly is a failure too.
stop_agent() {
    kill "$agent"
    wait "$agent" || { echo "The agent did not end cleanly" >&2; exit 1; }
}

finish() {
    local status=$?
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    if [ "$status" != 0 ] && [ -s "$work/agent.log" ]; then
        echo "The last lines of the agent's log:" >&2
        tail -n 20 "$work/agent.log" >&2
    fi
    if [ -n "${KEEP:-}" ]; then say "Everything is left in $work"; else rm -rf "$work"; fi
    exit "$status"
}

case ${EXCHANGE:-} in
    "")
        packages=(build) login=basic ways=()
        ;;
    ntlm-grommunio)
        packages=(build tests) login=negotiate ways=(--login ntlm --channel-binding --grommunio)
        if [ -n "${BUILD_DIR:-}" ] && [ ! -e /etc/gss/mech.d/mech.ntlmssp.conf ]; then
            echo "skipped: the package gss-ntlmssp is missing" >&2
            exit 77
        fi
        ;;
    *)
        echo "EXCHANGE may be ntlm-grommunio, not $EXCHANGE" >&2
        exit 2
        ;;
esac
pids=()
work=$(mktemp -d)
trap finish EXIT
build
mailferry=$BUILD_DIR/agent/mailferry
(umask 077 && head -c 18 /dev/urandom | base64 >"$work/password")
certificate
say "Starting the Exchange simulator and the agent"
start_simulator
start_agent
facts=("$mailferry" "$work" "$url" "${DROPS:-samples/demo/drops.tsv}")
export PYTHONDONTWRITEBYTECODE=1
python3 samples/demo/demo.py drop "${facts[@]}"
stop_agent
if [ -n "${BEFORE_CHECKS:-}" ]; then $BEFORE_CHECKS "${facts[@]}"; fi
python3 samples/demo/demo.py check "${facts[@]}"
