import DocketCore
import GRDB

/// Reading and writing of the rows that one source consists of.
enum SourceRow {
    static let summaryColumns = """
        id, kind, title, language, date, classification, scope, version, revision, agency, series, ordinal, external, \
        addedAt, addedBy
        """

    static func classification(_ rank: Int) throws -> Classification {
        guard Classification.allCases.indices.contains(rank) else {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: "classification \(rank)")
        }
        return Classification.allCases[rank]
    }

    static func value<Value: RawRepresentable>(_ type: Value.Type, _ raw: Value.RawValue) throws -> Value {
        guard let value = Value(rawValue: raw) else {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: "unknown value \(raw)")
        }
        return value
    }

    static func summary(_ row: Row) throws -> SourceSummary {
        SourceSummary(
            id: SourceID(rawValue: row["id"]), kind: try value(SourceKind.self, row["kind"]), title: row["title"],
            language: row["language"], date: nonEmpty(row["date"]),
            classification: try classification(row["classification"]),
            scope: row["scope"], version: row["version"], revision: row["revision"], agency: nonEmpty(row["agency"]),
            series: nonEmpty(row["series"]).map(SeriesID.init(rawValue:)), ordinal: row["ordinal"],
            external: row["external"], addedAt: row["addedAt"], addedBy: row["addedBy"])
    }

    static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }

    // MARK: - Writing

    /// Inserts the row of a new source.
    static func insert(_ source: StoredSource, container: Bool, _ writing: Writing) throws {
        let document = source.document
        try writing.db.run(
            """
            INSERT INTO source (bucket, id, revision, state, classification, scope, kind, title, language, date, version,
                agency, series, ordinal, collection, external, sha256, line, facts, addedAt, addedBy)
            VALUES (?, ?, 1, 'live', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                RoutingKey(document.id).bucket, document.id.rawValue, document.classification.rank, document.scope,
                document.kind.rawValue, document.title, document.language, document.date ?? "", document.version,
                document.facts["agency"] ?? "", source.series?.rawValue ?? "", ordinal(of: document), source.collection,
                source.external, document.origin.sha256.hex, document.origin.line,
                try document.facts.isEmpty ? nil : Coding.text(document.facts), writing.now, writing.actor.description,
            ])
        try insertVersion(
            document, structure: source.structure, segments: source.segments, container: container, reason: "", writing)
    }

    static func ordinal(of document: SourceDocument) -> Int? { document.facts["ordinal"].flatMap { Int($0) } }

    /// Inserts one text version with its passages and structure; a record of a container shares the container's origin.
    static func insertVersion(
        _ document: SourceDocument, structure: DocumentStructure, segments: [Segment], container: Bool,
        reason: String, _ writing: Writing
    ) throws {
        let bucket = RoutingKey(document.id).bucket
        try writing.db.run(
            """
            INSERT INTO textVersion (bucket, source, version, text, origin, findings, ts, actor, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                bucket, document.id.rawValue, document.version, document.text,
                try container ? nil : Coding.text(document.origin),
                try document.findings.isEmpty ? nil : Coding.text(document.findings), writing.now,
                writing.actor.description, reason,
            ])
        for passage in document.passages {
            try insert(passage, of: document, bucket: bucket, writing.db)
        }
        guard structure != DocumentStructure() || !segments.isEmpty else { return }
        try putStructure(structure, segments: segments, of: document.id, version: document.version, writing.db)
    }

    private static func insert(
        _ passage: Passage, of document: SourceDocument, bucket: UInt8, _ db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO passage (bucket, source, version, n, kind, firstByte, endByte, level, speaker, timeStart, timeEnd,
                locator, mark)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                bucket, document.id.rawValue, document.version, passage.number, passage.kind.rawValue, passage.start,
                passage.end, passage.level, passage.speaker, passage.time?.start, passage.time?.end,
                try passage.locator.map { try Coding.text($0) }, passage.mark,
            ])
    }

    /// Stores structure and segments of one version; an empty structure takes no row.
    static func putStructure(
        _ structure: DocumentStructure, segments: [Segment], of source: SourceID, version: Int, _ db: Database
    ) throws {
        let bucket = RoutingKey(source).bucket
        guard structure != DocumentStructure() || !segments.isEmpty else {
            return try db.run(
                "DELETE FROM structure WHERE bucket = ? AND source = ? AND version = ?",
                [bucket, source.rawValue, version])
        }
        try db.run(
            """
            INSERT INTO structure (bucket, source, version, body, segments) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (bucket, source, version) DO UPDATE SET body = excluded.body, segments = excluded.segments
            """,
            [bucket, source.rawValue, version, try Coding.text(structure), try Coding.text(segments)])
    }

    // MARK: - Reading

    /// The source as `viewer` sees it, nil when there is none to see; withdrawn ones only when asked for.
    static func load(
        _ id: SourceID, version: Int? = nil, viewer: Viewer, includingWithdrawn: Bool = false, _ db: Database
    ) throws -> StoredSource? {
        let bucket = RoutingKey(id).bucket
        let row = try db.row(
            """
            SELECT \(summaryColumns), state, collection, sha256, line, facts FROM source
            WHERE bucket = :bucket AND id = :id AND \(Viewer.accessCondition)
            """, StatementArguments(["bucket": Int(bucket), "id": id.rawValue]) + viewer.accessArguments)
        guard let row, includingWithdrawn || row["state"] == "live" else { return nil }
        let summary = try summary(row)
        let wanted = version ?? summary.version
        guard
            let text = try db.row(
                """
                SELECT text, origin, findings FROM textVersion WHERE bucket = ? AND source = ? AND version = ?
                """, [bucket, id.rawValue, wanted])
        else { return nil }
        let document = SourceDocument(
            id: id, kind: summary.kind, title: summary.title, language: summary.language, version: wanted,
            text: text["text"], passages: try passages(of: id, version: wanted, bucket, db),
            classification: summary.classification, scope: summary.scope, date: summary.date,
            origin: try origin(text["origin"], source: row, db),
            facts: try decode([String: String].self, row["facts"], id) ?? [:],
            findings: try decode([Finding].self, text["findings"], id) ?? [])
        let (structure, segments) = try structure(of: id, version: wanted, bucket, db)
        return StoredSource(
            document: document, structure: structure, segments: segments, revision: summary.revision,
            external: summary.external, collection: row["collection"], series: summary.series,
            seriesName: try summary.series.flatMap { try SeriesTable.find(.id($0), db)?.name },
            openedItems: try openedItems(summary, db), addedAt: summary.addedAt, addedBy: summary.addedBy)
    }

    private static func passages(
        of id: SourceID, version: Int, _ bucket: UInt8, _ db: Database
    ) throws -> [Passage] {
        try db.rows(
            """
            SELECT n, kind, firstByte, endByte, level, speaker, timeStart, timeEnd, locator, mark FROM passage
            WHERE bucket = ? AND source = ? AND version = ? ORDER BY n
            """, [bucket, id.rawValue, version]
        ).map { row in
            let (first, end): (Int, Int) = (row["firstByte"], row["endByte"])
            let (start, stop): (Int?, Int?) = (row["timeStart"], row["timeEnd"])
            return Passage(
                number: row["n"], kind: try value(PassageKind.self, row["kind"]), range: first..<max(first, end),
                level: row["level"], speaker: row["speaker"],
                time: start.map { TimeRange(start: $0, end: stop ?? $0) },
                locator: try decode(Locator.self, row["locator"], id), mark: row["mark"])
        }
    }

    /// Items that a source opened, as far as they are known from sources of its own level and scope.
    private static func openedItems(_ source: SourceSummary, _ db: Database) throws -> [StoredSource.OpenedItem] {
        guard let series = source.series, source.kind == .minutes else { return [] }
        return try db.rows(
            """
            SELECT reference, body FROM item
            WHERE bucket = ? AND series = ? AND openedBy = ? AND classification <= ? AND scope IN ('', ?)
            ORDER BY meetingNumber, itemNumber
            """,
            [RoutingKey(series).bucket, series.rawValue, source.id.rawValue, source.classification.rank, source.scope]
        ).map { row in
            let item = try Coding.value(LedgerItem.self, from: row["body"], of: "item").item
            return StoredSource.OpenedItem(
                reference: row["reference"], path: item.opening?.path ?? "", standing: item.standing)
        }
    }

    private static func structure(
        of id: SourceID, version: Int, _ bucket: UInt8, _ db: Database
    ) throws -> (DocumentStructure, [Segment]) {
        let row = try db.row(
            "SELECT body, segments FROM structure WHERE bucket = ? AND source = ? AND version = ?",
            [bucket, id.rawValue, version])
        guard let row else { return (DocumentStructure(), []) }
        do {
            return (
                try Coding.value(DocumentStructure.self, from: row["body"], of: "source:\(id)"),
                try Coding.value([Segment].self, from: row["segments"], of: "source:\(id)")
            )
        } catch is ArchiveError {
            // Structure is derived: one that another version wrote is made anew from the text, which is not.
            return (DocumentStructure(findings: [unreadableStructure]), [])
        }
    }

    private static let unreadableStructure = Finding(
        rule: "ARC-01", severity: .warning, place: Finding.Place(),
        message: LocalizedText(zhHant: "結構資料由其他版本寫入，無法讀取", en: "the structure was written by another version"),
        remedy: LocalizedText(zhHant: "請執行 docket reindex", en: "run docket reindex"))

    /// Origin of a version: its own, or that of its container with the record's line.
    private static func origin(_ text: String?, source: Row, _ db: Database) throws -> Origin {
        if let text { return try Coding.value(Origin.self, from: text, of: "source") }
        let (hex, collection): (String, String) = (source["sha256"], source["collection"])
        let shared: String? = try db.value(
            "SELECT origin FROM container WHERE bucket = ? AND sha256 = ? AND collection = ?",
            [RoutingKey(hex).bucket, hex, collection])
        guard let shared else {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: "no container \(hex)")
        }
        var origin = try Coding.value(Origin.self, from: shared, of: "container:\(hex)")
        origin.line = source["line"]
        return origin
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String?, _ id: SourceID) throws -> Value? {
        try text.map { try Coding.value(type, from: $0, of: "source:\(id)") }
    }
}
