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

# Subject terms: Annif in an environment of its own, made on first use. Its evaluator must agree with ours to 1e-6.
annif=${DOCKET_PEERS_ANNIF:-$HOME/.cache/docket-peers-annif}
if [ ! -e "$annif/complete" ]; then
  python3 -m venv "$annif"
  "$annif/bin/pip" install --quiet "annif[omikuji]==1.4.3" "jieba==0.42.1"
  touch "$annif/complete"
fi
docket=${DOCKET:-.build/release/docket}
for set in csl archaeology; do
  "$python" Evaluation/peers_subjects.py split "$set" "$data" "$work/$set"
  echo "subj $set"
  "$annif/bin/python" Evaluation/peers_subjects.py annif "$work/$set" 2>/dev/null | grep -a -o 'annif [a-z]* .*F1@5.*'
  "$docket" predict subj --in "$work/$set/test.jsonl" --train "$work/$set/train.jsonl" \
    --vocabulary "$(echo "$work/$set"/vocabulary.*)" --out "$work/subj" --quiet 2>/dev/null
  "$annif/bin/python" Evaluation/peers_subjects.py agree "$work/$set" "$work/subj" 2>/dev/null | grep -a 'F1@5'
done
