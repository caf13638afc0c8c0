/// Who drafts in a library, and what becomes of claims that nothing supports.
public struct DraftingSettings: Sendable, Equatable, Codable {
    /// Who drafts.
    public var engine: Engine
    /// Names of the endpoints' profiles; more than one form a pool.
    public var endpoints: [String]
    /// What becomes of a claim that its source does not support after the engine was asked once to mend it.
    public var unsupported: UnsupportedPolicy

    /// Settings; the embedded engine by default.
    public init(engine: Engine = .extractive, endpoints: [String] = [], unsupported: UnsupportedPolicy = .replace) {
        self.engine = engine
        self.endpoints = endpoints
        self.unsupported = unsupported
    }

    /// Reads settings; what is absent keeps its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        engine = try values.decodeIfPresent(Engine.self, forKey: .engine) ?? .extractive
        endpoints = try values.decodeIfPresent([String].self, forKey: .endpoints) ?? []
        unsupported = try values.decodeIfPresent(UnsupportedPolicy.self, forKey: .unsupported) ?? .replace
    }

    /// An engine by name.
    public enum Engine: String, Sendable, Codable, CaseIterable {
        /// The embedded engine: the source's own words.
        case extractive
        /// A model behind an endpoint that speaks chat completions.
        case chatCompletion = "chat-completion"
    }
}
