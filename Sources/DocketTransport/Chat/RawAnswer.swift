internal import DocketText
internal import Foundation

/// What one request gave, as it came.
struct RawAnswer: Sendable, Equatable {
    var text = ""
    var finishReason: String?
    var promptTokens: Int?
    var answerTokens: Int?
    /// Pieces of text and thought.
    var pieces = 0
    var isLoop = false

    mutating func add(_ part: ChatWire.Part) {
        text += part.text
        if !part.text.isEmpty || !part.thought.isEmpty { pieces += 1 }
        finishReason = part.finishReason ?? finishReason
        promptTokens = part.promptTokens ?? promptTokens
        answerTokens = part.answerTokens ?? answerTokens
    }

    /// The JSON value of a text: all of it, or, with `isLoose`, what a fence or words stand around.
    ///
    /// Nil without one.
    static func json(in text: String, isLoose: Bool) -> (text: String, value: JSONValue)? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let bytes = Array(trimmed.utf8)
        // What is not JSON as a whole is looked at more closely below.
        if let value = try? JSONParser.value(of: bytes) { return (trimmed, value) }
        guard isLoose else { return nil }
        // Only the first bracket of a kind: a later one would be a part of a value that does not end.
        let starts = ["{", "["].compactMap { bytes.firstIndex(of: UInt8(ascii: $0)) }.sorted()
        for start in starts {
            // The other bracket may begin the value.
            guard let (value, end) = try? JSONParser.prefix(of: bytes, from: start) else { continue }
            return (String(decoding: bytes[start..<end], as: UTF8.self), value)
        }
        return nil
    }
}
