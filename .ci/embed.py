#!/usr/bin/env python3
"""Writes Sources/CDocketData/data.c: the demo part of Corpus/ (named by its index) and Models/ as embedded files.

Run by `make docs`; a test keeps the file in step with the index.
"""
import json
import pathlib

root = pathlib.Path(__file__).resolve().parent.parent
index = json.loads((root / "Corpus/index.json").read_text(encoding="utf8"))
files = {entry["id"]: entry["path"] for entry in index.get("files") or index["entries"]}
paths = ["Corpus/index.json"]
for name in index["demo"]["files"]:
    path = files[name]
    paths.append(path if path.startswith("Corpus/") else "Corpus/" + path)
skipped = {"README.md"}
for path in sorted((root / "Models").rglob("*")):
    if path.is_file() and path.name not in skipped and path.suffix in {".yaml", ".json", ".txt"}:
        paths.append(str(path.relative_to(root)))

lines = [
    "// Made by .ci/embed.py from Corpus/index.json and Models/; do not edit.",
    '#include "CDocketData.h"',
    "",
]
for number, path in enumerate(paths):
    lines.append(f'static const unsigned char file_{number}[] = {{\n#embed "../../{path}"\n}};')
lines.append("\nstatic const docket_embedded_file files[] = {")
for number, path in enumerate(paths):
    lines.append(f'    {{"{path}", file_{number}, sizeof file_{number}}},')
lines += [
    "};",
    "",
    "size_t docket_embedded_count(void) { return sizeof files / sizeof files[0]; }",
    "",
    "docket_embedded_file docket_embedded_at(size_t index) { return files[index]; }",
    "",
]
(root / "Sources/CDocketData/data.c").write_text("\n".join(lines), encoding="utf8")
