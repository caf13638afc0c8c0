#!/usr/bin/env python3
"""Writes the digest of each prompt's files into its card under Models/prompts; run after a prompt was changed.

A test holds the digests against the files, so that no prompt changes without its card, whose version is then raised too.
"""
import hashlib
import pathlib
import re

root = pathlib.Path(__file__).resolve().parent.parent / "Models/prompts"
for card in sorted(root.glob("*/card.yaml")):
    digest = hashlib.sha256()
    for file in sorted(card.parent.iterdir()):
        if file.name != "card.yaml":
            digest.update(file.name.encode() + b"\n" + file.read_bytes())
    text = card.read_text(encoding="utf8")
    card.write_text(re.sub(r"(?m)^digest: .*$", "digest: " + digest.hexdigest(), text), encoding="utf8")
