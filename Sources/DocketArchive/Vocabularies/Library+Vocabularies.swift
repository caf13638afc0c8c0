public import DocketCore
import GRDB

/// One version of a vocabulary as a library lists it, without its concepts.
public struct StoredVocabulary: Sendable, Equatable {
    /// Identity, the same through all versions.
    public var id: VocabularyID
    /// Short name.
    public var name: String
    /// Version in this library, from 1.
    public var version: Int
    /// Title.
    public var title: String
    /// Languages of labels, sorted; "" for labels whose language nobody stated.
    public var languages: [String]
    /// Version as the file states it.
    public var statedVersion: String?
    /// Licence as the file states it.
    public var licence: String?
    /// Number of concepts.
    public var concepts: Int
    /// Number of labels of all kinds.
    public var labels: Int
    /// When it was stored, ISO 8601 in UTC.
    public var time: String
    /// Number of its rows, of no meaning outside the database.
    let edition: Int
}

extension StoredVocabulary: Encodable {
    private enum Key: String, CodingKey {
        case id, name, version, title, languages, statedVersion, licence, concepts, labels, time
    }

    /// Writes all but the number of its rows.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(version, forKey: .version)
        try container.encode(title, forKey: .title)
        try container.encode(languages, forKey: .languages)
        try container.encodeIfPresent(statedVersion, forKey: .statedVersion)
        try container.encodeIfPresent(licence, forKey: .licence)
        try container.encode(concepts, forKey: .concepts)
        try container.encode(labels, forKey: .labels)
        try container.encode(time, forKey: .time)
    }
}

extension Library {
    /// Stores a vocabulary under its name; one equal to the newest version changes nothing, another one is a new version.
    ///
    /// Search asks the newest version; older ones stay, since entries of an earlier year name terms as they were. All of it
    /// is one transaction. `progress` gets the number of concepts written so far, now and then.
    /// - Throws: `ArchiveError.refused(.missingReason)` without a name.
    public func putVocabulary(
        _ vocabulary: Vocabulary, by actor: Actor, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> (stored: StoredVocabulary, isNew: Bool) {
        guard !vocabulary.name.isEmpty else { throw ArchiveError.refused(.missingReason(field: "vocabulary name")) }
        let rows = try VocabularyRows(vocabulary)
        return try await store.write(RoutingKey(vocabulary.name), by: actor) {
            try VocabularyTable.put(vocabulary, rows, $0, progress)
        }
    }

    /// The newest versions of all vocabularies, by name.
    public func vocabularies() async throws -> [StoredVocabulary] {
        try await store.read(nil, as: .everything) { try VocabularyTable.all($0.db) }
    }

    /// One vocabulary with all its concepts, by name or identity and version (from 1, nil for the newest); nil when there
    /// is none.
    /// - Throws: `ArchiveError.corrupt` when stored concepts do not fit together.
    public func vocabulary(_ nameOrID: String, version: Int? = nil) async throws -> Vocabulary? {
        try await store.read(nil, as: .everything) { reading in
            try VocabularyTable.stored(nameOrID, version: version, reading.db).map {
                try VocabularyTable.vocabulary($0, reading.db)
            }
        }
    }

    /// What words mean in the newest versions of all vocabularies: of `words` those that are labels, in their order.
    ///
    /// A word is compared as a whole, folded. A word that many concepts share gives the first eight; of the concepts below
    /// a meaning the first 64 are looked at. Costs one look-up a word, so that all parts of a question can be asked.
    public func synonyms(of words: [String]) async throws -> [Synonyms] {
        try await store.read(nil, as: .everything) { try SynonymLookup.synonyms(of: words, $0.db) }
    }
}
