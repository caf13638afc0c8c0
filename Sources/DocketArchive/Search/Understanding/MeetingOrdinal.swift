import DocketText

/// The number of a meeting in a query.
enum MeetingOrdinal {
    /// Longest number that is read, in characters.
    private static let longest = 6

    /// Bytes and number of the first "第213次" or "第十六次", where a meeting is spoken of, or of "meeting 7".
    static func first(in bytes: [UInt8], isMeeting: Bool) -> (range: Range<Int>, number: Int)? {
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        var offset = 0
        for (index, scalar) in scalars.enumerated() {
            defer { offset += UTF8.width(scalar) }
            if isMeeting, scalar == "第", let found = chinese(scalars[(index + 1)...]) {
                return (offset..<offset + 3 + found.bytes, found.number)
            }
            guard scalar == "m" || scalar == "M", index == 0 || !scalars[index - 1].properties.isAlphabetic else {
                continue
            }
            if let found = english(scalars[index...]) { return (offset..<offset + found.bytes, found.number) }
        }
        return nil
    }

    /// What follows 第, up to and with 次.
    private static func chinese(_ scalars: ArraySlice<Unicode.Scalar>) -> (number: Int, bytes: Int)? {
        guard let end = scalars.prefix(longest + 1).firstIndex(of: "次") else { return nil }
        let words = String(String.UnicodeScalarView(scalars[scalars.startIndex..<end])).filter { !$0.isWhitespace }
        guard let number = Int(Folding.key(words)) ?? ChineseNumeral.value(of: words), number > 0 else { return nil }
        return (number, scalars[scalars.startIndex...end].reduce(0) { $0 + UTF8.width($1) })
    }

    private static func english(_ scalars: ArraySlice<Unicode.Scalar>) -> (number: Int, bytes: Int)? {
        let word = "meeting "
        guard String(String.UnicodeScalarView(scalars.prefix(word.count))).lowercased() == word else { return nil }
        let digits = scalars.dropFirst(word.count).prefix { (0x30...0x39).contains($0.value) }
        guard digits.count <= longest, let number = Int(String(String.UnicodeScalarView(digits))), number > 0 else {
            return nil
        }
        return (number, word.count + digits.count)
    }
}
