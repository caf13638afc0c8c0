import DocketCore

/// What a saved search finds that viewers of the same clearance and scopes were not told before.
///
/// It is told again until `Library.remember` has stored it, so that whoever shows it remembers it after it was shown.
public struct SearchNews: Sendable {
    /// Most matches that are compared and remembered.
    public static let mostCompared = ToldHits.most

    /// A hit that is new, or whose words are others than when it was told.
    public struct Item: Sendable {
        /// The hit.
        public var hit: SearchHit
        /// True when it was told before, with other words.
        public var isChanged: Bool
    }

    /// The first of them in the order of the search, at most as many as were asked for; matches that say the same are
    /// folded into one.
    public var items: [Item]
    /// Number of all new matches, folded ones counted.
    public var newCount: Int
    /// Number of all changed matches, folded ones counted.
    public var changedCount: Int
    /// Number of those that `items` hold, folded ones counted; the others are told next time.
    public var shownCount: Int
    /// Number of all matches.
    public var total: Total
    /// True when there are more matches than are compared: of `mostCompared` only, the latest by date.
    public var isCapped: Bool
    /// False when a part of the index did not answer: what it holds is told later.
    public var complete: Bool
    /// When these viewers were told last, ISO 8601 in UTC; nil when never, all matches are new then.
    public var since: String?
    /// How the words were read.
    public var reading: QueryReading
    /// The order of `items`.
    public var order: SearchRequest.Order

    /// The search, who looked, and what is to be remembered.
    var search: SavedSearch
    var viewer: Viewer
    var told: [ToldHit]
}
