#!/usr/bin/env bash
# Scores of Docket and of simple baselines on the development sets, one table.
#
#   Evaluation/score.sh [seg|summary|query|items|ret|grounding|perturbed|key|subj ...]
#
# Needs Python 3.11 (what the scorers import comes from PyPI, cached outside the clone), the data (DOCKET_REFERENCE_DATA, default ../shared/data) and the scorers (DOCKET_SCORERS, default
# ../shared/tools) beside the clone, and a release build.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${DOCKET_REFERENCE_DATA:-../shared/data}
scorers=${DOCKET_SCORERS:-../shared/tools}
docket=${DOCKET:-.build/release/docket}
python=$(Evaluation/python.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

row() { printf '%-34s %-22s %s\n' "$1" "$2" "$3"; }
score() { "$python" "$scorers/score.py" "$@"; }
baseline() { "$python" Evaluation/baselines.py "$@"; }
predict() { "$docket" predict "$@" --quiet --lang en 2>/dev/null; }

seg() {
  for set in vcsum/meetings.zh-Hant qmsum/meetings ami/meetings archive-tw-officehour/meetings archive-tw-choi/meetings; do
    gold="$data/$set.jsonl"
    predict seg --in "$gold" --out "$work/out"
    row "seg $set" docket "$(score seg "$gold" "$work/out")"
    for name in seg-none seg-speakers; do
      baseline "$name" "$gold" "$work/out"
      row "seg $set" "$name" "$(score seg "$gold" "$work/out")"
    done
  done
}

summary() {
  for pair in vcsum/meetings.zh-Hant:250 ami/meetings:160; do
    gold="$data/${pair%:*}.jsonl" length=${pair#*:}
    predict summary --in "$gold" --out "$work/out" --length "$length"
    row "summary ${pair%:*}" docket "$(score summary "$gold" "$work/out")"
    for name in summary-lead summary-textrank; do
      baseline "$name" "$gold" "$work/out" --length "$length"
      row "summary ${pair%:*}" "$name" "$(score summary "$gold" "$work/out")"
    done
  done
  gold="$data/vcsum/meetings.zh-Hant.jsonl"
  predict segsum --in "$gold" --out "$work/out" --length 150
  row "segsum vcsum" docket "$(score segsum "$gold" "$work/out")"
  predict title --in "$gold" --out "$work/out"
  row "title vcsum" docket "$(score title "$gold" "$work/out")"
}

query() {
  gold="$data/qmsum/meetings.jsonl"
  predict query --in "$gold" --out "$work/out" --length 71
  row "query qmsum" docket "$(score query "$gold" "$work/out")"
}

items() {
  gold="$data/ly-minutes-pair/meetings.jsonl"
  predict items --in "$gold" --out "$work/out" --field decisions
  row "items ly decisions" docket "$(score items "$gold" "$work/out" --field decisions)"
  baseline items-ruling "$gold" "$work/out"
  row "items ly decisions" items-ruling "$(score items "$gold" "$work/out" --field decisions)"
  gold="$data/ami/meetings.jsonl"
  for field in decisions actions; do
    predict items --in "$gold" --out "$work/out" --field "$field"
    row "items ami $field" docket "$(score items "$gold" "$work/out" --field "$field")"
  done
}

ret() {
  for set in drcd-retrieval vcsum-retrieval; do
    predict ret --in "$data/$set/queries.jsonl" --corpus "$data/$set/corpus.jsonl" --out "$work/out"
    row "ret $set" docket "$(score ret "$data/$set/qrels.tsv" "$work/out")"
    baseline ret-bm25 "$data/$set/queries.jsonl" "$work/out" --corpus "$data/$set/corpus.jsonl"
    row "ret $set" bm25-bigrams "$(score ret "$data/$set/qrels.tsv" "$work/out")"
  done
}

grounding() {
  "$docket" check --claims "$data/grounding/gold.jsonl" --json >"$work/out" || true
  "$python" "$scorers/score_grounding.py" "$data/grounding/gold.jsonl" "$work/out" >"$work/scores"
  row "grounding" docket "$("$python" - "$work/scores" <<'PYTHON'
import json
import sys

scores = json.load(open(sys.argv[1]))
print(json.dumps({
    "recall": scores["recall_false_claims"]["rate"], "false_alarms": scores["false_alarm_true_claims"]["rate"],
    "by_type": {name: entry["rate"] for name, entry in scores["recall_by_type"].items()},
    "by_language": {name: (entry["rate"], scores["false_alarm_by_lang"][name]["rate"])
                    for name, entry in scores["recall_by_lang"].items()}}))
PYTHON
)"
  "$python" "$scorers/score_grounding.py" "$data/grounding/gold.jsonl" --baselines >"$work/scores"
  row "grounding" baselines "$("$python" - "$work/scores" <<'PYTHON'
import json
import sys

scores = json.load(open(sys.argv[1]))
print(json.dumps({name: (entry["recall_false_claims"]["rate"], entry["false_alarm_true_claims"]["rate"])
                  for name, entry in scores.items()}))
PYTHON
)"
}

