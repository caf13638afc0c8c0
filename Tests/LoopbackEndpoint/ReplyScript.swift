import Foundation

/// Turns a reply into the steps of the wire.
struct ReplyScript {
    let reply: Reply
    let chat: ChatCall
    let server: LoopbackEndpoint.Configuration
    let loading: [Step]

    init(_ reply: Reply, to chat: ChatCall, server: LoopbackEndpoint.Configuration, loading: [Step]) {
        (self.reply, self.chat, self.server, self.loading) = (reply, chat, server, loading)
    }

    private var dialect: Dialect { server.dialect }

    private var promptTokens: Int {
        let count = chat.messages.reduce(4) { $0 + 4 + server.tokens($1.text) }
        return reply.promptTokens ?? (dialect.cutsPrompts ? min(count, server.contextTokens / 2) : count)
    }

    /// Everything that is sent for this request.
    var steps: [Step] {
        let isOver = promptTokens >= server.contextTokens && reply.promptTokens == nil && !dialect.cutsPrompts
        if isOver { return overflow }
        switch reply.fault {
        case .status(let status, let retryAfter):
            let body = dialect.error(status, "the server is not well (/srv/server/secret.py)", type: "server_error")
            return .page(status, body, headers: retryAfter.map { ["Retry-After: \($0)"] } ?? [])
        case .loading: return loading
        case .answer(let status, let type, let body): return .page(status, body, type: type)
        case .html: return .page(200, "<html><body>502 Bad Gateway</body></html>", type: "text/html")
        case .overflow: return overflow
        case .huge(let bytes): return huge(bytes)
        case .emptyStream: return [.send(Dialect.streamHead), .send(Array("0\r\n\r\n".utf8))]
        case .wrongTypes:
            return chat.isStream
                ? [.send(Dialect.streamHead), frame(["choices": "none", "usage": 7]), frame("[DONE]"), lastChunk]
                : .page(200, JSON.text(["choices": [["message": 5, "finish_reason": 3]]]))
        default: return chat.isStream ? stream : plain
        }
    }

    private var overflow: [Step] {
        dialect.overflow(
            tokens: max(promptTokens, server.contextTokens + 1), context: server.contextTokens, isStream: chat.isStream)
    }

    // MARK: Plain

    private var usage: [String: Any] {
        let answer = server.tokens(reply.text) + 1
        return [
            "prompt_tokens": promptTokens, "completion_tokens": answer, "total_tokens": promptTokens + answer,
        ]
    }

    private func envelope(_ object: String, _ choices: [Any]) -> [String: Any] {
        [
            "id": "chatcmpl-1", "object": object, "created": 1, "choices": choices,
            "model": dialect == .llamaCppPython ? "/srv/models/\(server.model).gguf" : server.model,
        ]
    }

    private var plain: [Step] {
        var message: [String: Any] = ["role": "assistant", "content": text]
        if let reasoning = reply.reasoning, let field = dialect.reasoningField { message[field] = reasoning }
        let choice: [String: Any] = [
            "index": 0, "message": message, "finish_reason": reply.finishReason.map { $0 as Any } ?? NSNull(),
        ]
        var body = envelope("chat.completion", [choice])
        body["usage"] = usage
        let page = [Step].page(200, JSON.text(body))
        switch reply.fault {
        case .reset, .close, .stall, .errorFrame: return broken(page)
        case .trickle:
            guard case .send(let bytes) = page[0] else { return page }
            return [.trickle(bytes, every: .seconds(1))]
        default: return page
        }
    }

    /// The first half of a page, then the fault.
    private func broken(_ page: [Step]) -> [Step] {
        guard case .send(let bytes) = page[0] else { return page }
        let half = Step.send(Array(bytes.prefix(bytes.count / 2)))
        switch reply.fault {
        case .reset: return [half, .wait(.milliseconds(20)), .reset]
        case .stall: return [half, .wait(.seconds(3600))]
        default: return [half, .close]
        }
    }

