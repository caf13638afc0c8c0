#!/usr/bin/env python3
"""Writes Sources/DocketText/Folding/FoldingData.swift from the Unicode Character Database and Unihan.

    python3 Models/tables/make-tables.py [/usr/share/unicode] > Sources/DocketText/Folding/FoldingData.swift

The folder is that of Debian's package `unicode-data` (15.0.0 for the committed table). The notice of the data files stands
in Models/tables/NOTICE-Unicode.txt and is named in the generated file.
"""
import bz2
import os
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"

# Pairs that Taiwanese administration writes both ways; Unihan does not call them variants of one character.
# The first of each group is what the others fold to.
HOUSE_VARIANTS = "布佈 占佔 周週 纪記记 复覆 秘祕 污汙汚 账帳帐 念唸 采採 注註 志誌 烟菸 群羣 为爲 峰峯 里裡裏 卫衞 启啓啟 床牀 说説 线綫 温溫 教敎 " \
    "册冊 么麽麼 脚腳 却卻 鸡鷄雞 够夠 迹跡蹟 踪蹤 证証證 双雙 恒恆 台臺檯颱 着著 托託 并併並竝 于於 尝嚐嘗 游遊 凶兇 岩巖 赞贊讚 升昇陞 " \
    "欲慾 借藉 叹嘆歎 回迴廻 哄鬨 痴癡 愈癒 岳嶽 克剋尅 炼煉鍊 雕彫鵰 核覈 席蓆 韵韻 粮糧 弦絃 搜蒐 背揹 修脩 坂阪 "


def records(name):
    """(code point, field, value) of a Unihan file."""
    with bz2.open(os.path.join(FOLDER, name + ".txt.bz2"), "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, field, value = line.rstrip("\n").split("\t")
                yield int(code[2:], 16), field, value


def variants(value):
    return [int(part.split("<")[0][2:], 16) for part in value.split()]


def encodable(code, encoding):
    try:
        chr(code).encode(encoding)
        return True
    except UnicodeEncodeError:
        return False


def read_unihan():
    simplified, traditional, glyphs = {}, {}, []
    for code, field, value in records("Unihan_Variants"):
        if field == "kSimplifiedVariant":
            simplified[code] = variants(value)
        elif field == "kTraditionalVariant":
            traditional[code] = variants(value)
        elif field == "kZVariant":
            glyphs += [(code, other) for other in variants(value)]
        elif field == "kSemanticVariant":
            glyphs += [(code, variants(p)[0]) for p in value.split() if "kHKGlyph" in p]
    return simplified, traditional, glyphs


def read_unicode_data():
    decomposition, lower, category, name = {}, {}, {}, {}
    with open(os.path.join(FOLDER, "UnicodeData.txt"), encoding="utf-8") as lines:
        for line in lines:
            f = line.split(";")
            code = int(f[0], 16)
            category[code], name[code] = f[2], f[1]
            if f[13].strip():
                lower[code] = int(f[13], 16)
            if f[5]:
                parts = f[5].split()
                tag = parts.pop(0) if parts[0].startswith("<") else ""
                decomposition[code] = (tag, [int(p, 16) for p in parts])
    return decomposition, lower, category, name


DECOMPOSITION, LOWER, CATEGORY, NAME = read_unicode_data()
SIMPLIFIED, TRADITIONAL, GLYPHS = read_unihan()
PUNCTUATION = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-",
               0x2014: "-", 0x2015: "-", 0x2212: "-", 0x2E3A: "-", 0x223C: "~", 0x301C: "~", 0x2236: ":", 0xA0: " ",
               0x2027: "\u00b7", 0x2022: "\u00b7", 0x30FB: "\u00b7", 0xDF: "ss", 0x1E9E: "ss"}


def simplified_form(code):
    others = [c for c in SIMPLIFIED.get(code, []) if c != code]
    if not others:
        return None
    return next((c for c in others if encodable(c, "gb2312")), others[0])


def house_map():
    result = {}
    for group in HOUSE_VARIANTS.split():
        for other in group[1:]:
            result[ord(other)] = ord(group[0])
    return result


def glyph_map():
    """One form for characters that differ in drawing only: the one in GB 2312, else the one first in Big5."""
    parent = {}

    def root(code):
        while code in parent:
            code = parent[code]
        return code

    for one, two in GLYPHS:
        first, second = sorted((root(one), root(two)),
                               key=lambda c: (not encodable(c, "gb2312"), not encodable(c, "big5"), c))
        if 0x3400 <= one <= 0x9FFF and 0x3400 <= two <= 0x9FFF and first != second:
            parent[second] = first
    return {code: root(code) for code in parent if simplified_form(code) is None and code not in HOUSE.values()}


HOUSE = house_map()
GLYPH = glyph_map()


