#!/usr/bin/env bash
# Every shell script can be read by bash and may be started: a formatter has spoilt one before.
# usage: scripts_check.sh SOURCE
set -euo pipefail
cd "$1"
status=0
while IFS= read -r -d '' script; do
    bash -n "$script" || status=1
    if [[ ! -x $script ]]; then
        echo "$script: is not executable; chmod +x"
        status=1
    fi
done < <(find . \( -path ./build -o -path ./.git \) -prune -o -name '*.sh' -print0)
exit $status
