"""Places of Corpus/: how a judgement names one, and how a hit of a search is recognised as one. Standard library only.

A place is a stretch of words in one file: {"path", "kind", "at"?, "text", "times"?}. `text` is a quotation that stands
once in the file (`times` says how often where the file itself repeats it), compared without spaces and widths. `at` is
the outline path of a conclusion or agenda item, and the key of the row for a catalogue entry; rows are found by it.
"""
import csv
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import unicodedata
import zipfile

ENCODINGS = {"UTF-8": "utf-8", "UTF-8 with BOM": "utf-8-sig", "UTF-16": "utf-16", "CP950": "cp950"}


def folded(text):
    """The words alone: widths folded, lower case, no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


class Folded:
    """Folded text that can tell where a UTF-8 byte of the original has gone."""

    def __init__(self, text):
        self.at_byte = []
        parts, length = [], 0
        for character in text:
            self.at_byte.extend([length] * len(character.encode()))
            piece = folded(character)
            parts.append(piece)
            length += len(piece)
        self.at_byte.append(length)
        self.text = "".join(parts)

    def range(self, start, end):
        return self.at_byte[start], self.at_byte[end]

    def find(self, quotation):
        wanted, found, at = folded(quotation), [], -1
        while wanted and (at := self.text.find(wanted, at + 1)) >= 0:
            found.append((at, at + len(wanted)))
        return found


def same_place(one, other):
    """Whether two ranges share at least half of the shorter one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and 2 * shared >= min(one[1] - one[0], other[1] - other[0])


class _Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        self.words.append(data)


def _row_key(row):
    return row.get("檔號") or row.get("案號") or row.get("id")


def rows(path, text):
    """Key of each row of a catalogue, with its words."""
    if path.endswith(".jsonl"):
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
        return {row["id"]: json.dumps(row, ensure_ascii=False) for row in found}
    return {_row_key(row): " ".join(row.values()) for row in csv.DictReader(io.StringIO(text))}


def _of_package(path):
    part = "word/document.xml" if path.endswith(".docx") else "content.xml"
    with zipfile.ZipFile(path) as package:
        return html.unescape(re.sub(r"<[^>]+>", " ", package.read(part).decode()))


def _of_pdf(path):
    if not shutil.which("pdftotext"):
        return None
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def words_of_file(path, encoding):
    """The words of a corpus file, or nothing where no tool here reads it (a scan; a PDF without pdftotext)."""
    if path.endswith((".docx", ".odt")):
        return _of_package(path)
    if path.endswith(".pdf"):
        return _of_pdf(path)
    if encoding not in ENCODINGS:
        return None
    with open(path, encoding=ENCODINGS[encoding], newline="") as file:
        text = file.read()
    if path.endswith(".html"):
        reader = _Words()
        reader.feed(text)
        return " ".join(reader.words)
    if path.endswith(".md"):
        return re.sub(r"[|*#`]", " ", text)
    if path.endswith("attendance.csv"):
        return text.replace(",", " ")
    if path.endswith(".json"):
        return "\n".join(segment["text"] for segment in json.loads(text)["segments"])
    return text


class Corpus:
    """The files that the index of Corpus/ names."""

    def __init__(self, root):
        self.root = root
        with open(os.path.join(root, "index.json"), encoding="utf-8") as file:
            self.entries = {entry["path"]: entry for entry in json.load(file)["entries"]}
        self._words = {}

    def words(self, path):
        if path not in self._words:
            self._words[path] = words_of_file(os.path.join(self.root, path), self.entries[path].get("encoding"))
        return self._words[path]

    def fault(self, place):
        """What is wrong with a reference, or nothing."""
        if place["path"] not in self.entries:
            return "no such file in Corpus/index.json"
        words = self.words(place["path"])
        if words is None:
            return None
        if place["kind"] == "entry":
            words = rows(place["path"], words).get(place["at"])
            if words is None:
                return "no row " + place["at"]
            return None if folded(place["text"]) in folded(words) else "the row does not say: " + place["text"]
        count = folded(words).count(folded(place["text"]))
        wanted = place.get("times", 1)
        return None if count == wanted else f"stands {count} times, not {wanted}: {place['text']}"
