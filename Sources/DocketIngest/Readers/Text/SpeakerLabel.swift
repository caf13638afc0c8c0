/// Tells the speaker's name at the head of a spoken line: "主席：", "D: ", "[SPEAKER_01]: ", "(speaker 0)".
struct SpeakerLabel: Equatable {
    /// The name as the source labels it; nil when the label says that nobody knows ("(speaker ?)").
    let name: String?
    /// What was said, without the label.
    let words: Substring

    /// Widest name: 20 Han characters or 40 letters.
    private static let widest = 40

    /// The label of `line`; nil when it has none.
    init?(_ line: Substring) {
        if let bracketed = Self.bracketed(line) {
            self = bracketed
            return
        }
        var columns = 0
        var index = line.startIndex
        let scalars = line.unicodeScalars
        while index < scalars.endIndex {
            let scalar = scalars[index]
            if scalar == "：" || scalar == ":" { break }
            guard Self.isNameScalar(scalar) else { return nil }
            columns += scalar.value >= 0x2E80 ? 2 : 1
            guard columns <= Self.widest else { return nil }
            index = scalars.index(after: index)
        }
        guard index < scalars.endIndex, columns > 0 else { return nil }
        let after = scalars.index(after: index)
        // "14:30", "http://" and "a::b" are no labels.
        if scalars[index] == ":", after < scalars.endIndex {
            guard scalars[after] == " " || scalars[after].value >= 0x2E80 || scalars[after] == "\u{3000}" else {
                return nil
            }
        }
        let name = line[..<index].trimmed
        guard name.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) else { return nil }
        self.init(name: String(name), words: line[after...].trimmed)
    }

    private init(name: String?, words: Substring) {
        self.name = name
        self.words = words
    }

    /// "[A]: words", "[SPEAKER_00] words", "(speaker ?) words".
    private static func bracketed(_ line: Substring) -> SpeakerLabel? {
        let close: Character
        switch line.unicodeScalars.first {
        case "[": close = "]"
        case "(": close = ")"
        case "【": close = "】"
        default: return nil
        }
        guard let first = line.first, let end = line.prefix(widest * 2).firstIndex(of: close) else { return nil }
        var name = line[line.index(after: line.startIndex)..<end].trimmed
        var words = line[line.index(after: end)...]
        let hasColon = words.first == ":" || words.first == "："
        if hasColon { words = words.dropFirst() }
        let lower = name.lowercased()
        guard hasColon || lower.hasPrefix("speaker") else { return nil }
        if lower.hasPrefix("speaker "), first == "(" { name = name.dropFirst("speaker ".count).trimmed }
        if name == "?" { return SpeakerLabel(name: nil, words: words.trimmed) }
        guard !name.isEmpty, name.count <= widest else { return nil }
        return SpeakerLabel(name: String(name), words: words.trimmed)
    }

    /// Signs that a sentence has and a name has not.
    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", "！", "？", "!", "?", "，", ",", "；", ";", "「", "」", "『", "』", "\"", "<", ">", "=", "/", "{", "}", "…":
            false
        default: true
        }
    }
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: Substring {
        var view = unicodeScalars
        while let first = view.first, first.isBlank { view.removeFirst() }
        while let last = view.last, last.isBlank { view.removeLast() }
        return Substring(view)
    }
}

extension Unicode.Scalar {
    /// White space of any script; the table of properties is asked for the few that are not ASCII.
    var isBlank: Bool { value < 0x80 ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace }
}

extension StringProtocol {
    /// Lines between line feeds, blank ones too, cut by bytes: a mark that joins the line feed cannot hide it.
    var lineSubstrings: [Substring] {
        Substring(self).utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
    }
}

/// Decides for a whole transcript whether its lines carry speakers, so that one sentence with a colon makes none.
struct SpeakerLabels {
    private let names: Set<String>

    /// Labels of `lines` that are worth believing: names that come more than once, or any if most lines have one.
    init(_ lines: some Sequence<Substring>) {
        var counts: [String: Int] = [:]
        var (labelled, total) = (0, 0)
        for line in lines where !line.isEmpty {
            total += 1
            guard let label = SpeakerLabel(line) else { continue }
            labelled += 1
            counts[label.name ?? "", default: 0] += 1
        }
        let isUsual = labelled * 2 >= total
        guard total > 0, labelled * 10 >= total else {
            names = []
            return
        }
        names = Set(counts.filter { isUsual || $0.value > 1 }.keys)
    }

    /// Speaker and words of one line.
    func split(_ line: Substring) -> (speaker: String?, words: Substring) {
        guard let label = SpeakerLabel(line), names.contains(label.name ?? "") else { return (nil, line) }
        return (label.name, label.words)
    }
}
