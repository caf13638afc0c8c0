import DocketCore
import GRDB

/// A series that reading made of a title gets the identity of the series file that describes it.
extension SeriesTable {
    /// The series of the name and issuer of `series` that reading made; nil when there is none.
    ///
    /// What a person adds has the id of its file; what reading made has an identifier of this library's own.
    static func madeByReading(_ series: MeetingSeries, _ db: Database) throws -> MeetingSeries? {
        named(series.name, issuer: series.hostAgency, in: try all(db).filter { ULID($0.id.rawValue) != nil })
    }

    /// Sources that show the name of a series are indexed anew when it changes.
    static func touchSources(of series: SeriesID, _ writing: Writing) throws {
        let rows = try writing.db.rows(
            "SELECT id FROM source WHERE state = 'live' AND series = ? /* fan-out: sources of a series */",
            [series.rawValue])
        writing.touched.formUnion(rows.map { SourceID(rawValue: $0["id"]) })
    }
}

extension Writing {
    /// Gives a series another id with all that is filed under it: versions, meetings, links, tracked items, sources.
    func rename(_ old: SeriesID, to new: SeriesID) throws {
        let (from, to) = (RoutingKey(old), RoutingKey(new))
        let names: StatementArguments = [
            "fromBucket": from.bucket, "from": old.rawValue, "toBucket": to.bucket, "to": new.rawValue,
        ]
        try db.run(
            "UPDATE series SET id = ? WHERE id = ? /* reference: series */", [new.rawValue, old.rawValue])
        let meetings = try db.rows(
            "SELECT id FROM meeting WHERE bucket = ? AND series = ?", [from.bucket, old.rawValue])
        try db.run(
            """
            UPDATE meeting SET bucket = :toBucket, series = :to WHERE bucket = :fromBucket AND series = :from
            """, names)
        for row in meetings {
            let id: String = row["id"]
            try db.run(
                "UPDATE meetingSource SET bucket = ? WHERE bucket = ? AND meeting = ?", [to.bucket, from.bucket, id])
            try db.rereserve(id, in: .meeting, for: to.name)
        }
        try db.run(
            """
            UPDATE itemAction SET bucket = :toBucket, series = :to WHERE bucket = :fromBucket AND series = :from
            """, names)
        try renameItems(old, to: new)
        try db.run(
            "UPDATE source SET series = ? WHERE series = ? /* fan-out: sources of a series */",
            [new.rawValue, old.rawValue])
    }

    private func renameItems(_ old: SeriesID, to new: SeriesID) throws {
        let rows = try db.rows(
            "SELECT reference, id, body FROM item WHERE bucket = ? AND series = ?",
            [RoutingKey(old).bucket, old.rawValue])
        for row in rows {
            let reference: String = row["reference"]
            var stored = try Coding.value(LedgerItem.self, from: row["body"], of: "item \(reference)")
            stored.item.series = new
            try db.run(
                "UPDATE item SET bucket = ?, series = ?, body = ? WHERE bucket = ? AND series = ? AND reference = ?",
                [
                    RoutingKey(new).bucket, new.rawValue, try Coding.text(stored), RoutingKey(old).bucket,
                    old.rawValue, reference,
                ])
            _ = try db.reserve(TrackingLedger.key(reference, of: new), in: .item, for: row["id"])
        }
    }
}
