import Foundation

/// Whose ways a server has: the names of fields, the forms of errors, what it tells about itself.
public enum Dialect: String, Sendable, CaseIterable {
    case llamaCpp, llamaCppPython, ollama, vllm, lmStudio

    /// Field of thoughts; nil where they stand in the text.
    var reasoningField: String? {
        switch self {
        case .llamaCpp: "reasoning_content"
        case .ollama, .vllm: "reasoning"
        case .llamaCppPython, .lmStudio: nil
        }
    }

    var takesJSONSchema: Bool { self != .llamaCppPython }

    var sendsStreamUsage: Bool { self != .llamaCppPython }

    /// Ollama drops the front of a prompt that is too long, and says nothing.
    var cutsPrompts: Bool { self == .ollama }

    /// Body of an error.
    func error(_ status: Int, _ message: String, type: String, code: String? = nil) -> String {
        switch self {
        case .llamaCpp: JSON.text(["error": ["code": status, "message": message, "type": type]])
        case .llamaCppPython, .ollama:
            JSON.text([
                "error": [
                    "message": message, "type": type, "param": NSNull(), "code": code.map { $0 as Any } ?? NSNull(),
                ]
            ])
        case .vllm: JSON.text(["object": "error", "message": message, "type": type, "param": NSNull(), "code": status])
        case .lmStudio: JSON.text(["error": message])
        }
    }

    /// The answer to a request over the context.
    func overflow(tokens: Int, context: Int, isStream: Bool) -> [Step] {
        switch self {
        case .llamaCpp:
            let message =
                "request (\(tokens) tokens) exceeds the available context size (\(context) tokens), try increasing it"
            let body: [String: Any] = [
                "code": 400, "message": message, "type": "exceed_context_size_error", "n_prompt_tokens": tokens,
                "n_ctx": context,
            ]
            return .page(400, JSON.text(["error": body]))
        case .llamaCppPython where isStream: return [.send(Self.streamHead), .send(Array("0\r\n\r\n".utf8))]
        case .llamaCppPython, .ollama:
            let message =
                "This model's maximum context length is \(context) tokens. However, you requested \(tokens) tokens"
            return .page(400, error(400, message, type: "invalid_request_error", code: "context_length_exceeded"))
        case .vllm:
            let message =
                "This model's maximum context length is \(context) tokens. However, you requested \(tokens) tokens"
            return .page(400, error(400, message, type: "BadRequestError"))
        case .lmStudio:
            let message =
                "Trying to keep the first \(tokens) tokens when context the overflows. However, the model is"
                + " loaded with context length of only \(context) tokens; tokens to keep is greater than the context length"
            return .page(400, error(400, message, type: ""))
        }
    }

    static let streamHead = Array(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)

    // MARK: What a server tells about itself

    /// The answer to anything but a request for chat.
    func page(_ call: ServerCall, _ server: LoopbackEndpoint.Configuration) -> [Step] {
        switch (self, call.path) {
        case (.llamaCpp, "/health"): return .page(200, JSON.text(["status": "ok"]))
        case (.vllm, "/health"): return .page(200, "", type: "text/plain")
        case (.llamaCpp, "/props"):
            let body: [String: Any] = [
                "default_generation_settings": ["n_ctx": server.contextTokens], "total_slots": server.slots,
                "model_alias": server.model,
            ]
            return .page(200, JSON.text(body))
        case (.llamaCpp, "/tokenize"), (.vllm, "/tokenize"):
            // A body that is not JSON counts as empty.
            let value = try? JSONSerialization.jsonObject(with: call.body) as? [String: Any]
            let text = value?["content"] as? String ?? value?["prompt"] as? String ?? ""
            let count = server.tokens(text)
            return .page(200, JSON.text(["tokens": Array(repeating: 1, count: count), "count": count]))
        case (_, "/v1/models"): return .page(200, JSON.text(["object": "list", "data": [model(server)]]))
        case (.ollama, "/api/show"):
            let body: [String: Any] = [
                "model_info": ["llama.context_length": 131_072], "parameters": "num_ctx \(server.contextTokens)",
            ]
            return .page(200, JSON.text(body))
        case (.ollama, "/api/ps"):
            let body = ["models": [["name": server.model, "context_length": server.contextTokens] as [String: Any]]]
            return .page(200, JSON.text(body))
        case (.lmStudio, "/api/v0/models"):
            let model: [String: Any] = [
                "id": server.model, "state": "loaded", "loaded_context_length": server.contextTokens,
                "max_context_length": 131_072,
            ]
            return .page(200, JSON.text(["object": "list", "data": [model]]))
        default: return notFound
        }
    }

    private var notFound: [Step] {
        switch self {
        case .llamaCpp: .page(404, error(404, "File Not Found", type: "not_found_error"))
        case .llamaCppPython, .vllm: .page(404, JSON.text(["detail": "Not Found"]))
        case .ollama: .page(404, "404 page not found", type: "text/plain")
        case .lmStudio: .page(200, error(200, "Unexpected endpoint or method", type: ""))
        }
    }

    private func model(_ server: LoopbackEndpoint.Configuration) -> [String: Any] {
        switch self {
        case .llamaCpp: ["id": server.model, "meta": ["n_ctx": server.contextTokens, "n_ctx_train": 131_072]]
        case .llamaCppPython: ["id": "/srv/models/\(server.model).gguf", "object": "model"]
        case .vllm: ["id": server.model, "max_model_len": server.contextTokens]
        case .ollama, .lmStudio: ["id": server.model, "object": "model"]
        }
    }
}

enum JSON {
    /// Compact JSON of values that are JSON.
    static func text(_ value: Any) -> String {
        // Only values of this file's own making come here; an empty object would be seen by every test.
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
