#!/usr/bin/env bash
# Docket's search index and tantivy (PyPI) on the same generated records and queries in one run: processor time of a query by
# class, and the ratio. RECORDS and FOLDER by argument.
set -euo pipefail
cd "$(dirname "$0")/.."
records=${1:-100000}
folder=${2:-/tmp/docket-search-bench}
python=$(Evaluation/python.sh)
"$python" -c 'import tantivy' 2>/dev/null || "$(dirname "$python")/pip" install --quiet "tantivy==0.27.0" >&2
run() {
  ${SWIFT:-swift} run --package-path Benchmarks -c release -j "${JOBS:-2}" -Xswiftc -enable-testing benchmarks search \
    --records "$records" --folder "$folder" "$@"
}
run | tee "$folder.docket"
run --phase export > /dev/null
"$python" Evaluation/tantivy_search.py "$folder" > "$folder.tantivy"
awk -F '\t' '
  NR == FNR { if ($1 == "indexed") { rate = $2; size = $3 } else { median[$1] = $2; p95[$1] = $3 }; next }
  FNR == 1 {
    printf "tantivy: %d records a second of processor, index %d MB\n", rate, size
    print "class | Docket median, p95 ms | tantivy median, p95 ms | ratio of medians"
  }
  split($0, f, " \\| ") >= 6 && (f[1] in median) {
    printf "%s | %s, %s | %s, %s | %.1f\n", f[1], f[2], f[3], median[f[1]], p95[f[1]], f[2] / median[f[1]]
  }' "$folder.tantivy" "$folder.docket"
