/// Sentences of a model's answer as they may stand on a page.
enum AnswerText {
    /// Longest sentence that is taken, in characters.
    static let longest = 400

    /// The sentences of `text`, cleaned and closed; what is longer than any sentence of minutes is left out.
    static func sentences(_ text: String, isChinese: Bool) -> [String] {
        let line = cleaned(text, isChinese: isChinese)
        guard !line.isEmpty else { return [] }
        var sentences: [String] = []
        var open = ""
        for clause in isChinese ? Clauses.chinese(line) : Clauses.english(line) {
            open += (open.isEmpty || isChinese ? "" : " ") + clause.text
            // What a semicolon joins is one statement.
            guard clause.endsSentence, !clause.text.hasSuffix("；") else { continue }
            if Terms.contentCount(open) > 1, open.count <= longest {
                sentences.append(closed(open, isChinese: isChinese))
            }
            open = ""
        }
        if Terms.contentCount(open) > 1, open.count <= longest { sentences.append(closed(open, isChinese: isChinese)) }
        return sentences
    }

    /// One phrase for a title: cleaned, without closing marks, cut at nothing.
    static func phrase(_ text: String, isChinese: Bool) -> String {
        var line = cleaned(text, isChinese: isChinese)
        while let last = line.last, "。.，,；;：:、".contains(last) { line.removeLast() }
        for (open, close) in [("「", "」"), ("《", "》"), ("\"", "\""), ("“", "”")]
        where line.hasPrefix(open) && line.hasSuffix(close) && line.count > 2 {
            let inner = line.dropFirst().dropLast()
            if !inner.contains(open), !inner.contains(close) { line = String(inner) }
        }
        return line
    }

    /// One line without marks of Markdown, numbering, identifiers, and what cannot be seen.
    static func cleaned(_ text: String, isChinese: Bool) -> String {
        // Far more than any answer has in one field; what is longer is no sentence.
        var line = visible(String(text.prefix(8 * longest)))
        line = withoutIdentifiers(line)
        for mark in ["**", "__", "```", "`"] { line = line.replacing(mark, with: "") }
        line = line.replacing("‹", with: "<").replacing("›", with: ">")
        var changed = true
        while changed {
            let shorter = withoutLead(line)
            changed = shorter.count < line.count
            line = shorter
        }
        return isChinese ? wide(line) : line
    }

    private static func visible(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                if let last = output.last, last != " " { output.append(" ") }
            } else if !scalar.isInvisible {
                output.append(scalar)
            }
        }
        while output.last == " " { output.removeLast() }
        return String(output)
    }

    /// [p12], (p3, p4) and （n5） are the prompt's, not the page's.
    private static func withoutIdentifiers(_ text: String) -> String {
        var output = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(where: { "[(（［".contains($0) }) {
            output += rest[..<open]
            let inner = rest[rest.index(after: open)...].prefix(80)
            if let close = inner.firstIndex(where: { "])）］".contains($0) }), isIdentifiers(inner[..<close]) {
                rest = rest[inner.index(after: close)...]
                while output.hasSuffix(" ") { output.removeLast() }
            } else {
                output.append(rest[open])
                rest = rest[rest.index(after: open)...]
            }
        }
        return output + rest
    }

    private static func isIdentifiers(_ text: Substring) -> Bool {
        let words = text.split { ", 、，;-–至".contains($0) }
        return !words.isEmpty
            && words.allSatisfy { word in
                guard let first = word.first, "pnkPNK".contains(first) else { return false }
                return word.count > 1 && word.count < 8 && word.dropFirst().allSatisfy(\.isDigit)
            }
    }

    /// Without one bullet or number before the words, as "- ", "（一）", "1)" and "二、" are.
    private static func withoutLead(_ text: String) -> String {
        let text = text.drop { $0 == " " }
        guard let first = text.first else { return "" }
        if "#*•‣▪>".contains(first) { return String(text.dropFirst()) }
        if "-–—".contains(first), text.dropFirst().first == " " { return String(text.dropFirst(2)) }
        if "（(".contains(first), let close = text.prefix(6).firstIndex(where: { "）)".contains($0) }) {
            let inner = text[text.index(after: text.startIndex)..<close]
            if !inner.isEmpty, inner.allSatisfy({ $0.isDigit || "一二三四五六七八九十".contains($0) }) {
                return String(text[text.index(after: close)...])
            }
        }
        let number = text.prefix { $0.isDigit || "一二三四五六七八九十".contains($0) }
        guard (1...3).contains(number.count) else { return String(text) }
        let rest = text[number.endIndex...]
        guard let mark = rest.first, let next = rest.dropFirst().first else { return String(text) }
        let isNumber = next.isDigit || "一二三四五六七八九十百千萬".contains(next)
        let isMark = number.allSatisfy(\.isDigit) ? "、.．)）".contains(mark) : mark == "、"
        return isMark && !isNumber ? String(rest.dropFirst()) : String(text)
    }

    /// Half-width marks after a Han character in their full width; digits keep theirs.
    private static func wide(_ text: String) -> String {
        let marks: [Character: Character] = [",": "，", ";": "；", ":": "：", "?": "？", "!": "！"]
        var output = ""
        var last: Character = " "
        for character in text {
            let isAfterHan = last.unicodeScalars.first?.isHan ?? false
            if isAfterHan, let mark = marks[character] {
                output.append(mark)
            } else if character == " ", "，；：？！。、".contains(last) || isAfterHan {
                continue
            } else {
                output.append(character)
            }
            last = output.last ?? " "
        }
        if output.hasSuffix("."), output.dropLast().last?.unicodeScalars.first?.isHan ?? false {
            output = output.dropLast() + "。"
        }
        return output
    }

    private static func closed(_ text: String, isChinese: Bool) -> String {
        var text = text
        while let last = text.last, "，、；,; ".contains(last) { text.removeLast() }
        guard let last = text.last, !"。！？.!?」".contains(last) else { return text }
        return text + (isChinese ? "。" : ".")
    }
}
