internal import DocketText
/// The body of a chat request, and the meaning of what comes back.
enum ChatWire {
    /// The body of a request, as JSON.
    static func body(
        _ messages: [ChatMessage], profile: EndpointProfile, answerTokens: Int, format: JSONValue?, isStream: Bool
    ) -> [UInt8] {
        var members: [String: JSONValue] = [
            "model": .string(profile.model),
            "messages": .array(
                messages.map { .object(["role": .string($0.role.rawValue), "content": .string($0.text)]) }),
            "max_tokens": .number(Double(answerTokens)),
            "temperature": .number(profile.sampling.temperature),
            "stream": .bool(isStream),
        ]
        if isStream { members["stream_options"] = .object(["include_usage": true]) }
        if let topP = profile.sampling.topP { members["top_p"] = .number(topP) }
        if let seed = profile.sampling.seed { members["seed"] = .number(Double(seed)) }
        if let format { members["response_format"] = format }
        return Array(JSONValue.object(members).text.utf8)
    }

    /// Value of `response_format` on a rung; nil where none is sent.
    static func format(_ rung: EndpointProfile.StructuredOutput, name: String, schema: JSONValue) -> JSONValue? {
        switch rung {
        case .jsonSchema:
            .object([
                "type": "json_schema",
                "json_schema": .object(["name": .string(name), "strict": true, "schema": schema]),
            ])
        case .jsonObjectWithSchema: .object(["type": "json_object", "schema": schema])
        case .jsonObject: .object(["type": "json_object"])
        case .prompt: nil
        }
    }

    /// One frame of a stream, or a whole plain answer.
    struct Part: Sendable, Equatable {
        var text = ""
        var thought = ""
        var finishReason: String?
        var promptTokens: Int?
        var answerTokens: Int?
    }

    /// A part that is not of the form.
    struct Malformed: Error, Equatable {}

    /// What a frame or plain answer says; the server's own error is not looked for.
    static func part(of value: JSONValue) throws(Malformed) -> Part {
        guard let members = value.object else { throw Malformed() }
        var part = Part()
        if let usage = members["usage"], !usage.isNull {
            guard usage.object != nil else { throw Malformed() }
            part.promptTokens = usage["prompt_tokens"]?.integer
            part.answerTokens = usage["completion_tokens"]?.integer
        }
        guard let choices = members["choices"], !choices.isNull else { return part }
        guard let list = choices.array else { throw Malformed() }
        guard let choice = list.first else { return part }
        guard choice.object != nil else { throw Malformed() }
        part.finishReason = try text(choice["finish_reason"])
        guard let message = choice["delta"] ?? choice["message"], !message.isNull else { return part }
        guard message.object != nil else { throw Malformed() }
        part.text = try text(message["content"]) ?? ""
        for field in ["reasoning_content", "reasoning", "thinking"] {
            part.thought += message[field]?.string ?? ""
        }
        return part
    }

    /// A text, or a list of parts of the form {"type": "text", "text": …}; nil for null.
    private static func text(_ value: JSONValue?) throws(Malformed) -> String? {
        switch value {
        case nil, .null: return nil
        case .string(let text): return text
        case .array(let parts):
            var whole = ""
            for part in parts {
                guard part.object != nil else { throw Malformed() }
                whole += part["text"]?.string ?? ""
            }
            return whole
        default: throw Malformed()
        }
    }
}
