#!/usr/bin/env python3
"""Checks the corpus against its own index. Standard library only.

    python3 Corpus/tools/check.py

Ends with 0 when every fact holds, else with 1 and one line for each fact that does not.
"""
import csv
import datetime
import io
import json
import pathlib
import re
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEEKDAYS = "一二三四五六日"
CODECS = {"UTF-8": "utf-8", "UTF-8 with BOM": "utf-8-sig", "CP950": "cp950", "UTF-16": "utf-16"}
LARGEST_FILE = 300_000
LARGEST_DEMO = 400_000

problems = []


def expect(condition, message):
    if not condition:
        problems.append(message)


def text_of(entry):
    """The text of an entry, or None for a format without plain text."""
    codec = CODECS.get(entry["encoding"])
    if codec is None:
        return None
    data = (ROOT / entry["path"]).read_bytes()
    if entry["format"] in ("docx", "odt"):
        part = "word/document.xml" if entry["format"] == "docx" else "content.xml"
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return re.sub(r"<[^>]+>", "\n", archive.read(part).decode("utf-8"))
    return data.decode(codec)


def check_index(index):
    entries = index["entries"]
    listed = {entry["path"] for entry in entries}
    own = {"README.md", "index.json", "tools/check.py", ".gitattributes"}
    for path in ROOT.rglob("*"):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and not name.endswith(".card.yaml") and "__pycache__" not in name:
            expect(name in listed or name in own, f"{name}: not in index.json")
    expect(len({entry["id"] for entry in entries}) == len(entries), "index.json: an id stands twice")
    for entry in entries:
        path, card = ROOT / entry["path"], ROOT / entry["card"]
        expect(path.is_file(), f"{entry['path']}: missing")
        expect(card.is_file(), f"{entry['card']}: missing")
        expect(path.stat().st_size == entry["bytes"], f"{entry['path']}: size differs from the index")
        expect(path.stat().st_size < LARGEST_FILE, f"{entry['path']}: larger than {LARGEST_FILE} bytes")
        words = card.read_text("utf-8")
        for line in (
            "fictional: true", "licence: CC0-1.0", "author: Docket project", f"kind: {entry['kind']}",
            f"format: {entry['format']}", f"language: {entry['language']}",
        ):
            expect(f"\n{line}\n" in words, f"{entry['card']}: no line '{line}'")
        try:
            text_of(entry)
        except (UnicodeError, KeyError, zipfile.BadZipFile) as error:
            problems.append(f"{entry['path']}: {error}")
    demo = sum(entry["bytes"] for entry in entries if entry["id"] in index["demo"]["files"])
    expect(demo == index["demo"]["bytes"], "index.json: demo.bytes is not the sum of its files")
    expect(demo < LARGEST_DEMO, f"the demo has {demo} bytes, at most {LARGEST_DEMO} are allowed")


def seconds(words):
    hours, minutes, rest = words.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def utterances(entry):
    """(start, end, text) of each utterance; start and end are None where the format has no times."""
    text = text_of(entry)
    if entry["format"] in ("webvtt", "srt"):
        blocks = re.split(r"\n\s*\n", text)
        cues = [block for block in blocks if "-->" in block]
        for cue in cues:
            times = re.search(r"(\S+) --> (\S+)", cue)
            yield seconds(times[1]), seconds(times[2]), cue.strip().split("\n")[-1]
    elif entry["format"].endswith("json") or "whisper" in entry["format"]:
        for segment in json.loads(text)["segments"]:
            yield segment["start"], segment["end"], segment["text"]
    else:
        for line in text.split("\n"):
            speaker, colon, words = line.partition("：")
            if colon and words and not re.fullmatch(r"(日期|時間|地點)", speaker):
                yield None, None, words


