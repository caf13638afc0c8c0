#!/usr/bin/env bash
# Line coverage of Sources/ after `make coverage`, by module. Uses the toolchain's own llvm-profdata and llvm-cov.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$(dirname "$(readlink -f "$(command -v swift)")")
folder=.build/debug/codecov
json=$folder/coverage.json
# Tests that kill processes leave broken profiles behind, which are passed over.
"$tools/llvm-profdata" merge -sparse -failure-mode=all "$folder"/*.profraw -o "$folder/all.profdata" 2>/dev/null
"$tools/llvm-cov" export -instr-profile="$folder/all.profdata" -summary-only \
  .build/debug/docketPackageTests.xctest -object .build/debug/docket >"$json"
python3 - "$json" <<'PYTHON'
import collections
import json
import sys

files = json.load(open(sys.argv[1]))["data"][0]["files"]
lines = collections.Counter()
covered = collections.Counter()
for file in files:
    name = file["filename"]
    if "/Sources/" not in name or "/.build/" in name:
        continue
    module = name.split("/Sources/")[1].split("/")[0]
    lines[module] += file["summary"]["lines"]["count"]
    covered[module] += file["summary"]["lines"]["covered"]
for module in sorted(lines):
    print(f"{module:20} {100 * covered[module] / lines[module]:5.1f} %  of {lines[module]} lines")
print(f"{'all':20} {100 * sum(covered.values()) / sum(lines.values()):5.1f} %  of {sum(lines.values())} lines")
PYTHON
