/// Looks for any of some phrases in one walk over a text's bytes; ASCII letters of both cases are equal.
struct PhraseMatcher: Sendable {
    /// Phrases by their first byte, in lower case.
    private let phrases: [[[UInt8]]]

    /// A matcher of `phrases`; empty ones match nothing.
    init(_ phrases: [String]) {
        var byFirst = [[[UInt8]]](repeating: [], count: 256)
        for phrase in phrases {
            let bytes = phrase.utf8.map(Self.lower)
            if let first = bytes.first { byFirst[Int(first)].append(bytes) }
        }
        self.phrases = byFirst
    }

    /// True when one of the phrases is in `text`.
    func isIn(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            for start in bytes.indices {
                let candidates = phrases[Int(Self.lower(bytes[start]))]
                if !candidates.isEmpty, candidates.contains(where: { Self.matches($0, bytes, at: start) }) {
                    return true
                }
            }
            return false
        }
    }

    private static func matches(_ phrase: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        guard bytes.count - start >= phrase.count else { return false }
        return phrase.indices.allSatisfy { lower(bytes[start + $0]) == phrase[$0] }
    }

    @inline(__always)
    private static func lower(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
