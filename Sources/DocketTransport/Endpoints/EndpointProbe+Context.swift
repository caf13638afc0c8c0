internal import DocketCore
internal import DocketText

extension EndpointProbe {
    /// The context that the server tells of, held against the setting.
    func contextResult() async throws -> (State, LocalizedText) {
        let setting = client.profile.contextTokens
        guard let found = try await discoveredContext() else { return (.warning, .contextUnknown(setting)) }
        if found < setting { return (.failed, .contextTooLarge(setting, found)) }
        return (.good, .contextFits(setting, found))
    }

    /// Tokens of one request's context as any of the known pages tells it; nil where none does.
    ///
    /// The sizes that a model was trained with are passed over: no server gives them to a request unasked.
    func discoveredContext() async throws -> Int? {
        let model = client.profile.model
        let sources: [(HTTPRequest, (JSONValue) -> Int?)] = [
            (get("/props"), { $0["default_generation_settings"]?["n_ctx"]?.integer }),
            (
                client.request(.get, "/models", limits: Self.shortLimits(client)),
                { page in
                    let entry = Self.entry(model, in: page["data"], by: "id")
                    return entry?["meta"]?["n_ctx"]?.integer ?? entry?["max_model_len"]?.integer
                }
            ),
            (get("/api/v0/models"), { Self.entry(model, in: $0["data"], by: "id")?["loaded_context_length"]?.integer }),
            (get("/api/ps"), { Self.entry(model, in: $0["models"], by: "name")?["context_length"]?.integer }),
            (
                post("/api/show", .object(["model": .string(model)])),
                { page in page["parameters"]?.string.flatMap(Self.contextParameter) }
            ),
        ]
        for (request, reading) in sources {
            do {
                let (status, value) = try await page(request)
                guard status == 200, let value, let found = reading(value), (1...100_000_000).contains(found) else {
                    continue
                }
                return found
            } catch is TransportError {
                // A page that a server does not have may end in any way; the next one is asked.
                continue
            }
        }
        return nil
    }

    private func get(_ path: String) -> HTTPRequest {
        client.request(.get, path, root: true, limits: Self.shortLimits(client))
    }

    private func post(_ path: String, _ body: JSONValue) -> HTTPRequest {
        client.request(.post, path, root: true, body: Array(body.text.utf8), limits: Self.shortLimits(client))
    }

    /// The entry of a model; where only one is listed, that one, whatever it is called.
    private static func entry(_ model: String, in list: JSONValue?, by key: String) -> JSONValue? {
        guard let entries = list?.array else { return nil }
        return entries.first { $0[key]?.string == model } ?? (entries.count == 1 ? entries[0] : nil)
    }

    /// "num_ctx 4096" among the lines of a model file.
    private static func contextParameter(_ lines: String) -> Int? {
        for line in lines.prefix(100_000).split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            if words.count == 2, words[0] == "num_ctx" { return Int(words[1]) }
        }
        return nil
    }
}
