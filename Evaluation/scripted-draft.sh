#!/usr/bin/env bash
# One real meeting drafted end to end over HTTP: the longest of archive-tw-meetings, by an endpoint on loopback that answers
# from a script, with a context of 4,096 tokens. Prints the verdicts and the ledger. It shows the way, not quality.
#
#   Evaluation/scripted-draft.sh [--lie KIND]     kinds: fluent, wrongCitations, unknownCitations, swappedNumbers, …
set -euo pipefail
cd "$(dirname "$0")/.."
data=${DOCKET_REFERENCE_DATA:-../shared/data}
docket=${DOCKET:-.build/release/docket}
meetings="$data/archive-tw-meetings/meetings.jsonl"
[ -e "$meetings" ] || { echo "scripted-draft: no $meetings; set DOCKET_REFERENCE_DATA"; exit 0; }
swift build --package-path Benchmarks -c release -j "${JOBS:-2}" --product scripted-endpoint | tail -n 1
work=$(mktemp -d)
"$docket" init --library "$work/library" --lang en >/dev/null
mkdir -p "$work/library/models/endpoints"
Benchmarks/.build/release/scripted-endpoint --context 4096 --profile "$work/library/models/endpoints/scripted.yaml" "$@" \
  >/dev/null &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
while [ ! -s "$work/library/models/endpoints/scripted.yaml" ]; do sleep 0.1; done
python3 - "$meetings" "$work/meeting.jsonl" <<'PYTHON'
import json
import sys

lines = open(sys.argv[1], encoding="utf8").read().splitlines()
longest = max(lines, key=lambda line: sum(len(u["text"]) for u in json.loads(line)["utterances"]))
open(sys.argv[2], "w", encoding="utf8").write(longest + "\n")
PYTHON
id=$("$docket" add "$work/meeting.jsonl" --library "$work/library" --json | sed 's/.*"id":"\([^"]*\)".*/\1/')
# Findings that block approval end with 1; they are part of the picture.
"$docket" draft minutes --transcript "$id" --library "$work/library" --endpoint scripted --json >"$work/draft.json" || [ $? -eq 1 ]
python3 - "$work/draft.json" <<'PYTHON'
import collections
import json
import sys

stored = json.load(open(sys.argv[1], encoding="utf8"))
draft = stored["draft"]
print("disclosure:", stored["disclosure"])
print("took:", {key: value for key, value in draft["derivation"].items() if key != "inputs"})
print("verdicts:", dict(collections.Counter(verdict["verdict"] for verdict in stored["verdicts"])))
ledger = collections.Counter(entry["use"] + (":" + entry["reason"] if entry.get("reason") else "") for entry in draft["coverage"])
print("ledger over", len(draft["coverage"]), "passages:", dict(ledger))
print("findings:", dict(collections.Counter(finding["rule"] for finding in stored["findings"])))
PYTHON
