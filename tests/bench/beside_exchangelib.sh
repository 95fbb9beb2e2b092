#!/usr/bin/env bash
# Mailferry beside an archiver on Python's exchangelib (python_archiver/), in one run: the same simulator over TLS, the
# same mails and people, the same result in mailboxes and CRM, which is compared; exit 1 where it differs. Prints mails
# a second, the client's CPU for a mail, and both ratios.
#
#   tests/bench/beside_exchangelib.sh                  2,000 mails: mailferry, exchangelib, exchangelib, mailferry
#   MAILS=200 ORDER=AB … beside_exchangelib.sh         fewer; A is mailferry, B exchangelib
#   MAILBOXES=16 … beside_exchangelib.sh               that many in place of 4; at most 40
#   WORKERS=4 … beside_exchangelib.sh                  that many processes of Python, else as many as processors
#   BUILD_DIR=DIR … beside_exchangelib.sh              takes the programs of that build, builds nothing
#   KEEP=1 … beside_exchangelib.sh                     leaves the working folder for a look around
#
# Both clients have started and listen before the clock starts; it stops when the last mail is back in its Inbox. CPU is
# user and system of all processes of the client, until two seconds after that.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=/usr/bin/python3 # the system's, to which Debian's python3-exchangelib belongs

if [ -z "${BUILD_DIR:-}" ]; then
    .ci/install-packages build tests
    BUILD_DIR=build/release
    cmake --preset release >/dev/null
    cmake --build --preset release --target mailferry mailferry-exchange
fi
"$python" -c 'import exchangelib' 2>/dev/null || .ci/install-packages tests

work=$(mktemp -d)
finish() {
    if [ -n "${KEEP:-}" ]; then echo "Everything is left in $work" >&2; else rm -rf "$work"; fi
}
trap finish EXIT

# A certification authority of our own and a certificate for the simulator, as in samples/demo.sh.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=Mailferry comparison CA" \
    -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=localhost" \
    -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
openssl x509 -req -in "$work/server.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 2 \
    -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1") -out "$work/server.pem" 2>/dev/null
(umask 077 && head -c 18 /dev/urandom | base64 >"$work/password")

export PYTHONDONTWRITEBYTECODE=1
"$python" tests/bench/beside_exchangelib.py \
    "$BUILD_DIR" "$work" "$python" "${MAILS:-2000}" "${MAILBOXES:-4}" "${ORDER:-ABBA}" "${WORKERS:-$(nproc)}"
