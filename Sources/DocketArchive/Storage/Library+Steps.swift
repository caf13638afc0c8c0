public import DocketCore
public import Foundation
import GRDB

/// Key of a step of the pipeline: what did it and all that it read.
///
/// Equal keys give equal results.
public struct StepKey: Sendable, Hashable {
    /// Fingerprint of the engine.
    public let engine: SHA256Digest
    /// SHA-256 over the fingerprint and the hashes of all inputs in their order.
    public let digest: SHA256Digest

    /// The key of a step.
    ///
    /// `name` is what the step does, "draft.minutes"; `inputs` are the hashes of all it reads, in a fixed order: source
    /// version, agenda, roster, vocabulary, anchor date ….
    public init(_ name: String, engine: SHA256Digest, inputs: [SHA256Digest]) {
        self.engine = engine
        digest = SHA256Digest(of: ([name, engine.hex] + inputs.map(\.hex)).joined(separator: "\n"))
    }
}

extension Library {
    /// The result of a step that was done before; nil when it was not.
    public func stepResult(_ key: StepKey, of source: SourceID) async throws -> Data? {
        try await store.read(RoutingKey(source), as: .everything) { reading in
            try reading.db.value(
                "SELECT result FROM step WHERE bucket = ? AND source = ? AND key = ?",
                [RoutingKey(source).bucket, source.rawValue, key.digest.hex])
        }
    }

    /// Keeps the result of a step; the first result of a key stays.
    public func storeStep(_ key: StepKey, of source: SourceID, result: Data, by actor: Actor) async throws {
        try await store.write(RoutingKey(source), by: actor) { writing in
            let before = writing.db.totalChangesCount
            try writing.db.run(
                """
                INSERT INTO step (bucket, source, key, engine, ts, result) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                [
                    RoutingKey(source).bucket, source.rawValue, key.digest.hex, key.engine.hex, writing.now, result,
                ])
            guard writing.db.totalChangesCount > before else { return }
            try writing.record(
                .storeStep, "source:\(source)", ["step": key.digest.hex, "engine": key.engine.hex])
        }
    }

    /// Bytes of the current texts of sources together: what reading them takes at least; one that is not there counts 0.
    public func textBytes(of sources: [SourceID]) async throws -> Int {
        try await store.read(nil, as: .everything) { reading in
            try sources.reduce(0) { sum, source in
                let bytes: Int? = try reading.db.value(
                    """
                    SELECT length(CAST(text AS BLOB)) FROM textVersion WHERE bucket = ? AND source = ?
                    ORDER BY version DESC LIMIT 1
                    """, [RoutingKey(source).bucket, source.rawValue])
                return sum + (bytes ?? 0)
            }
        }
    }
}