# Claims about documents outside the gold set, made on the spot; seed 3 is the one that nothing was tuned on.
perturbed() {
  "$python" Evaluation/perturb.py "$data" Corpus "$work/gold" --seed "${DOCKET_SEED:-3}"
  "$docket" check --claims "$work/gold" --json >"$work/out" || true
  "$python" "$scorers/score_grounding.py" "$work/gold" "$work/out" >"$work/scores"
  row "grounding, other documents" docket "$("$python" - "$work/scores" <<'PYTHON'
import json
import sys

scores = json.load(open(sys.argv[1]))
print(json.dumps({
    "recall": scores["recall_false_claims"]["rate"],
    "by_type": {name: entry["rate"] for name, entry in scores["recall_by_type"].items()},
    "false_alarms_by_kind": {name: entry["rate"] for name, entry in scores["false_alarm_by_kind"].items()}}))
PYTHON
)"
}

key() {
  gold="$data/csl/records.jsonl"
  predict key --in "$gold" --out "$work/out"
  row "key csl" docket "$(score key "$gold" "$work/out" --hant)"
  predict abstract --in "$gold" --out "$work/out"
  row "abstract csl" docket "$(score abstract "$gold" "$work/out" --hant)"
}

# Subject terms on the splits of peers_subjects.py; more seeds: DOCKET_SEEDS="1 2 3".
subj() {
  for set in csl archaeology; do
    for seed in "" ${DOCKET_SEEDS:-}; do
      "$python" Evaluation/peers_subjects.py split "$set" "$data" "$work/$set" ${seed:+--seed "$seed"}
      predict subj --in "$work/$set/test.jsonl" --train "$work/$set/train.jsonl" \
        --vocabulary "$(echo "$work/$set"/vocabulary.*)" --out "$work/out"
      row "subj $set ${seed:+seed $seed}" docket "$(score subj "$work/$set/test.jsonl" "$work/out")"
      row "subj $set ${seed:+seed $seed}" docket \
        "$("$python" Evaluation/peers_subjects.py score "$work/$set/test.jsonl" "$work/out")"
    done
  done
  # Keyphrases of records that the model has not seen: five parts, each found by a model of the other four.
  "$python" Evaluation/peers_subjects.py folds "$data/csl/records.jsonl" "$work/folds"
  : >"$work/keys"
  for part in 0 1 2 3 4; do
    predict key --in "$work/folds/test-$part.jsonl" --train "$work/folds/train-$part.jsonl" --out "$work/out"
    cat "$work/out" >>"$work/keys"
  done
  row "key csl, cross-validated" docket "$(score key "$data/csl/records.jsonl" "$work/keys" --hant)"
}

for task in "${@:-seg summary query items ret grounding perturbed key subj}"; do for one in $task; do "$one"; done; done
