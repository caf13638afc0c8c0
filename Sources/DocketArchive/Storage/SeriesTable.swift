import DocketCore
import GRDB

/// Series and rosters: small tables that stand whole on every machine; every put is a new version.
enum SeriesTable {
    static func all(_ db: Database) throws -> [MeetingSeries] {
        try db.rows(
            """
            SELECT body FROM series AS latest
            WHERE version = (SELECT max(version) FROM series WHERE id = latest.id) ORDER BY id /* reference: series */
            """
        ).map { try Coding.value(MeetingSeries.self, from: $0["body"], of: "series") }
    }

    /// Stores a version unless it is equal to the last one; the audit event comes with it.
    ///
    /// A new one adopts the series of its name and issuer that reading made, with all that is filed under it.
    static func put(_ series: MeetingSeries, _ writing: Writing) throws {
        guard !series.id.rawValue.isEmpty, !series.name.isEmpty else {
            throw ArchiveError.refused(
                .invalid(object: "series", reason: LocalizedText(zhHant: "識別碼或名稱空白", en: "its id or name is empty")))
        }
        let body = try Coding.text(series)
        if try find(.id(series.id), writing.db) == nil, let read = try madeByReading(series, writing.db) {
            try writing.rename(read.id, to: series.id)
            try writing.record(.putSeries, "series:\(series.id)", ["adopts": read.id.rawValue])
        }
        let last = try writing.db.row(
            "SELECT version, body FROM series WHERE id = ? ORDER BY version DESC LIMIT 1 /* reference: series */",
            [series.id.rawValue])
        guard last?["body"] != body else { return }
        let known: MeetingSeries? = try last.map {
            try Coding.value(MeetingSeries.self, from: $0["body"], of: "series")
        }
        if let known, known.name != series.name { try touchSources(of: series.id, writing) }
        let version = (last?["version"] ?? 0) + 1
        try writing.db.run(
            "INSERT INTO series (id, version, body, ts, actor) VALUES (?, ?, ?, ?, ?) /* reference: series */",
            [series.id.rawValue, version, body, writing.now, writing.actor.description])
        try writing.record(.putSeries, "series:\(series.id)", ["version": String(version)])
    }

    /// The series that `reference` means; nil when there is none.
    static func find(_ reference: SeriesReference?, _ db: Database) throws -> MeetingSeries? {
        guard let reference else { return nil }
        let all = try all(db)
        switch reference {
        case .id(let id): return all.first { $0.id == id }
        case .any(let text):
            return all.first { $0.id.rawValue == text } ?? named(text, issuer: nil, in: all)
        case .named(let name, let issuer): return named(name, issuer: issuer, in: all)
        }
    }

    /// By name, without regard to case.
    ///
    /// Two governments may have a series of one name, so an issuer must agree with the
    /// host: equal, or one the beginning of the other (a city and its office); the closest host wins.
    static func named(_ name: String, issuer: String?, in all: [MeetingSeries]) -> MeetingSeries? {
        let same = all.filter { fold($0.name) == fold(name) }
        guard let issuer = issuer.map(fold), !issuer.isEmpty else { return same.first }
        if let exact = same.first(where: { $0.hostAgency.map(fold) == issuer }) { return exact }
        return same.first { series in
            guard let host = series.hostAgency.map(fold), !host.isEmpty else { return true }
            return host.hasPrefix(issuer) || issuer.hasPrefix(host)
        }
    }

    private static func fold(_ name: String) -> String {
        name.lowercased().replacing("台", with: "臺").filter { !$0.isWhitespace }
    }
}
