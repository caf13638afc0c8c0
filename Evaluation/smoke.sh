#!/usr/bin/env bash
# Evaluation smoke run: every task of `docket predict` answers every record of a small fictional set, in its run format.
set -euo pipefail
cd "$(dirname "$0")/.."
docket=${DOCKET:-.build/release/docket}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checks=0

# answers TASK INPUT KEY [option ...]: one line a record, each with the key of the run format.
answers() {
  local task=$1 input=$2 key=$3
  shift 3
  "$docket" predict "$task" --in "$input" --out "$work/out" --quiet "$@" 2>/dev/null
  [ "$(wc -l <"$work/out")" -eq "$(grep -c . "$input")" ] || { echo "$task: a record has no answer"; exit 1; }
  if grep -v "\"$key\":" "$work/out"; then echo "$task: an answer lacks $key"; exit 1; fi
  checks=$((checks + 1))
}

meetings=Evaluation/smoke/meetings.jsonl records=Evaluation/smoke/records.jsonl
answers seg "$meetings" topic_segments
answers summary "$meetings" overall_summary --length 120
answers segsum "$meetings" segment_summaries --length 60
answers title "$meetings" segment_titles
answers query "$meetings" answers --length 60
answers items "$meetings" decisions --field decisions
answers items "$meetings" actions --field actions
answers key "$records" keywords
answers abstract "$records" title
answers subj "$records" subjects --vocabulary Corpus/vocabularies/administration.ttl
answers ret Evaluation/smoke/queries.jsonl doc_ids --corpus Evaluation/smoke/corpus.jsonl

"$docket" check --claims Evaluation/smoke/claims.jsonl --json >"$work/claims"
diff <(grep -o '"verdict":"[a-z]*"' "$work/claims") - <<'EXPECTED'
"verdict":"supported"
"verdict":"contradicted"
"verdict":"supported"
"verdict":"contradicted"
EXPECTED
echo "$((checks + 1)) passed, 0 failed"
