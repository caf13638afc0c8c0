import Foundation

/// What made a derived thing: stored with every draft, and part of the key of every step.
public struct EngineIdentity: Sendable, Hashable, Codable {
    /// Name of the engine, "extractive".
    public var name: String
    /// Version of its code.
    public var version: String
    /// Model it ran, if any.
    public var model: String?
    /// Digest of the prompt files.
    public var promptDigest: SHA256Digest?
    /// Digest of the JSON schemas.
    public var schemaDigest: SHA256Digest?
    /// Digest of the settings that change its output.
    public var settingsDigest: SHA256Digest?
    /// Digest of model weights or tables.
    public var weightsDigest: SHA256Digest?

    /// An identity; what an engine does not have stays nil.
    public init(
        name: String, version: String, model: String? = nil, promptDigest: SHA256Digest? = nil,
        schemaDigest: SHA256Digest? = nil, settingsDigest: SHA256Digest? = nil, weightsDigest: SHA256Digest? = nil
    ) {
        self.name = name
        self.version = version
        self.model = model
        self.promptDigest = promptDigest
        self.schemaDigest = schemaDigest
        self.settingsDigest = settingsDigest
        self.weightsDigest = weightsDigest
    }

    /// SHA-256 of the identity's JSON with sorted keys; absent parts are left out.
    public func fingerprint() throws -> SHA256Digest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return SHA256Digest(of: try encoder.encode(self))
    }
}
