public import DocketCore
import GRDB

extension Library {
    /// Stores a series; an equal one changes nothing, another one is a new version.
    ///
    /// A series that reading made of this name and issuer becomes this one: its meetings, items and sources come with it.
    /// - Throws: `ArchiveError.refused(.invalid)` without id or name.
    public func putSeries(_ series: MeetingSeries, by actor: Actor) async throws {
        let indexer = indexer
        try await store.writeAcross(
            [RoutingKey(series.id)], because: "a series takes over what reading filed under its name", by: actor
        ) { writing in
            try SeriesTable.put(series, writing)
            try indexer.updateTouched(writing)
        }
    }

    /// All series, by id.
    public func allSeries() async throws -> [MeetingSeries] {
        try await store.read(nil, as: .everything) { try SeriesTable.all($0.db) }
    }

    /// The series of this id or, when there is none, of this name; nil when there is neither.
    public func series(_ idOrName: String) async throws -> MeetingSeries? {
        try await store.read(nil, as: .everything) { try SeriesTable.find(.any(idOrName), $0.db) }
    }

    /// The series of this name whose host agrees with `issuer`; see `MeetingReference`.
    public func series(_ name: String, issuer: String?) async throws -> MeetingSeries? {
        try await store.read(nil, as: .everything) { try SeriesTable.find(.named(name, issuer: issuer), $0.db) }
    }

    /// Stores the roster `name` ("agencies", "persons", …) and gives its version, from 1; an equal one changes nothing.
    ///
    /// Old versions stay, since minutes of an earlier year name the people of that year.
    public func putRoster(_ roster: Roster, named name: String = "default", by actor: Actor) async throws -> Int {
        guard !name.isEmpty else { throw ArchiveError.refused(.missingReason(field: "roster name")) }
        let indexer = indexer
        return try await store.write(RoutingKey(name), by: actor) { writing in
            let body = try Coding.text(roster)
            let last = try writing.db.row(
                "SELECT version, body FROM roster WHERE name = ? ORDER BY version DESC LIMIT 1 /* reference: roster */",
                [name])
            let version: Int = last?["version"] ?? 0
            guard last?["body"] != body else { return version }
            try writing.db.run(
                "INSERT INTO roster (name, version, body, ts, actor) VALUES (?, ?, ?, ?, ?) /* reference: roster */",
                [name, version + 1, body, writing.now, writing.actor.description])
            try TrackingLedger.rosterChanged(writing)
            try indexer.updateTouched(writing)
            try writing.record(
                .putRoster, "roster:\(name)",
                [
                    "version": String(version + 1), "agencies": String(roster.agencies.count),
                    "persons": String(roster.persons.count),
                ])
            return version + 1
        }
    }

    /// One roster by name and version (from 1, nil for the last); nil when there is none.
    public func roster(named name: String, version: Int? = nil) async throws -> Roster? {
        try await store.read(nil, as: .everything) { reading in
            let body: String? = try reading.db.value(
                """
                SELECT body FROM roster WHERE name = :name AND (:version IS NULL OR version = :version)
                ORDER BY version DESC LIMIT 1 /* reference: roster */
                """, ["name": name, "version": version])
            return try body.map { try Coding.value(Roster.self, from: $0, of: "roster:\(name)") }
        }
    }

    /// Changes whenever a roster or a series does: what was made of them is right as long as it stays.
    public func knowledgeVersion() async throws -> String {
        try await store.read(nil, as: .everything) { reading in
            try reading.db.rows(
                """
                SELECT 'roster:' || name AS name, max(version) AS version FROM roster GROUP BY name
                UNION ALL SELECT 'series:' || id, max(version) FROM series GROUP BY id ORDER BY 1
                /* reference: roster */ /* reference: series */
                """
            ).map { "\($0["name"] as String)#\($0["version"] as Int)" }.joined(separator: "\n")
        }
    }

    /// Names and last versions of all rosters, by name.
    public func rosterVersions() async throws -> [(name: String, version: Int)] {
        try await store.read(nil, as: .everything) { reading in
            try reading.db.rows(
                "SELECT name, max(version) AS version FROM roster GROUP BY name ORDER BY name /* reference: roster */"
            ).map { (name: $0["name"], version: $0["version"]) }
        }
    }

    /// All rosters as one: entries in the order of the rosters' names; an id that comes again is left out.
    public func roster() async throws -> Roster {
        try await store.read(nil, as: .everything) { try RosterTable.merged($0.db) }
    }
}

enum RosterTable {
    static func merged(_ db: Database) throws -> Roster {
        var merged = Roster()
        var agencies: Set<String> = []
        var persons: Set<String> = []
        let rows = try db.rows(
            """
            SELECT body FROM roster AS latest
            WHERE version = (SELECT max(version) FROM roster WHERE name = latest.name) ORDER BY name
            /* reference: roster */
            """)
        for row in rows {
            let roster = try Coding.value(Roster.self, from: row["body"], of: "roster")
            merged.agencies += roster.agencies.filter { agencies.insert($0.id).inserted }
            merged.persons += roster.persons.filter { persons.insert($0.id).inserted }
        }
        return merged
    }
}
