/// Facts by name as they are stored: one JSON object whose values are texts.
///
/// Fifty sources are read for a question; what `Coding` wrote is mostly plain, and then a look from quote to quote is enough.
enum FlatFacts {
    /// The facts of a source's row; `object` names it in an error.
    /// - Throws: `ArchiveError.corrupt` for anything but an object of texts.
    static func read(_ text: String, of object: @autoclosure () -> String) throws -> [String: String] {
        if let facts = plain(text) { return facts }
        return try Coding.value([String: String].self, from: text, of: object())
    }

    /// The facts of an object without blanks and escapes; nil for any other text.
    private static func plain(_ text: String) -> [String: String]? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count > 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return nil }
            var (facts, place): ([String: String], Int) = ([:], 1)
            /// The text in quotes that begins at `place`.
            func quoted() -> String? {
                guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
                let start = place + 1
                var end = start
                while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
                    guard bytes[end] != UInt8(ascii: "\\"), bytes[end] >= 0x20 else { return nil }
                    end += 1
                }
                place = end + 1
                return String(decoding: bytes[start..<min(end, bytes.count)], as: UTF8.self)
            }
            while true {
                guard let name = quoted(), place < bytes.count, bytes[place] == UInt8(ascii: ":") else { return nil }
                place += 1
                guard let value = quoted(), place < bytes.count, facts.updateValue(value, forKey: name) == nil else {
                    return nil
                }
                if place == bytes.count - 1 { return facts }
                guard bytes[place] == UInt8(ascii: ",") else { return nil }
                place += 1
            }
        }
    }
}
