#!/usr/bin/env bash
# Builds and tests Mailferry on a Debian 12 that has nothing but its base system and this checkout.
# usage: tests/run.sh [PRESET]     release (default), dev or gcc-asan; JOBS=N bounds the compilers at work
# Exit status 0 means: built without a warning, no test failed. Skipped tests are named, with the reason, at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly preset=${1:-release}
readonly build=build/$preset
readonly node=build/node
readonly log=$build/tests.log
times=()

phase() {
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    "$@"
    times+=("$name: $((SECONDS - start)) s")
}

install_packages() {
    .ci/install-packages build tests
}

# The second independent EWS client. Without it one test is skipped; that is no reason to fail.
install_node_client() {
    if [[ -d $node/node_modules/ews-javascript-api ]]; then
        echo "ews-javascript-api: there already"
        return
    fi
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        .ci/install-packages node || true
    fi
    if ! npm install --prefix "$node" --no-audit --no-fund --loglevel=error ews-javascript-api@0.15.3 </dev/null; then
        echo "SKIPPED: ews-javascript-api could not be installed; the tests that need it will be skipped"
    fi
}

configure() {
    cmake --preset "$preset"
}

compile() {
    cmake --build --preset "$preset" --parallel "${JOBS:-$(nproc)}"
}

run_tests() {
    ctest --test-dir "$build" --output-on-failure --no-tests=error -j4 </dev/null | tee "$log"
}

name_skipped() {
    local last=$build/Testing/Temporary/LastTest.log skipped
    # Of ctest, and of GoogleTest where a share of the tests is one of ctest's.
    skipped=$({
        sed -n 's/^.*Test *#[0-9]*: \(.*[^ .]\) \.*\*\*\*Skipped.*/    \1/p' "$log"
        ! grep -q '[.]1_of_[0-9]' "$log" || sed -n 's/^\[  SKIPPED \] \([^ ]*\)\( (.*)\)\?$/    \1/p' "$last"
    } | sort -u)
    if [[ -z $skipped ]]; then
        echo "no test was skipped"
        return
    fi
    echo "SKIPPED: $(wc -l <<<"$skipped") test(s)"
    echo "$skipped"
    # The reasons: of a script its line `skipped: …`, of GoogleTest the line behind file:line: Skipped.
    sed -n -e 's/^[Ss][Kk][Ii][Pp][Pp][Ee][Dd]: /    because: /p' -e '/^.*: Skipped$/{n;s/^/    because: /p}' \
        "$last" | sort | uniq -c | sed 's/^ *[0-9]* //'
}

summary() {
    local status=$?
    echo
    echo "== $preset: $( ((status == 0)) && echo passed || echo "FAILED (exit status $status)")"
    ((${#times[@]} == 0)) || printf '%s\n' "${times[@]}" "all: $SECONDS s"
    if [[ -f $log ]]; then
        name_skipped
        grep -E 'tests passed, .* tests failed out of' "$log" || true
    fi
}

trap summary EXIT
rm -f "$log"
phase packages install_packages
phase "node client" install_node_client
phase configure configure
phase build compile
phase tests run_tests
