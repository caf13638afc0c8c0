/// How text looks on a terminal, and what of a document may reach one.
///
/// Emphasis stands in a line as control characters of our own, which `shown` turns into the terminal's signs last of all.
/// Text of a document is therefore never trusted with an escape: the most that it could do is to make words bold.
extension Terminal {
    private enum Mark {
        static let bold: Unicode.Scalar = "\u{01}"
        static let dim: Unicode.Scalar = "\u{02}"
        static let end: Unicode.Scalar = "\u{03}"
        static let match: Unicode.Scalar = "\u{04}"
        static let matchEnd: Unicode.Scalar = "\u{05}"
    }

    /// Emphasis on a terminal, the bare text in a pipe.
    static func bold(_ text: String) -> String { "\(Mark.bold)\(text)\(Mark.end)" }

    /// Lesser text on a terminal, the bare text in a pipe.
    static func dim(_ text: String) -> String { "\(Mark.dim)\(text)\(Mark.end)" }

    /// A match of a search: in reverse video on a terminal, in 【】 elsewhere.
    static func match(_ text: String) -> String { "\(Mark.match)\(text)\(Mark.matchEnd)" }

    /// A line as a terminal or a pipe gets it: its emphasis in signs, and no control character of a document.
    ///
    /// Control characters (C0 and C1, except line feed and tab) become U+FFFD, since a terminal obeys them; characters
    /// that turn the direction of writing are left out, since they show words in another order than they stand.
    static func shown(_ line: String, isTerminal: Bool) -> String {
        // Most lines are plain: every control or mark begins with a byte below 0x20, 7F, C2, D8 or E2.
        guard line.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A || [0x7F, 0xC2, 0xD8, 0xE2].contains($0) })
        else { return line }
        var result = String.UnicodeScalarView()
        var isStyled = false
        for scalar in line.unicodeScalars {
            if let sign = sign(of: scalar, isTerminal: isTerminal) {
                result.append(contentsOf: sign.unicodeScalars)
                isStyled = isTerminal
            } else if isControl(scalar) {
                result.append("\u{FFFD}")
            } else if !scalar.properties.isBidiControl {
                result.append(scalar)
            }
        }
        // Whatever a line turned on ends with it.
        if isStyled { result.append(contentsOf: "\u{1B}[0m".unicodeScalars) }
        return String(result)
    }

    private static func sign(of scalar: Unicode.Scalar, isTerminal: Bool) -> String? {
        switch scalar {
        case Mark.bold: isTerminal ? "\u{1B}[1m" : ""
        case Mark.dim: isTerminal ? "\u{1B}[2m" : ""
        case Mark.end: isTerminal ? "\u{1B}[0m" : ""
        case Mark.match: isTerminal ? "\u{1B}[7m" : "【"
        case Mark.matchEnd: isTerminal ? "\u{1B}[27m" : "】"
        default: nil
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0: true
        default: false
        }
    }

    /// Columns that a text takes: two for a wide East Asian character.
    static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1.value) }
    }

    private static func columns(of scalar: UInt32) -> Int {
        switch scalar {
        case 0x01...0x05, 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }

    /// A text cut to `columns` with an ellipsis where it is longer.
    static func fitted(_ text: String, columns limit: Int) -> String {
        guard width(of: text) > limit, limit > 1 else { return text }
        var used = 0
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let next = columns(of: scalar.value)
            if used + next > limit - 1 { break }
            used += next
            result.append(scalar)
        }
        return String(result) + "…"
    }

    /// Rows in aligned columns under a header line; the last column is not padded.
    static func table(_ header: [String], _ rows: [[String]], limit: Int = 48) -> [String] {
        let cells = ([header] + rows).map { row in row.map { fitted(flat($0), columns: limit) } }
        let widths = header.indices.map { column in
            cells.map { column < $0.count ? width(of: $0[column]) : 0 }.max() ?? 0
        }
        func line(_ row: [String]) -> String {
            row.enumerated().map { column, text in
                column == row.count - 1 ? text : text + String(repeating: " ", count: widths[column] - width(of: text))
            }.joined(separator: "  ")
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return [bold(line(cells[0])), rule] + cells.dropFirst().map(line)
    }

    /// A text without line breaks and other controls.
    static func flat(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}
