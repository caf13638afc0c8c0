/// What one line of Markdown is, and its words without marks.
enum MarkdownLine {
    /// Level and title of "## Title ##".
    ///
    /// A "#" without a blank after it is a tag, not a heading.
    static func heading(_ line: Substring) -> (level: Int, words: String)? {
        let body = line.drop { $0 == " " }
        guard line.count - body.count <= 3 else { return nil }
        let level = body.prefix { $0 == "#" }.count
        let rest = body.dropFirst(level)
        guard (1...6).contains(level), rest.first == " " || rest.first == "\u{3000}" || rest.first == "\t" else {
            return nil
        }
        let words = rest.trimmed.trimmingSuffix { $0 == "#" }
        return (level, plain(words.trimmed))
    }

    /// The level that a line of "=" or "-" under a title gives it.
    static func underline(_ line: Substring) -> Int? {
        let ink = line.trimmed
        guard ink.count >= 3 else { return nil }
        return ink.allSatisfy { $0 == "=" } ? 1 : ink.allSatisfy { $0 == "-" } ? 2 : nil
    }

    /// "---", "***", "___" alone on a line.
    static func isBreak(_ ink: Substring) -> Bool {
        let marks = ink.filter { $0 != " " }
        guard marks.count >= 3, let first = marks.first, "-*_".contains(first) else { return false }
        return marks.allSatisfy { $0 == first }
    }

    /// The character of a code fence.
    static func fence(_ ink: Substring) -> Character? {
        ink.hasPrefix("```") ? "`" : ink.hasPrefix("~~~") ? "~" : nil
    }

    /// "| --- | :-: |" between the head and the body of a table.
    static func isTableRule(_ line: Substring) -> Bool {
        let ink = line.trimmed
        guard ink.contains("|"), ink.contains("---") else { return false }
        return ink.allSatisfy { "|-: ".contains($0) }
    }

    /// Cells of "| a | b |"; a "\|" is no border.
    static func cells(_ ink: Substring) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isEscaped = false
        for character in ink {
            if character == "|", !isEscaped {
                cells.append(cell)
                cell = ""
            } else {
                if isEscaped, character != "|" { cell.append("\\") }
                if character != "\\" || isEscaped { cell.append(character) }
            }
            isEscaped = character == "\\" && !isEscaped
        }
        cells.append(cell)
        if ink.first == "|" { cells.removeFirst() }
        if ink.last == "|", !cells.isEmpty { cells.removeLast() }
        return cells.map { plain(Substring($0).trimmed) }
    }

    /// A list item: its words, with the number if it has one, and its level.
    static func item(_ line: Substring) -> (words: String, level: Int?)? {
        let indent = line.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
        let body = line.trimmed
        if let first = body.first, "-*+".contains(first),
            body.dropFirst().first.map({ $0 == " " || $0 == "\t" }) ?? false
        {
            let rest = body.dropFirst().trimmed
            return (plain(rest), LeadingMarker(rest)?.level ?? (indent > 0 ? indent / 2 + 1 : nil))
        }
        let digits = body.prefix { $0.isASCII && $0.isNumber }
        guard (1...9).contains(digits.count), let stop = body.dropFirst(digits.count).first, ".)".contains(stop),
            body.dropFirst(digits.count + 1).first == " "
        else { return nil }
        return (plain(body), LeadingMarker(body)?.level)
    }

    // MARK: Inline

    /// Characters in which the end of a link is looked for, so that a line of brackets costs no square of time.
    private static let longestLink = 500

    /// Words without emphasis, code marks, link targets and escapes.
    static func plain(_ text: Substring) -> String {
        guard text.utf8.contains(where: { [0x2A, 0x5F, 0x60, 0x5B, 0x5C, 0x3C, 0x21].contains($0) }) else {
            return String(text)
        }
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            rest = rest.dropFirst()
            switch character {
            case "\\": result.append(escaped(&rest))
            case "*", "`":
                if !isLoose(character, after: result.last, before: rest.first) { continue }
                result.append(character)
            case "_":
                if isWord(result.last) && isWord(rest.first) || isLoose("_", after: result.last, before: rest.first) {
                    result.append("_")
                }
            case "!" where rest.first == "[": continue
            case "[":
                let link = link(rest)
                result += link.map { plain($0.words) } ?? "["
                rest = link?.rest ?? rest
            case "<": result += address(&rest) ?? "<"
            default: result.append(character)
            }
        }
        return result
    }

    /// The character after a backslash, which loses its meaning; the backslash itself before anything else.
    private static func escaped(_ rest: inout Substring) -> Character {
        guard let next = rest.first, next.isASCII, next.isPunctuation || next.isSymbol else { return "\\" }
        rest = rest.dropFirst()
        return next
    }

    /// "https://…" or "mailto:…" between an opening "<", which has been read, and a closing ">".
    private static func address(_ rest: inout Substring) -> String? {
        guard rest.hasPrefix("http") || rest.hasPrefix("mailto:"),
            let close = rest.prefix(longestLink).firstIndex(of: ">")
        else { return nil }
        defer { rest = rest[rest.index(after: close)...] }
        return String(rest[..<close])
    }

    /// A mark with blanks or digits on both sides is a sign of its own: "3 * 4".
    private static func isLoose(_ mark: Character, after: Character?, before: Character?) -> Bool {
        let isOpen = { (side: Character?) in side.map { $0.isWhitespace || $0.isNumber } ?? false }
        return mark != "`" && isOpen(after) && isOpen(before)
    }

    private static func isWord(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }

    /// "words](target)" after an opening bracket.
    private static func link(_ rest: Substring) -> (words: Substring, rest: Substring)? {
        guard let close = rest.prefix(longestLink).firstIndex(of: "]") else { return nil }
        let after = rest[rest.index(after: close)...]
        guard after.first == "(", let end = after.prefix(longestLink).firstIndex(of: ")") else { return nil }
        let words = rest[..<close]
        return words.contains("[") ? nil : (words, after[after.index(after: end)...])
    }
}
