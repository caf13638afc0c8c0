/// Tags and entities inside captions.
enum CueMarkup {
    /// Characters in which the end of a tag is looked for, so that a line of "<" costs no square of time.
    private static let longestTag = 500

    /// Lines of a payload with tags removed and entities decoded; a WebVTT voice tag names the voice of what follows
    /// it, to the end of the cue or the next voice.
    static func lines(_ payload: [Substring]) -> [Cue.Line] {
        var voice: String?
        var lines: [Cue.Line] = []
        for line in payload {
            var words = ""
            var rest = line[...]
            while let open = rest.firstIndex(where: { $0 == "<" || $0 == "{" }) {
                words += rest[..<open]
                let isTag = rest[open] == "<"
                let inner = rest[rest.index(after: open)...]
                guard isTag ? isTagStart(inner) : inner.first == "\\",
                    let close = inner.prefix(longestTag).firstIndex(of: isTag ? ">" : "}")
                else {
                    words.append(rest[open])
                    rest = rest[rest.index(after: open)...]
                    continue
                }
                let tag = rest[rest.index(after: open)..<close]
                if isTag, let name = voiceName(tag) {
                    if !words.trimmedString.isEmpty { lines.append(Cue.Line(voice: voice, words: decode(words))) }
                    words = ""
                    voice = name.isEmpty ? nil : decode(name)
                }
                rest = rest[rest.index(after: close)...]
            }
            words += rest
            if !words.trimmedString.isEmpty { lines.append(Cue.Line(voice: voice, words: decode(words))) }
        }
        return lines
    }

    /// "v Name", "v.loud Name": the name.
    private static func voiceName(_ tag: Substring) -> String? {
        guard tag.first == "v", let next = tag.dropFirst().first, next == " " || next == "." || next == "\t" else {
            return nil
        }
        guard let blank = tag.firstIndex(where: { $0 == " " || $0 == "\t" }) else { return "" }
        return String(tag[blank...].trimmed)
    }

    private static func isTagStart(_ rest: Substring) -> Bool {
        guard let first = rest.first else { return false }
        return first == "/" || first.isASCII && (first.isLetter || first.isNumber)
    }

    private static let entities = [
        "&lt;": "<", "&gt;": ">", "&nbsp;": "\u{A0}", "&lrm;": "", "&rlm;": "", "&quot;": "\"", "&#39;": "'",
        "&amp;": "&",
    ]

    /// The entities that WebVTT names, `&amp;` last.
    private static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text.trimmedString }
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[start...]
            if let (name, value) = entities.first(where: { rest.hasPrefix($0.key) }) {
                result += value
                rest = rest.dropFirst(name.count)
            } else {
                result += "&"
                rest = rest.dropFirst()
            }
        }
        return (result + rest).trimmedString
    }
}

extension String {
    /// Without white space at both ends.
    var trimmedString: String { String(self[...].trimmed) }
}
