internal import DocketCore

/// The material of a prompt: lines between two fences that no text can imitate.
///
/// What stands inside came from outside and may be hostile. Each entry is one line; angle and square brackets, which
/// the fences, the identifiers and the control words of chat templates are made of, become their wide forms, and
/// characters that cannot be seen are left out. The fence carries a digest of the lines, so that no line can hold the
/// fence it is in.
struct PromptData {
    let isChinese: Bool
    private(set) var lines: [String] = []

    init(isChinese: Bool) { self.isChinese = isChinese }

    /// Adds a fact, such as the title of the item.
    mutating func add(fact label: LocalizedText, _ text: String) {
        guard !text.isEmpty else { return }
        lines.append(Self.fact(label, text, isChinese: isChinese))
    }

    /// Adds an entry that can be cited.
    mutating func add(_ id: String, speaker: String?, _ text: String) {
        lines.append(Self.entry(id, speaker: speaker, text, isChinese: isChinese))
    }

    /// The line of a fact.
    static func fact(_ label: LocalizedText, _ text: String, isChinese: Bool) -> String {
        isChinese ? "\(label.zhHant)：\(neutral(text))" : "\(label.en): \(neutral(text))"
    }

    /// The line of an entry.
    static func entry(_ id: String, speaker: String?, _ text: String, isChinese: Bool) -> String {
        let name = speaker.map { neutral($0).prefix(longestName) + (isChinese ? "：" : ": ") } ?? ""
        return "[\(id)] \(name)\(neutral(text))"
    }

    /// The lines between their fences.
    var fenced: String {
        let body = lines.joined(separator: "\n")
        let code = SHA256Digest(of: body).hex.prefix(8)
        return isChinese
            ? "<<<資料 \(code)>>>\n\(body)\n<<<資料完 \(code)>>>" : "<<<DATA \(code)>>>\n\(body)\n<<<END \(code)>>>"
    }

    /// Longest name before a line, in characters.
    private static let longestName = 40

    /// `text` as one line without characters that could be taken for the prompt's own marks.
    static func neutral(_ text: String) -> String {
        var output = ""
        output.unicodeScalars.reserveCapacity(text.unicodeScalars.count)
        var afterSpace = true
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                if !afterSpace { output.unicodeScalars.append(" ") }
                afterSpace = true
                continue
            }
            guard !scalar.isInvisible else { continue }
            afterSpace = false
            output.unicodeScalars.append(wide[scalar] ?? scalar)
        }
        if output.unicodeScalars.last == " " { output.unicodeScalars.removeLast() }
        return output
    }

    private static let wide: [Unicode.Scalar: Unicode.Scalar] = ["<": "‹", ">": "›", "[": "［", "]": "］", "|": "｜"]
}

extension Unicode.Scalar {
    /// True for control characters, marks of direction, zero-width characters, tags and private or unassigned code
    /// points that steer a display or a model without being seen; line breaks and tabs among them.
    var isInvisible: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
