import DocketCore

/// XML written element by element, indented, with everything escaped.
///
/// Elements with text are one line, so that no white space becomes content; a carriage return is a reference, since parsers turn it into a
/// line feed.
struct XMLText {
    private(set) var text = ""
    private var depth: Int

    /// Writes from this depth on.
    init(depth: Int = 0) { self.depth = depth }

    /// Begins an element that others stand in.
    mutating func open(_ name: String, _ attributes: [(String, String?)] = []) {
        begin(name, attributes)
        text += ">\n"
        depth += 1
    }

    /// Ends it.
    mutating func close(_ name: String) {
        depth -= 1
        indent()
        text += "</" + name + ">\n"
    }

    /// An element with text, or an empty one.
    mutating func element(_ name: String, _ attributes: [(String, String?)] = [], _ content: String = "") {
        begin(name, attributes)
        if content.isEmpty {
            text += "/>\n"
            return
        }
        text += ">"
        Self.escape(content, isAttribute: false, into: &text)
        text += "</" + name + ">\n"
    }

    /// An element with one element with text in it, on one line.
    mutating func nested(
        _ name: String, _ attributes: [(String, String?)] = [], _ inner: String, _ content: String
    ) {
        begin(name, attributes)
        text += "><" + inner + ">"
        Self.escape(content, isAttribute: false, into: &text)
        text += "</" + inner + "></" + name + ">\n"
    }

    /// Takes what has been written.
    mutating func take() -> String {
        defer { text = "" }
        return text
    }

    private mutating func begin(_ name: String, _ attributes: [(String, String?)]) {
        indent()
        text += "<" + name
        for (name, value) in attributes {
            guard let value else { continue }
            text += " " + name + "=\""
            Self.escape(value, isAttribute: true, into: &text)
            text += "\""
        }
    }

    private mutating func indent() {
        for _ in 0..<depth { text += "  " }
    }

    private static func escape(_ content: String, isAttribute: Bool, into text: inout String) {
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\r": text += "&#13;"
            case "\"" where isAttribute: text += "&quot;"
            case "\n" where isAttribute: text += "&#10;"
            case "\t" where isAttribute: text += "&#9;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
