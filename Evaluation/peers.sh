#!/usr/bin/env bash
# Scores of programs from PyPI on the same sets as Evaluation/score.sh, in an environment of their own outside the clone
# (DOCKET_PEERS, default ~/.cache/docket-peers). With --light only what takes seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${DOCKET_REFERENCE_DATA:-../shared/data}
scorers=${DOCKET_SCORERS:-../shared/tools}
[ -d "$data" ] || { echo "peers: no reference data at $data; set DOCKET_REFERENCE_DATA"; exit 0; }
python=$(Evaluation/python.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { "$python" Evaluation/peers.py "$@"; }
show() { printf '%-34s %-22s %s\n' "$1" "$2" "$3"; }

for set in drcd-retrieval vcsum-retrieval; do
  run ret "$data/$set/queries.jsonl" "$work/out" --corpus "$data/$set/corpus.jsonl"
  show "ret $set" "rank-bm25 0.2.2" "$("$python" "$scorers/score.py" ret "$data/$set/qrels.tsv" "$work/out")"
done
[ "${1:-}" = "--light" ] && exit 0
for pair in vcsum/meetings.zh-Hant:250 ami/meetings:160; do
  for method in lexrank textrank; do
    gold="$data/${pair%:*}.jsonl"
    run "$method" "$gold" "$work/out" --length "${pair#*:}"
    show "summary ${pair%:*}" "sumy 0.11.0 $method" "$("$python" "$scorers/score.py" summary "$gold" "$work/out")"
  done
done
