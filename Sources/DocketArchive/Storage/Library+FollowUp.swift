public import DocketCore
import DocketText

/// What became of what a search found.
public struct FollowUp: Sendable, Equatable {
    /// Tracked items that the conclusion opened or acted on, with their history, as far as the viewer may see it.
    public var items: [TrackedItem]
    /// A later conclusion of the same series on the same matter, the best match; nil when there is none.
    public var newer: SearchHit.Reference?
}

extension SearchHit {
    /// A hit named by another: enough to show it in a line.
    public struct Reference: Sendable, Equatable, Codable {
        /// Identity of the hit.
        public var id: String
        /// Its title.
        public var title: String
        /// The words that tell the most.
        public var snippet: String
        /// ISO 8601 day, month or year.
        public var date: String?
        /// Number of the meeting.
        public var meeting: String?
        /// State.
        public var status: String?
    }

    /// The hit in a line.
    public var reference: Reference {
        Reference(
            id: id, title: title, snippet: snippet, date: date, meeting: facts["meeting"], status: status)
    }
}

extension Library {
    /// What became of a hit: the history of its tracked items, and a newer decision on the same matter.
    ///
    /// Both are looked for in the hit's series and as its viewer may see them; a hit without a series has neither.
    /// - Throws: as `search`.
    public func followUp(of hit: SearchHit, viewer: Viewer) async throws -> FollowUp {
        guard let name = hit.series, let series = try await series(name) else { return FollowUp(items: []) }
        let numbers = Set(hit.facts["tracked"]?.split(separator: " ").map(String.init) ?? [])
        // A conclusion on many items says nothing of one matter that a later one could say anew.
        let isOneMatter = numbers.count < 2
        let items = numbers.isEmpty ? [] : try await trackedItems(series: series.id, viewer: viewer)
        return FollowUp(
            items: items.filter { numbers.contains($0.reference) },
            newer: isOneMatter ? try await newerDecision(than: hit, series: name, viewer: viewer) : nil)
    }

    /// Share of the telling parts of a matter that a later conclusion must hold.
    private static let sameMatter = 0.6
    /// Fewest telling parts that name a matter.
    private static let fewestParts = 3

    private func newerDecision(
        than hit: SearchHit, series: String, viewer: Viewer
    ) async throws -> SearchHit.Reference? {
        guard hit.kind == .conclusion || hit.kind == .agendaItem, let date = hit.date,
            let day = CalendarDate(iso: date)?.lastDay.adding(days: 1)?.iso
        else { return nil }
        let matter = hit.facts["item"].flatMap { $0.isEmpty ? nil : $0 } ?? hit.title
        let parts = Set(QuestionForm(matter).parts.filter { $0.share == 1 }.map(\.words))
        guard parts.count >= Self.fewestParts else { return nil }
        let filters = SearchFilters(kinds: [.conclusion], series: [series], from: day)
        let answer = try await search(
            SearchRequest(matter, filters: filters, viewer: viewer, order: .relevance, limit: 3, mode: .question))
        return answer.hits.first { found in
            let met = parts.filter { part in found.why.contains { $0.query.contains(part) } }
            return Double(met.count) >= Self.sameMatter * Double(parts.count)
        }?.reference
    }
}