def check_transcript(entry):
    spoken = list(utterances(entry))
    expected = entry["expected"]
    extra = expected.get("repeatedSilence")
    count = expected["utterances"] + (extra[1] - extra[0] + 1 if extra else 0)
    expect(len(spoken) == count, f"{entry['path']}: {len(spoken)} utterances, {count} expected")
    last = 0.0
    for start, end, words in spoken:
        if start is not None:
            expect(start >= last - 0.001 and end > start, f"{entry['path']}: times go back at {start}")
            last = start
        expect(words.strip() != "", f"{entry['path']}: an empty utterance")
    place = 0
    for segment in expected["segments"]:
        expect(segment["first"] == place, f"{entry['path']}: segment {segment['item']} does not follow the one before")
        place = segment["last"] + 1
    expect(place == expected["utterances"], f"{entry['path']}: the segments end at {place}")


REFERENCE = re.compile(r"(\d+-\d+)\s*(?:[（(]([^（）()]+)[）)])?")


def tracking(text):
    """The lists of tracking numbers in minutes: [(action, [reference], declared count)]."""
    text = re.sub(r"\s*\n\s*", "", text)
    for words, count, action in re.findall(r"列管編號((?:(?!列管編號).){3,400}?)等\s*(\d+)\s*案(?:同意)?(解除|賡續)列管", text):
        yield "release" if action == "解除" else "continue", REFERENCE.findall(words), int(count)


def folded(reference):
    number, scope = reference
    return f"{number}({scope})" if scope else number


def check_minutes(entry, ledger):
    expected, text, path = entry["expected"], text_of(entry), entry["path"]
    if "tracking" not in expected:
        return
    found = {}
    for action, references, count in tracking(text):
        found[action] = [folded(reference) for reference in references]
        wrong = count != len(references)
        expect(count == expected["tracking"]["declaredCounts"][action], f"{path}: declared {action} is {count}")
        if wrong:
            expect(not expected["tracking"]["countsRight"], f"{path}: {count} declared, {len(references)} listed")
    for action in ("release", "continue"):
        expect(found.get(action) == expected["tracking"][action], f"{path}: {action} is {found.get(action)}")
    marks = len(re.findall(r"本項(?:納入)?列管", text))
    expect(marks == len(expected["opens"]), f"{path}: {marks} conclusions are tracked, {len(expected['opens'])} opened")
    check_ledger(entry, found, ledger)
    correction = expected.get("correction")
    if correction:
        body, _, note = re.sub(r"\s*\n\s*", "", text).partition("備註：")
        expect(correction["from"] in body, f"{path}: the body has no '{correction['from']}'")
        expect(f"為「{correction['to']}」" in note, f"{path}: the note does not say '{correction['to']}'")
    for word, key in (("chair", "主席："), ("minuteTaker", "紀錄：")):
        expect(f"{key}{expected[word]}" in text, f"{path}: no {key}{expected[word]}")


def check_ledger(entry, found, ledger):
    """Follows each tracked item: opened once, named while open, never after its release."""
    series, ordinal, path = entry["series"], entry["ordinal"], entry["path"]
    open_items = ledger.setdefault(series, {})
    for action in ("release", "continue"):
        for words in found.get(action, []):
            number, scope = REFERENCE.match(words).groups()
            scope = scope if scope and scope.endswith("部分") else None
            if number not in open_items:
                first = number.startswith(("58-", "59-", "60-", "29-", "30-"))
                expect(first, f"{path}: {number} was never opened")
                open_items[number] = {"parts": set(), "closed": set()}
            item = open_items[number]
            expect("all" not in item["closed"], f"{path}: {number} was released before")
            expect(scope not in item["closed"], f"{path}: {number}({scope}) was released before")
            expect(int(number.split("-")[0]) < ordinal, f"{path}: {number} is not of an earlier meeting")
            item["parts"].add(scope or "all")
            if action == "release":
                item["closed"].add(scope or "all")
    named = {REFERENCE.match(words)[1] for words in found.get("release", []) + found.get("continue", [])}
    for number, item in open_items.items():
        if item.get("since", 0) < ordinal and "all" not in item["closed"] and number not in named:
            split = {part for part in item["parts"] if part != "all"}
            expect(split and split <= item["closed"], f"{path}: {number} is open and not named")
    for number in entry["expected"]["opens"]:
        expect(number not in open_items, f"{path}: {number} is opened twice")
        expect(number.startswith(f"{ordinal}-"), f"{path}: {number} does not begin with {ordinal}")
        open_items[number] = {"parts": set(), "closed": set(), "since": ordinal}


