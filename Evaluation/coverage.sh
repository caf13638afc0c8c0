#!/usr/bin/env bash
# Line coverage of Sources/ after `make coverage`, by module. Uses the toolchain's own llvm-cov.
set -euo pipefail
cd "$(dirname "$0")/.."
json=$(swift test --show-codecov-path)
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
