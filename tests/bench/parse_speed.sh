#!/usr/bin/env bash
# How fast mails are read, beside GMime, vmime and mimetic, in one run on one thread.
# usage: tests/bench/parse_speed.sh [--benchmark_repetitions=5 ...]
set -euo pipefail
cd "$(dirname "$0")/../.."
.ci/install-packages build bench
cmake --preset release >/dev/null
cmake --build --preset release --target parse_speed
build/release/tests/parse_speed --benchmark_counters_tabular=true "$@"