def check_previous(entries):
    dates = {(entry["series"], entry["ordinal"]): entry["date"] for entry in entries if entry["kind"] == "minutes"}
    for entry in entries:
        previous = entry.get("expected", {}).get("previous") if entry["kind"] == "minutes" else None
        if previous:
            expect(previous["ordinal"] == entry["ordinal"] - 1, f"{entry['path']}: the meeting before is {previous}")
            known = dates.get((entry["series"], previous["ordinal"]))
            expect(known in (None, previous["date"]), f"{entry['path']}: the meeting before was on {known}")


def check_sums(entry):
    for name, values in entry.get("expected", {}).get("sums", {}).items():
        total = round(sum(values[:-1]), 6)
        expect(total == values[-1], f"{entry['path']}: {name} adds to {total}, {values[-1]} stated")
    wrong = entry.get("expected", {}).get("wrongSum")
    if wrong:
        expect(sum(wrong["rows"]) == wrong["actual"] != wrong["stated"], f"{entry['path']}: wrongSum is not wrong")


def check_weekdays(entry, text):
    for year, month, day, name in re.findall(r"(\d{2,3})年(\d+)月(\d+)日\s*[（(]星期(.)[）)]", text):
        date = datetime.date(int(year) + 1911, int(month), int(day))
        expect(WEEKDAYS[date.weekday()] == name, f"{entry['path']}: {date} is not 星期{name}")
    for year, month, day in re.findall(r"(?<!\d)(\d{2,3})年(\d{1,2})月(\d{1,2})日", text):
        try:
            datetime.date(int(year) + 1911, int(month), int(day))
        except ValueError:
            problems.append(f"{entry['path']}: no such day {year}年{month}月{day}日")


def check_speakers(entries):
    with open(ROOT / "rosters/persons.csv", encoding="utf-8") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    for entry in entries:
        if entry["kind"] == "transcript" and entry["format"] == "webvtt" and entry["ordinal"] in (64, 7):
            for name in set(re.findall(r"<v ([^>]+)>", text_of(entry))):
                expect(name in names, f"{entry['path']}: {name} is not in the roster")


def check_vocabulary(entry):
    """Counts of concepts and labels; every concept that is named is there; no preferred label stands twice."""
    text, path, expected = text_of(entry), entry["path"], entry["expected"]
    text = re.sub(r"(?m)^#.*$", "", text)
    blocks = [block for block in text.split(" .\n") if " a skos:Concept," in block]
    concepts = {block.split()[0] for block in blocks}
    expect(len(blocks) == len(concepts) == expected["concepts"], f"{path}: {len(concepts)} concepts")
    labels = sum(len(re.findall(r'"@[a-zA-Z-]+', line)) for block in blocks for line in block.split("\n") if "Label" in line)
    expect(labels == expected["labels"], f"{path}: {labels} labels")
    expect(sum("skos:topConceptOf" in block for block in blocks) == expected["topConcepts"], f"{path}: top concepts")
    for name in re.findall(r"\bav:[a-z0-9-]+", text):
        expect(name in concepts, f"{path}: {name} is no concept")
    preferred = re.findall(r'"[^"]*"@[a-zA-Z-]+', " ".join(re.findall(r"skos:prefLabel ([^;]*)", text)))
    expect(len(preferred) == len(set(preferred)), f"{path}: a preferred label stands twice")


def main():
    index = json.loads((ROOT / "index.json").read_text("utf-8"))
    entries, ledger = index["entries"], {}
    check_index(index)
    for entry in entries:
        check_sums(entry)
        text = text_of(entry)
        if text is not None:
            check_weekdays(entry, text)
        if entry["kind"] == "transcript":
            check_transcript(entry)
        if entry["kind"] == "vocabulary":
            check_vocabulary(entry)
    minutes = [entry for entry in entries if entry["kind"] == "minutes" and entry["language"] == "zh-Hant"]
    for entry in sorted(minutes, key=lambda entry: (entry["series"], entry["ordinal"])):
        check_minutes(entry, ledger)
    check_previous(entries)
    check_speakers(entries)
    for problem in problems:
        print(problem)
    print(f"{len(entries)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
