#!/usr/bin/env bash
# Holds `mailferry parse --json` against what five independent parsers agree on about 547 real mails.
# usage: corpus_check.sh MAILFERRY CORPUS PERCENT     exit 77: no corpus here (it is not ours to distribute)
set -euo pipefail
mailferry=$1 corpus=$2 percent=$3

if [[ ! -x $corpus/check.py ]]; then
    echo "skipped: no corpus in $corpus"
    exit 77
fi
parsed=$(mktemp)
trap 'rm -f "$parsed"' EXIT
find "$corpus" -name '*.eml' -print0 | sort -z | xargs -0 "$mailferry" parse --json >"$parsed"
"$corpus/check.py" --at-least "$percent" <"$parsed"