def step(code):
    """One step of folding a code point, as a list of code points."""
    if code in PUNCTUATION:
        return [ord(c) for c in PUNCTUATION[code]]
    if code in HOUSE:
        return [HOUSE[code]]
    if code in LOWER:
        return [LOWER[code]]
    if code in DECOMPOSITION and not 0xAC00 <= code <= 0xD7A3:
        tag, parts = DECOMPOSITION[code]
        if tag in ("<isolated>", "<initial>", "<medial>", "<final>"):
            return [code]
        base = parts[0]
        if tag:
            return parts
        if len(parts) == 1:
            return parts
        if "LATIN" in NAME.get(code, "") or "GREEK" in NAME.get(code, ""):
            return [c for c in parts if CATEGORY.get(c) != "Mn"]
        return [code]
    simple = simplified_form(code)
    if simple is not None:
        return [simple]
    if code in GLYPH:
        return [GLYPH[code]]
    return [code]


def fold(code):
    """The stable form of a code point; where two characters point at each other, the lower one."""
    current, seen = [code], []
    while True:
        following = [c for part in current for c in step(part)]
        if following == current:
            return current
        if following in seen:
            return min(seen[seen.index(following):])
        seen.append(following)
        current = following


def quoted(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def lines_of(words, width=104):
    line = ""
    for word in words:
        size = sum(2 if ord(c) > 0x2E7F else 1 for c in line + word)
        if line and size > width:
            yield line
            line = ""
        line += word + " "
    if line:
        yield line


def literal(name, comment, words):
    body = "\n".join("        " + quoted(line.rstrip()) for line in lines_of(words))
    return f'    /// {comment}\n    static let {name}: StaticString = """\n{body}\n        """\n'


def is_told_by(code, variants_of, home):
    """True when the character is of one script: the other has its own form, and the other's character set lacks this one."""
    others = variants_of[code]
    return any(c != code for c in others) and (code not in others or not encodable(code, home))


def main():
    groups, expansions = {}, []
    candidates = sorted(set(LOWER) | set(DECOMPOSITION) | set(PUNCTUATION) | set(HOUSE) | set(SIMPLIFIED) | set(GLYPH))
    for code in candidates:
        if code < 0x80 or CATEGORY.get(code) in ("Mn", "Cc"):
            continue
        result = [c for c in fold(code) if CATEGORY.get(c) != "Mn"]
        if result == [code] or not result:
            continue
        if len(result) == 1:
            groups.setdefault(result[0], []).append(code)
        elif len(result) <= 6 and 0x20 not in result:
            expansions.append((code, result))
    spaces = groups.pop(0x20, [])
    simplified_only = [c for c in sorted(TRADITIONAL) if c <= 0xFFFF and is_told_by(c, TRADITIONAL, "big5")]
    traditional_only = [c for c in sorted(SIMPLIFIED) if c <= 0xFFFF and is_told_by(c, SIMPLIFIED, "gb2312")
                        and c not in set(simplified_only)]
    conversions = []
    for code in sorted(TRADITIONAL):
        others = [c for c in TRADITIONAL[code]]
        best = sorted((c for c in others if c != code), key=lambda c: not encodable(c, "big5"))
        if best and (code not in others or not encodable(code, "big5")):
            conversions.append(chr(code) + chr(best[0]))
    print("// Generated by Models/tables/make-tables.py from the Unicode Character Database 15.0.0; do not edit.")
    print("// Data: Copyright Unicode, Inc.; terms in Models/tables/NOTICE-Unicode.txt. The data have been modified.")
    print("// Longer than other files because it is a table.\n")
    print("/// Tables behind `Folding`, `ScriptProfile` and `ScriptConversion`: words separated by blanks and line breaks.")
    print("enum FoldingData {")
    print(literal("groups", "The folded character, then the characters that fold to it.",
                  [chr(t) + "".join(map(chr, s)) for t, s in sorted(groups.items())]))
    print(literal("expansions", "A character, then the several that it folds to.",
                  [chr(s) + "".join(map(chr, r)) for s, r in expansions]))
    print(literal("traditionalOnly", "Characters of Traditional script that Simplified writes otherwise.",
                  ["".join(map(chr, traditional_only[i:i + 40])) for i in range(0, len(traditional_only), 40)]))
    print(literal("simplifiedOnly", "Characters of Simplified script that Traditional writes otherwise.",
                  ["".join(map(chr, simplified_only[i:i + 40])) for i in range(0, len(simplified_only), 40)]))
    print(literal("traditionalForms", "A Simplified character, then its usual Traditional form.", conversions))
    codes = [f"0x{c:X}," for c in spaces]
    print("    /// Code points that fold to one space.\n    static let spaces: [UInt32] = [")
    print("\n".join("        " + line.rstrip() for line in lines_of(codes)) + "\n    ]")
    print("}")


main()
