#!/usr/bin/env bash
# Prints a Python that has what the scorers and peers need, in an environment of its own outside the clone (DOCKET_PEERS,
# default ~/.cache/docket-peers), made on first use from PyPI.
set -euo pipefail
home=${DOCKET_PEERS:-$HOME/.cache/docket-peers}
if [ ! -e "$home/complete" ]; then
  python3 -m venv "$home" >&2
  "$home/bin/pip" install --quiet "sumy==0.11.0" "rank-bm25==0.2.2" "rouge-score==0.1.2" nltk numpy >&2
  touch "$home/complete"
fi
echo "$home/bin/python"
