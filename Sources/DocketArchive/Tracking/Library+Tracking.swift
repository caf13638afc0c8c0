public import DocketCore
import GRDB

extension Library {
    /// Tracked items of a series that the viewer sees, by meeting and item number.
    ///
    /// `state` leaves open or released ones only.
    public func trackedItems(
        series: SeriesID, state: TrackedItem.State? = nil, viewer: Viewer
    ) async throws -> [TrackedItem] {
        let policy = configuration.tracking
        return try await store.read(RoutingKey(series), as: viewer) { reading in
            let named: StatementArguments = [
                "bucket": RoutingKey(series).bucket, "series": series.rawValue, "state": state?.rawValue,
            ]
            let latest: Int? = try reading.db.value(
                "SELECT max(ordinal) FROM meeting WHERE bucket = ? AND series = ?",
                [RoutingKey(series).bucket, series.rawValue])
            let covered = try TrackingLedger.ordinalsWithMinutes(of: series, reading.db)
            return try reading.db.rows(
                """
                SELECT body FROM item WHERE bucket = :bucket AND series = :series
                    AND (:state IS NULL OR state = :state) AND \(Viewer.accessCondition)
                ORDER BY meetingNumber, itemNumber, reference
                """, named + reading.viewer.accessArguments
            ).map { row in
                policy.judge(
                    try Coding.value(LedgerItem.self, from: row["body"], of: "item"), latestMeeting: latest,
                    covered: covered)
            }
        }
    }

    /// One tracked item by its number, "205-2".
    ///
    /// - Throws: `ArchiveError.notFound` when the viewer sees none of that number.
    public func trackedItem(_ reference: String, series: SeriesID, viewer: Viewer) async throws -> TrackedItem {
        guard
            let item = try await trackedItems(series: series, viewer: viewer).first(where: { $0.reference == reference }
            )
        else { throw ArchiveError.notFound("item:\(reference)") }
        return item
    }

    /// What the rules TRK-01 … TRK-06 and MIN-08 find in the ledger of a series, by item.
    public func trackingFindings(series: SeriesID, viewer: Viewer) async throws -> [Finding] {
        try await trackedItems(series: series, viewer: viewer).flatMap(\.findings)
    }

    /// Findings of the ledger whose place is in one source, for the check of its minutes.
    public func trackingFindings(of source: SourceID, viewer: Viewer) async throws -> [Finding] {
        var found: [Finding] = []
        let series = Set(try await meetings(of: source, viewer: viewer).compactMap(\.series))
        for id in series.sorted() {
            found += try await trackingFindings(series: id, viewer: viewer)
                .filter { $0.place.spans.contains { $0.source == source } }
        }
        return found
    }
}

extension TrackingPolicy {
    /// The item with its findings as this policy judges them.
    ///
    /// `latestMeeting` is the last ordinal of the series, `covered` the ordinals of the meetings whose minutes are in the
    /// library.
    func judge(_ stored: LedgerItem, latestMeeting: Int?, covered: Set<Int>) -> TrackedItem {
        var item = stored.item
        if let releaseWithoutEvidence {
            for release in stored.silentReleases where release.isKnown(covered) {
                var finding = release.finding
                finding.severity = releaseWithoutEvidence
                item.findings.append(finding)
            }
        }
        if let openMeetings, let latestMeeting, item.state == .open, item.meetingNumber > 0,
            latestMeeting - item.meetingNumber > openMeetings
        {
            item.findings.append(
                LedgerFindings.openTooLong(
                    item, meetings: latestMeeting - item.meetingNumber, limit: openMeetings,
                    at: item.lastEvent?.span))
        }
        return item
    }
}
