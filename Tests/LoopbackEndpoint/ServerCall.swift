public import Foundation

/// A request as the server read it.
public struct ServerCall: Sendable {
    /// Method.
    public var method: String
    /// Path without the query; of a request to a proxy, the path behind the host.
    public var path: String
    /// Target as it stood on the wire.
    public var target: String
    /// Headers by name in lower case.
    public var headers: [String: String]
    /// Body.
    public var body: Data

    /// Reads a request that a connection holds; nil when it ends or is none.
    static func read(from socket: StreamSocket, pending: inout [UInt8]) -> ServerCall? {
        var head: Range<Int>?
        while head == nil {
            head = pending.endOfHead
            if head != nil { break }
            guard pending.count < 1 << 20, let more = socket.read() else { return nil }
            // TLS, or something else that is no HTTP: kept as it is.
            pending += more
            if pending.first == 0x16 { return nil }
        }
        guard let head else { return nil }
        let lines = String(decoding: pending[..<head.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let first = lines[0].split(separator: " ")
        guard first.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        pending.removeSubrange(..<head.upperBound)
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard (0...(256 << 20)).contains(length) else { return nil }
        while pending.count < length {
            guard let more = socket.read() else { return nil }
            pending += more
        }
        let body = Data(pending.prefix(length))
        pending.removeFirst(length)
        let target = String(first[1])
        return ServerCall(
            method: String(first[0]), path: path(of: target), target: target, headers: headers, body: body)
    }

    private static func path(of target: String) -> String {
        var rest = Substring(target)
        if let scheme = rest.range(of: "://") {
            rest = rest[scheme.upperBound...]
            rest = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        }
        return String(rest.split(separator: "?", omittingEmptySubsequences: false)[0])
    }
}

extension [UInt8] {
    fileprivate var endOfHead: Range<Int>? {
        guard count >= 4 else { return nil }
        for index in 0...(count - 4) where self[index] == 13 {
            if self[index + 1] == 10, self[index + 2] == 13, self[index + 3] == 10 { return index..<(index + 4) }
        }
        return nil
    }
}

/// A chat request, taken apart.
public struct ChatCall: Sendable {
    /// Number of the request at this server, from 0.
    public var number: Int
    /// Model that was asked for.
    public var model: String?
    /// Messages as role and text.
    public var messages: [(role: String, text: String)]
    /// Most tokens of the answer.
    public var maxTokens: Int?
    /// True when the answer shall come as a stream.
    public var isStream: Bool
    /// True when a stream shall end with the usage.
    public var includesUsage: Bool
    /// Type of the structured output, "json_schema" or "json_object"; nil without one.
    public var format: String?
    /// The schema as JSON, wherever it stood.
    public var schema: Data?
    /// Seed.
    public var seed: Int?
    /// Temperature.
    public var temperature: Double?
    /// The whole body.
    public var body: Data

    /// All text of the prompt.
    public var prompt: String { messages.map(\.text).joined(separator: "\n") }

    /// Text of the last message.
    public var question: String { messages.last?.text ?? "" }

    init?(_ body: Data, number: Int) {
        // A body that is not JSON gives nil: the server answers as its dialect does.
        guard let value = try? JSONSerialization.jsonObject(with: body) as? [String: Any],
            let messages = value["messages"] as? [[String: Any]]
        else { return nil }
        (self.number, self.body) = (number, body)
        model = value["model"] as? String
        self.messages = messages.map { ($0["role"] as? String ?? "", $0["content"] as? String ?? "") }
        maxTokens = value["max_tokens"] as? Int
        isStream = value["stream"] as? Bool ?? false
        includesUsage = (value["stream_options"] as? [String: Any])?["include_usage"] as? Bool ?? false
        seed = value["seed"] as? Int
        temperature = value["temperature"] as? Double
        let form = value["response_format"] as? [String: Any]
        format = form?["type"] as? String
        let schema = form?["schema"] ?? (form?["json_schema"] as? [String: Any])?["schema"]
        // A schema that was JSON a moment ago can be written again.
        self.schema = schema.flatMap { try? JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys]) }
    }
}
