#!/usr/bin/env bash
# The contract of chat endpoints against a real server: llama_cpp.server of PyPI's llama-cpp-python on loopback, with a
# model whose weights were set by hand so that it says one known sentence. It proves the wire, not quality.
#
# The server is built once (about 5 minutes, needs gcc and g++) and kept outside the clone in DOCKET_LLAMA, default
# ~/.cache/docket-llama. The maker of the model stands in DOCKET_SCORERS, default ../shared/tools.
# With DOCKET_LLAMA_SERVER set to a llama-server binary, the contract runs against that as well.
set -euo pipefail
cd "$(dirname "$0")/.."
home=${DOCKET_LLAMA:-$HOME/.cache/docket-llama}
maker=${DOCKET_SCORERS:-../shared/tools}/make-tiny-gguf.py
[ -e "$maker" ] || { echo "endpoints: no maker of test models at $maker; set DOCKET_SCORERS"; exit 0; }
if [ ! -e "$home/complete" ]; then
  echo "endpoints: building llama-cpp-python once, into $home"
  python3 -m venv "$home/env"
  "$home/env/bin/pip" install --quiet "llama-cpp-python[server]==0.3.36" gguf numpy
  touch "$home/complete"
fi
python="$home/env/bin/python"
work=$(mktemp -d)
server=
stop() { [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; }
trap 'stop; rm -rf "$work"' EXIT
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
swift build --build-tests -j "${JOBS:-2}" 2>&1 | tail -n 1

# contract NAME COMMAND...: starts a server, waits until it answers, runs the contract, stops it.
contract() {
  local name=$1 status=0
  shift
  timeout 900 "$@" >"$work/log" 2>&1 &
  server=$!
  for _ in $(seq 150); do
    "$python" - "$port" <<'PY' && break
import sys, urllib.request
try:
    urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/v1/models", timeout=2)
except OSError:
    sys.exit(1)
PY
    kill -0 "$server" 2>/dev/null || { echo "endpoints: $name did not start:"; tail -n 5 "$work/log"; exit 1; }
    sleep 0.2
  done
  echo "== $name"
  DOCKET_CONTRACT_URL="http://127.0.0.1:$port/v1" DOCKET_CONTRACT_CONTEXT=1024 \
    swift test --skip-build --disable-xctest --filter ContractTests >"$work/result" 2>&1 || status=$?
  grep -E "^[✔✘].*(Test|Suite) .*(named|needs|passed|failed)" "$work/result" | grep -v "^✔ Test case" || true
  tail -n 1 "$work/result"
  stop
  server=
  return "$status"
}

"$python" "$maker" "$work/tiny.gguf" --script "The team agreed to ship on Friday." --ctx 4096 >/dev/null
contract "llama_cpp.server 0.3.36" \
  "$python" -m llama_cpp.server --model "$work/tiny.gguf" --host 127.0.0.1 --port "$port" --n_ctx 1024
if [ -n "${DOCKET_LLAMA_SERVER:-}" ]; then
  contract "llama-server" "$DOCKET_LLAMA_SERVER" -m "$work/tiny.gguf" --host 127.0.0.1 --port "$port" -c 2048 -np 2
fi
