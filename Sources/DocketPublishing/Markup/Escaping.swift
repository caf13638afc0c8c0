/// Text made safe for a markup language.
enum Escaping {
    /// For the content and the quoted attributes of HTML.
    static func html(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            // Control characters are not allowed in HTML at all.
            case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static let markdownMarks = Set("\\`*_[]<>#|~&".unicodeScalars)

    /// For a line of Markdown; line breaks become `<br>`, and `unescapedMarkdown` gives the text back.
    static func markdown(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                result += "<br>"
                continue
            }
            if markdownMarks.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// Takes the escapes of `markdown` away; what a person wrote without them stays.
    static func unescapedMarkdown(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in String(text).replacing("<br>", with: "\n").unicodeScalars {
            if isEscaped {
                if !markdownMarks.contains(scalar) { result.append("\\") }
                result.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                result.append(scalar)
            }
        }
        if isEscaped { result.append("\\") }
        return String(result)
    }
}
