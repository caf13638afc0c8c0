#!/usr/bin/env python3
"""Writes Sources/DocketText/Confusion/ConfusionData.swift from Unihan: characters of Big5 that are taken for one another.

    python3 Models/tables/make-confusions.py [/usr/share/unicode] > Sources/DocketText/Confusion/ConfusionData.swift

The folder is that of Debian's package `unicode-data` (15.0.0 for the committed table). The notice of the data files stands
in Models/tables/NOTICE-Unicode.txt and is named in the generated file.
"""
import bz2
import collections
import itertools
import os
import re
import sys
import unicodedata

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
# Most characters that one is taken for by its looks.
MOST = 10
# What two characters must have in common, see `likeness`.
LEAST = 5
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def records(name):
    """(code point, field, value) of a Unihan file."""
    with bz2.open(os.path.join(FOLDER, name + ".txt.bz2"), "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, field, value = line.rstrip("\n").split("\t")
                yield int(code[2:], 16), field, value


def big5(code):
    """The character's place in Big5 without later additions; None where it has none."""
    try:
        place = int.from_bytes(chr(code).encode("big5"), "big")
    except UnicodeEncodeError:
        return None
    return place if 0xA440 <= place <= 0xF9D5 and 0x4E00 <= code <= 0x9FFF else None


def syllable(pinyin):
    """Letters and tone of a syllable, "v" for ü and 5 for none."""
    tone, letters = "5", ""
    for c in unicodedata.normalize("NFD", pinyin.strip().lower()):
        if c in TONES:
            tone = TONES[c]
        elif c == "\u0308":
            letters = letters[:-1] + "v"
        elif "a" <= c <= "z":
            letters += c
    return letters + tone


def read():
    fields = {"kMandarin", "kHanyuPinlu", "kTGHZ2013", "kXHC1983", "kFourCornerCode", "kCangjie", "kPhonetic",
              "kFrequency", "kSemanticVariant", "kSpecializedSemanticVariant", "kZVariant"}
    table = collections.defaultdict(dict)
    for name in ("Unihan_Readings", "Unihan_DictionaryLikeData", "Unihan_Variants"):
        for code, field, value in records(name):
            if field in fields and big5(code):
                table[code][field] = value
    return table


def readings(entry):
    found = entry.get("kMandarin", "").split()
    found += [part.split("(")[0] for part in entry.get("kHanyuPinlu", "").split()]
    for field in ("kTGHZ2013", "kXHC1983"):
        for part in entry.get(field, "").split():
            found += part.split(":", 1)[1].split(",")
    all_of_it = {syllable(part) for part in found if part}
    # The light tone of a syllable that has another one says nothing new.
    return {s for s in all_of_it if s[:-1] and (s[-1] != "5" or not any(o[:-1] == s[:-1] != o for o in all_of_it))}


def spoken(entry):
    """How often a character is said, for the order of a group."""
    return sum(int(n) for n in re.findall(r"\((\d+)\)", entry.get("kHanyuPinlu", "")))


def one_step(left, right):
    """True when one key is changed, one is missing, or two are swapped."""
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1 or left == right:
        return left == right
    if len(left) == len(right):
        apart = [i for i in range(len(left)) if left[i] != right[i]]
        if len(apart) == 1:
            return True
        return len(apart) == 2 and apart[1] == apart[0] + 1 and left[apart[0]] == right[apart[1]] \
            and left[apart[1]] == right[apart[0]]
    return any(right[:i] + right[i + 1:] == left for i in range(len(right)))


def likeness(left, right):
    """How much two characters look alike: corners in common, keys of Cangjie, the part that gives the sound."""
    score = 0
    one, two = left.get("kFourCornerCode", "").split(), right.get("kFourCornerCode", "").split()
    best = 0
    for a, b in itertools.product(one, two):
        same = sum(a[i] == b[i] for i in range(4))
        best = max(best, {4: 5 if a == b else 4, 3: 2}.get(same, 0))
    score += best
    keys, others = left.get("kCangjie", ""), right.get("kCangjie", "")
    if min(len(keys), len(others)) >= 2 and max(len(keys), len(others)) >= 3 and one_step(keys, others):
        score += 3 if max(len(keys), len(others)) == 3 else 4
    shared = set(left.get("kPhonetic", "").replace("*", "").split()) & set(
        right.get("kPhonetic", "").replace("*", "").split())
    if shared:
        score += 3
    return score


def look_alikes(table):
    """For each character those that look most like it; pairs without a common character are left out."""
    buckets = collections.defaultdict(set)
    for code, entry in table.items():
        for corner in entry.get("kFourCornerCode", "").split():
            for i in range(4):
                buckets["f" + corner[:i] + "?" + corner[i + 1:4]].add(code)
        keys = entry.get("kCangjie", "")
        for i in range(len(keys)):
            buckets["c" + keys[:i] + "?" + keys[i + 1:]].add(code)
            buckets["c" + keys[:i] + keys[i + 1:]].add(code)
            if i + 1 < len(keys):
                buckets["s" + "".join(sorted(keys[i:i + 2])) + keys[:i] + "-" + keys[i + 2:]].add(code)
        buckets["c" + keys].add(code)
        for group in entry.get("kPhonetic", "").replace("*", "").split():
            buckets["p" + group].add(code)
    scores = {}
    for bucket in buckets.values():
        for left, right in itertools.combinations(sorted(bucket), 2):
            if (left, right) not in scores:
                scores[left, right] = likeness(table[left], table[right])
    near = collections.defaultdict(list)
    for (left, right), score in scores.items():
        if score >= LEAST and min(big5(left), big5(right)) <= 0xC67E:
            near[left].append((-score, big5(right) > 0xC67E, right))
            near[right].append((-score, big5(left) > 0xC67E, left))
    chosen = collections.defaultdict(set)
    for code, others in near.items():
        for _, _, other in sorted(others)[:MOST]:
            chosen[min(code, other)].add(max(code, other))
    return chosen


def variants(table):
    pairs = collections.defaultdict(set)
    for code, entry in table.items():
        for field in ("kSemanticVariant", "kSpecializedSemanticVariant", "kZVariant"):
            for part in entry.get(field, "").split():
                other = int(part.split("<")[0][2:], 16)
                if other != code and other in table:
                    pairs[min(code, other)].add(max(code, other))
    return pairs


def literal(name, comment, words):
    lines, line = [], ""
    for word in words:
        width = sum(2 if ord(c) > 0x2E7F else 1 for c in line + word)
        if line and width > 104:
            lines.append(line.rstrip())
            line = ""
        line += word + " "
    body = "\n".join("        " + text for text in lines + [line.rstrip()])
    return f'    /// {comment}\n    static let {name}: StaticString = """\n{body}\n        """\n'


def grouped(pairs):
    return [chr(code) + "".join(map(chr, sorted(others))) for code, others in sorted(pairs.items())]


def main():
    table = read()
    sounds = collections.defaultdict(list)
    for code, entry in table.items():
        for reading in readings(entry):
            sounds[reading].append(code)
    words = []
    for reading, codes in sorted(sounds.items()):
        codes.sort(key=lambda c: (big5(c) > 0xC67E, int(table[c].get("kFrequency", 6)), -spoken(table[c]), c))
        cut = sum(big5(c) <= 0xC67E for c in codes)
        words.append(reading + "".join(map(chr, codes[:cut])) + "|" + "".join(map(chr, codes[cut:])))
    print("// Generated by Models/tables/make-confusions.py from Unihan 15.0.0; do not edit.")
    print("// Data: Copyright Unicode, Inc.; terms in Models/tables/NOTICE-Unicode.txt. The data have been modified.")
    print("// Longer than other files because it is a table.\n")
    print("/// Tables behind `Confusions`: words separated by blanks and line breaks.")
    print("enum ConfusionData {")
    print(literal("sounds", "A syllable and its tone, then the characters that are read so: those in daily use, a bar, and the rest.",
                  words))
    print(literal("looks", "A character, then those of higher code that look like it.", grouped(look_alikes(table))))
    print(literal("variants", "A character, then those of higher code that are written for it.",
                  grouped(variants(table))).rstrip())
    print("}")


main()
