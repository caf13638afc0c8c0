internal import DocketCore
internal import DocketText
internal import Foundation

/// What a server's refusal means, whatever form it has; nothing of its own words is kept.
enum ServerProblem: Sendable, Equatable {
    /// Prompt and answer do not fit; the context, if the server named it.
    case overflow(limit: Int?)
    /// The model is being loaded.
    case loading
    /// Too many requests.
    case busy
    /// The key is wrong or missing.
    case unauthorized
    /// No such model, or no such path.
    case notFound
    /// The form of structured output is not known there.
    case formatRefused
    /// The request was not understood.
    case rejected
    /// The server failed.
    case broken

    /// Reads an error of any dialect: an object, a text, a message at the top, plain text, a page of HTML.
    init(status: Int, body: [UInt8]) {
        let error = Self.parts(of: body)
        let words = error.words.lowercased()
        if Self.isOverflow(error, words) {
            self = .overflow(limit: error.limit)
            return
        }
        switch status {
        case 429: self = .busy
        case 503: self = .loading
        case 401, 403: self = .unauthorized
        case 404, 405: self = .notFound
        case 400..<500: self = Self.isFormat(words) ? .formatRefused : .rejected
        default: self = Self.isFormat(words) ? .formatRefused : .broken
        }
    }

    private struct Parts {
        var words = ""
        var code = ""
        var type = ""
        var limit: Int?
    }

    private static func parts(of body: [UInt8]) -> Parts {
        var parts = Parts()
        // What is not JSON is text.
        guard let value = try? JSONParser.value(of: body) else {
            parts.words = String(decoding: body.prefix(4096), as: UTF8.self)
            return parts
        }
        let error = value["error"] ?? value["detail"] ?? value
        parts.words = error.string ?? error["message"]?.string ?? value["message"]?.string ?? ""
        parts.words = String(parts.words.prefix(4096))
        parts.code = error["code"]?.string ?? ""
        parts.type = error["type"]?.string ?? ""
        let named = (error["n_ctx"] ?? value["n_ctx"])?.integer
        parts.limit = named ?? Self.number(after: "context length is ", in: parts.words)
        if let limit = parts.limit, !(1...100_000_000).contains(limit) { parts.limit = nil }
        return parts
    }

    private static func number(after mark: String, in words: String) -> Int? {
        words.range(of: mark).flatMap { Int(words[$0.upperBound...].prefix { $0.isASCII && $0.isNumber }) }
    }

    private static func isOverflow(_ error: Parts, _ words: String) -> Bool {
        if error.type == "exceed_context_size_error" || error.code == "context_length_exceeded" { return true }
        return ["maximum context length", "context length", "context size", "context window", "n_ctx"]
            .contains { words.contains($0) }
    }

    private static func isFormat(_ words: String) -> Bool {
        ["response_format", "json_schema", "json_object", "json schema", "structured output", "grammar", "guided"]
            .contains { words.contains($0) }
    }
}
