#!/usr/bin/env bash
# Replays the corpus, 547 real mails many of which are broken, through the whole pipeline as a dry run: it must
# decide every one, without a crash, and within MEGABYTES of memory.
# usage: replay_corpus.sh MAILFERRY POLICY CORPUS MEGABYTES     exit 77: no corpus here
set -euo pipefail
mailferry=$1 policy=$2 corpus=$3 megabytes=$4

if [[ ! -d $corpus ]]; then
    echo "skipped: no corpus in $corpus"
    exit 77
fi
output=$(mktemp)
trap 'rm -f "$output"' EXIT
mapfile -d '' mails < <(find "$corpus" -name '*.eml' -print0)
python3 - "$output" "$megabytes" "${#mails[@]}" "$mailferry" replay --json --policy "$policy" --crm sqlite::memory: \
    --mailbox anna@us.example --folder create-new/email "${mails[@]}" <<'PYTHON'
import collections, json, resource, subprocess, sys
output, megabytes, mails, command = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
with open(output, 'w') as file:
    status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
with open(output, encoding='utf-8') as file:
    verdicts = collections.Counter(json.loads(line).get('verdict') for line in file)
print(f'exit status {status}, {used} MB, {mails} mails: {dict(verdicts)}')
sys.exit(0 if status in (0, 1) and used <= megabytes and verdicts.total() == mails else 1)
PYTHON
