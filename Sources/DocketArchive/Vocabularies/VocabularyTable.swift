import DocketCore
import DocketText
import Foundation
import GRDB

/// Rows of vocabularies: editions, their concepts, and the labels that search asks.
enum VocabularyTable {
    // MARK: - Writing

    /// Stores a version unless it is equal to the last one of its name; the audit event comes with it.
    static func put(
        _ vocabulary: Vocabulary, _ rows: VocabularyRows, _ writing: Writing, _ progress: @Sendable (Int) -> Void
    ) throws -> (stored: StoredVocabulary, isNew: Bool) {
        let last = try stored(vocabulary.name, version: nil, writing.db)
        let digest: String? = try last.flatMap {
            try writing.db.value(
                "SELECT contentDigest FROM vocabulary WHERE edition = ? /* reference: vocabulary */", [$0.edition])
        }
        if let last, digest == rows.digest.hex { return (last, false) }
        let newest: Int =
            try writing.db.value(
                "SELECT coalesce(max(edition), 0) FROM vocabulary /* reference: vocabulary */") ?? 0
        let stored = StoredVocabulary(
            id: last?.id ?? vocabulary.id, name: vocabulary.name, version: (last?.version ?? 0) + 1,
            title: vocabulary.title, languages: vocabulary.languages, statedVersion: vocabulary.statedVersion,
            licence: vocabulary.licence, concepts: vocabulary.concepts.count, labels: vocabulary.labelCount,
            time: writing.now, edition: newest + 1)
        try insert(stored, vocabulary, rows, writing)
        if let last {
            try writing.db.run("DELETE FROM conceptLabel WHERE edition = ? /* reference: vocabulary */", [last.edition])
        }
        try insertConcepts(vocabulary, rows, stored.edition, writing, progress)
        try writing.record(
            .putVocabulary, "vocabulary:\(vocabulary.name)",
            [
                "version": String(stored.version), "concepts": String(stored.concepts), "labels": String(stored.labels),
                "sha256": vocabulary.sourceDigest.hex,
            ])
        return (stored, true)
    }

    private static func insert(
        _ stored: StoredVocabulary, _ vocabulary: Vocabulary, _ rows: VocabularyRows, _ writing: Writing
    ) throws {
        try writing.db.run(
            """
            INSERT INTO vocabulary (edition, id, name, version, title, languages, statedVersion, licence, sourceDigest,
                contentDigest, concepts, labels, ts, actor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) /* reference: vocabulary */
            """,
            [
                stored.edition, stored.id.rawValue, stored.name, stored.version, stored.title,
                try Coding.text(stored.languages), stored.statedVersion, stored.licence, vocabulary.sourceDigest.hex,
                rows.digest.hex, stored.concepts, stored.labels, stored.time, writing.actor.description,
            ])
    }

    private static func insertConcepts(
        _ vocabulary: Vocabulary, _ rows: VocabularyRows, _ edition: Int, _ writing: Writing,
        _ progress: @Sendable (Int) -> Void
    ) throws {
        for (n, (concept, body)) in zip(vocabulary.concepts, rows.bodies).enumerated() {
            try writing.db.run(
                "INSERT INTO concept (edition, n, uri, body) VALUES (?, ?, ?, ?) /* reference: vocabulary */",
                [edition, n, concept.uri, Data(body)])
            if n.isMultiple(of: 5_000) { progress(n) }
        }
        for row in rows.labels {
            try writing.db.run(
                "INSERT INTO conceptLabel (label, edition, n, kind) VALUES (?, ?, ?, ?) /* reference: vocabulary */",
                [row.key, edition, row.n, Int(row.kind.rawValue)])
        }
    }

    // MARK: - Reading

    private static let columns =
        "edition, id, name, version, title, languages, statedVersion, licence, concepts, labels, ts"

    /// The newest versions, by name.
    static func all(_ db: Database) throws -> [StoredVocabulary] {
        try db.rows(
            """
            SELECT \(columns) FROM vocabulary AS latest
            WHERE version = (SELECT max(version) FROM vocabulary WHERE name = latest.name) ORDER BY name
            /* reference: vocabulary */
            """
        ).map(stored)
    }

    /// One version, nil for the newest, by name or identity.
    static func stored(_ name: String, version: Int?, _ db: Database) throws -> StoredVocabulary? {
        try db.row(
            """
            SELECT \(columns) FROM vocabulary
            WHERE (name = :name OR id = :name) AND (:version IS NULL OR version = :version)
            ORDER BY name = :name DESC, version DESC LIMIT 1 /* reference: vocabulary */
            """, ["name": name, "version": version]
        ).map(stored)
    }

    private static func stored(_ row: Row) throws -> StoredVocabulary {
        StoredVocabulary(
            id: VocabularyID(rawValue: row["id"]), name: row["name"], version: row["version"], title: row["title"],
            languages: try Coding.value([String].self, from: row["languages"], of: "vocabulary"),
            statedVersion: row["statedVersion"], licence: row["licence"], concepts: row["concepts"],
            labels: row["labels"], time: row["ts"], edition: row["edition"])
    }

    /// All concepts of one version.
    static func vocabulary(_ stored: StoredVocabulary, _ db: Database) throws -> Vocabulary {
        let digest: String? = try db.value(
            "SELECT sourceDigest FROM vocabulary WHERE edition = ? /* reference: vocabulary */", [stored.edition])
        let cursor = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT uri, body FROM concept WHERE edition = ? ORDER BY n /* reference: vocabulary */"),
            arguments: [stored.edition])
        var concepts: [Vocabulary.Concept] = []
        concepts.reserveCapacity(stored.concepts)
        while let row = try cursor.next() {
            concepts.append(try ConceptCoding.concept(row["uri"], body: row["body"]))
        }
        guard concepts.count == stored.concepts, let digest = digest.flatMap(SHA256Digest.init(hex:)) else {
            throw ArchiveError.corrupt(
                file: LibraryFolder.databaseName, detail: "vocabulary \(stored.name) lacks concepts")
        }
        do {
            return try Vocabulary(
                id: stored.id, name: stored.name, title: stored.title, languages: stored.languages,
                statedVersion: stored.statedVersion, licence: stored.licence, sourceDigest: digest, concepts: concepts)
        } catch {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: error.description)
        }
    }

    /// One concept by its position; nil when the edition has none there.
    static func concept(_ n: Int, of edition: Int, _ db: Database) throws -> Vocabulary.Concept? {
        try db.row(
            "SELECT uri, body FROM concept WHERE edition = ? AND n = ? /* reference: vocabulary */", [edition, n]
        ).map { try ConceptCoding.concept($0["uri"], body: $0["body"]) }
    }
}