    // MARK: Streams

    /// Thoughts stand in the text where the dialect has no field for them.
    private var text: String {
        guard let reasoning = reply.reasoning, dialect.reasoningField == nil else { return reply.text }
        return "<think>\(reasoning)</think>\(reply.text)"
    }

    private var stream: [Step] {
        var steps: [Step] = [.send(Dialect.streamHead), delta(["role": "assistant", "content": NSNull()])]
        if let reasoning = reply.reasoning, let field = dialect.reasoningField {
            steps += Self.pieces(reasoning, reply.pieceLength).map { delta([field: $0]) }
        }
        for (number, piece) in Self.pieces(text, reply.pieceLength).enumerated() {
            if let end = fault(before: number) { return steps + end }
            if number > 0, reply.pieceDelay > .zero { steps.append(.wait(reply.pieceDelay)) }
            steps.append(delta(["content": piece]))
        }
        if let end = fault(before: .max) { return steps + end }
        if let reason = reply.finishReason { steps.append(delta([:], finish: reason)) }
        if chat.includesUsage, dialect.sendsStreamUsage {
            var body = envelope("chat.completion.chunk", [])
            body["usage"] = usage
            steps.append(frame(body))
        }
        if case .missingDone = reply.fault { return steps + [lastChunk] }
        steps += [frame("[DONE]"), lastChunk]
        guard case .trickle = reply.fault else { return steps }
        return steps.map { step in
            if case .send(let bytes) = step { .trickle(bytes, every: .seconds(1)) } else { step }
        }
    }

    private func fault(before piece: Int) -> [Step]? {
        switch reply.fault {
        case .reset(let count) where piece >= count: return [.wait(.milliseconds(20)), .reset]
        case .close(let count) where piece >= count: return [.close]
        case .stall(let count) where piece >= count: return [.wait(.seconds(3600))]
        case .errorFrame(let count) where piece >= count:
            let message = "CUDA error at /srv/server/ggml.cu"
            return [frame(["error": ["code": 500, "message": message, "type": "server_error"]]), lastChunk]
        default: return nil
        }
    }

    private func huge(_ bytes: Int) -> [Step] {
        // No short stretch of it repeats, so that only its size can be what is noticed.
        let filler = String(
            (0..<60_000).map { index in "abcdefghijklmnop"[(index &* index &* 2_654_435_761) >> 16 & 15] })
        guard chat.isStream else {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(bytes)\r\n\r\n{\"a\":\""
            return [.send(Array(head.utf8)), .fill(Array(filler.utf8), times: bytes / 60_000), .close]
        }
        guard case .send(let piece) = delta(["content": filler]) else { return [] }
        return [.send(Dialect.streamHead), .fill(piece, times: bytes / 60_000), delta([:], finish: "stop"), lastChunk]
    }

    private func delta(_ delta: [String: Any], finish: String? = nil) -> Step {
        let choice: [String: Any] = [
            "index": 0, "delta": delta, "finish_reason": finish.map { $0 as Any } ?? NSNull(),
        ]
        return frame(envelope("chat.completion.chunk", [choice]))
    }

    private func frame(_ value: Any) -> Step {
        let line = "data: \(value as? String ?? JSON.text(value))\n\n"
        return .send(Array("\(String(line.utf8.count, radix: 16))\r\n\(line)\r\n".utf8))
    }

    private var lastChunk: Step { .send(Array("0\r\n\r\n".utf8)) }

    private static func pieces(_ text: String, _ length: Int) -> [String] {
        var rest = Substring(text)
        var pieces: [String] = []
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(max(length, 1))))
            rest = rest.dropFirst(max(length, 1))
        }
        return pieces
    }
}

extension String {
    fileprivate subscript(place: Int) -> Character { self[index(startIndex, offsetBy: place)] }
}
