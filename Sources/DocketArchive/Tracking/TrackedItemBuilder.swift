import DocketCore

/// Computes one tracked item from all that the stored minutes say of its number.
///
/// An item starts whole. An action with an agency's scope makes a part of it (211-2 觀傳局部分); an action without one
/// means all parts that are open. The rest that no part names stays open while it can be known to be somebody's: when the
/// opening conclusion asks an agency that no part covers, or when one part alone was ever named.
struct TrackedItemBuilder {
    /// A meeting in the order of the series.
    struct Sitting: Equatable {
        var meeting: MeetingID
        var ordinal: Int?
        var date: String?
    }

    /// All entries of one meeting about the item.
    struct Group {
        var sitting: Sitting
        var entries: [LedgerEntry]
    }

    /// What is known of the meeting that the number names.
    enum Origin: Equatable {
        /// Its minutes are not in the library, or say nothing of numbers.
        case unknown
        /// Its minutes open numbered items, this one not among them; `proposed` when the numbers are not written there.
        case opensOthers(proposed: Bool)
    }

    let names: AgencyNames
    private(set) var item: TrackedItem
    private var silentReleases: [LedgerItem.SilentRelease] = []
    private var rest = Part(scope: nil)
    private var parts: [Part] = []
    private var opening: LedgerEntry?
    private var asksGroup = false
    private var evidenceSinceContinue = false
    private var scopes: Set<String> = []

    private struct Part {
        var scope: String?
        var state: TrackedItem.State?
        var history: [TrackedItem.Event] = []
    }

    init(id: TrackedItemID, series: SeriesID, reference: String, names: AgencyNames) {
        self.names = names
        let numbers = TrackedItem.numbers(of: reference)
        item = TrackedItem(
            id: id, series: series, reference: reference, meetingNumber: numbers.meeting, itemNumber: numbers.item,
            addressees: [], due: [], isNumberProposed: false, state: .open, parts: [], classification: .public,
            scope: "", findings: [])
    }

    /// The item after all meetings, in order; nil when no meeting did anything to it.
    static func build(
        id: TrackedItemID, series: SeriesID, reference: String, groups: [Group], origin: Origin, names: AgencyNames
    ) -> LedgerItem? {
        guard groups.contains(where: { $0.entries.contains { $0.action != nil } }) else { return nil }
        var builder = TrackedItemBuilder(id: id, series: series, reference: reference, names: names)
        for group in groups { builder.apply(group) }
        builder.finish(origin: origin, groups: groups)
        return LedgerItem(item: builder.item, silentReleases: builder.silentReleases)
    }

    // MARK: - One meeting

    private mutating func apply(_ group: Group) {
        for entry in group.entries {
            item.classification = max(item.classification, entry.classification)
            scopes.formUnion(entry.sourceScope.split(separator: "\n").map(String.init))
        }
        let actions = group.entries.filter { $0.action != nil }
        if group.entries.contains(where: { $0.action == nil }) { evidenceSinceContinue = true }
        checkOverlap(actions)
        if let first = actions.first { checkOrder(first, group.sitting) }
        for entry in actions { apply(entry, group.sitting) }
        if actions.contains(where: { $0.action == .continue || $0.action == .open }) { evidenceSinceContinue = false }
    }

    private mutating func apply(_ entry: LedgerEntry, _ sitting: Sitting) {
        guard let action = entry.action else { return }
        if action == .open { open(entry, sitting) }
        if let scope = entry.scope {
            let index = part(scope)
            checkStep(entry, parts[index], sitting)
            Self.apply(entry, action, to: &parts[index], sitting)
            return
        }
        let targets = parts.indices.filter { action == .open || parts[$0].state != .released }
        let reopens = targets.isEmpty && !parts.isEmpty
        checkStep(entry, reopens ? parts[0] : wholePart, sitting)
        if parts.isEmpty { Self.apply(entry, action, to: &rest, sitting) }
        for index in reopens ? Array(parts.indices) : targets { Self.apply(entry, action, to: &parts[index], sitting) }
        if !parts.isEmpty, rest.state != nil { Self.apply(entry, action, to: &rest, sitting) }
    }

    /// The item as one part: released when all of it is.
    private var wholePart: Part {
        var whole = rest
        let states = parts.map(\.state) + (isRestKept || parts.isEmpty ? [rest.state] : [])
        whole.state = states.allSatisfy { $0 == nil } ? nil : states.contains(.open) ? .open : .released
        if whole.history.isEmpty { whole.history = parts.flatMap(\.history) }
        return whole
    }

    private static func apply(
        _ entry: LedgerEntry, _ action: TrackingAction.Action, to part: inout Part, _ sitting: Sitting
    ) {
        part.history.append(event(entry, action, sitting))
        switch action {
        case .open, .continue, .split, .retitle: part.state = .open
        case .release, .merge: part.state = .released
        }
    }

    private static func event(
        _ entry: LedgerEntry, _ action: TrackingAction.Action, _ sitting: Sitting
    ) -> TrackedItem.Event {
        TrackedItem.Event(
            meeting: sitting.meeting, ordinal: sitting.ordinal, date: sitting.date, action: action,
            proviso: entry.proviso, path: entry.path, span: entry.span)
    }

    private mutating func open(_ entry: LedgerEntry, _ sitting: Sitting) {
        if let opening, opening.span != entry.span {
            item.findings.append(
                LedgerFindings.notUnique(item.reference, at: [opening.span, entry.span], path: entry.path))
        }
        opening = opening ?? entry
        item.opening = item.opening ?? Self.event(entry, .open, sitting)
        guard let words = entry.opening, item.text == nil else { return }
        item.text = words.text
        item.addressees = words.addressees
        item.due = words.due
        item.isNumberProposed = entry.isNumberProposed
        asksGroup = words.asksGroup
    }

    /// The part of a scope; a new one begins with the state that the whole had.
    private mutating func part(_ scope: String) -> Int {
        let key = names.key(scope)
        if let known = parts.firstIndex(where: { $0.scope.map(names.key) == key }) { return known }
        parts.append(Part(scope: scope, state: rest.state, history: rest.history))
        return parts.count - 1
    }

    // MARK: - Rules

    private mutating func checkOverlap(_ actions: [LedgerEntry]) {
        let scoped = actions.compactMap { entry in entry.scope.map { (names.key($0), entry) } }
        guard let last = actions.last else { return }
        let whole = actions.contains { $0.scope == nil && $0.action != .retitle }
        let overlaps = scoped.indices.contains { one in
            scoped.indices.contains { other in
                other > one && (scoped[one].0.hasPrefix(scoped[other].0) || scoped[other].0.hasPrefix(scoped[one].0))
                    && (scoped[one].0 != scoped[other].0 || scoped[one].1.action != scoped[other].1.action)
            }
        }
        guard overlaps || (whole && !scoped.isEmpty) else { return }
        item.findings.append(
            LedgerFindings.overlap(item.reference, at: actions.map(\.span), path: last.path))
    }

    private mutating func checkOrder(_ entry: LedgerEntry, _ sitting: Sitting) {
        let dates = (parts + [rest]).flatMap(\.history).compactMap(\.date)
        guard let latest = dates.max(), let date = sitting.date, date.prefix(latest.count) < latest.prefix(date.count)
        else { return }
        item.findings.append(LedgerFindings.outOfOrder(item.reference, date: date, latest: latest, entry))
    }

    private mutating func checkStep(_ entry: LedgerEntry, _ part: Part, _ sitting: Sitting) {
        switch (entry.action, part.state) {
        case (.release, .released), (.merge, .released):
            item.findings.append(LedgerFindings.alreadyReleased(item.reference, entry))
        case (.continue, .released), (.open, .released):
            if entry.action == .continue { item.findings.append(LedgerFindings.alreadyReleased(item.reference, entry)) }
            if entry.proviso == nil { item.findings.append(LedgerFindings.reopened(item.reference, entry)) }
        case (.release, .open) where !evidenceSinceContinue:
            guard let last = part.history.last else { break }
            silentReleases.append(
                LedgerItem.SilentRelease(
                    finding: LedgerFindings.noEvidence(item.reference, entry), after: last.ordinal, at: sitting.ordinal)
            )
        default: break
        }
    }

    // MARK: - The whole

    /// True when something of the item is left that no part names.
    private var isRestKept: Bool {
        guard !parts.isEmpty else { return true }
        guard rest.state != .released else { return false }
        if !uncovered.isEmpty { return true }
        guard parts.count == 1, item.addressees.isEmpty || asksGroup else { return false }
        return rest.state == .open || parts[0].state == .released
    }

    /// Agencies that the opening conclusion asks and no part names.
    private var uncovered: [String] {
        guard !asksGroup else { return [] }
        let named = parts.compactMap(\.scope).map(names.key)
        return item.addressees.filter { addressee in
            let key = names.key(addressee)
            return !named.contains { $0.hasPrefix(key) || key.hasPrefix($0) }
        }
    }

    private mutating func finish(origin: Origin, groups: [Group]) {
        var all = parts
        if isRestKept { all.append(rest) }
        item.parts = all.map {
            TrackedItem.Part(scope: $0.scope, state: $0.state ?? .open, history: $0.history)
        }
        item.state = item.parts.contains { $0.state == .open } ? .open : .released
        item.scope = scopes.sorted().joined(separator: "\n")
        let releases = parts.filter { $0.state == .released }
        if isRestKept, let part = releases.last, let event = part.history.last {
            item.findings.append(
                LedgerFindings.notCovered(item.reference, part.scope ?? "", uncovered, at: event.span, path: event.path)
            )
        }
        let first = groups.lazy.flatMap(\.entries).first { $0.action != nil }
        if opening == nil, case .opensOthers(let proposed) = origin, let first {
            item.findings.append(LedgerFindings.doesNotExist(item.reference, first, isSure: !proposed))
        }
    }
}

/// An item as it is stored: what does not depend on other items or on the library's policy.
struct LedgerItem: Sendable, Equatable, Codable {
    var item: TrackedItem
    var silentReleases: [SilentRelease]

    /// A release that nothing in the library speaks for (TRK-02): a finding once the minutes of all meetings in between
    /// are there.
    struct SilentRelease: Sendable, Equatable, Codable {
        var finding: Finding
        /// Ordinal of the meeting that last acted on the item.
        var after: Int?
        /// Ordinal of the meeting that released it.
        var at: Int?

        /// True when `covered` has the ordinals of all meetings in between.
        func isKnown(_ covered: Set<Int>) -> Bool {
            guard let after, let at, after < at else { return true }
            return at - after < 1000 && (after + 1..<at).allSatisfy(covered.contains)
        }
    }
}

/// Names of agencies folded to one key, so that 觀傳局 and 觀光傳播局 are one part.
struct AgencyNames: Sendable {
    private var keys: [String: String] = [:]

    init(_ roster: Roster) {
        var shared: Set<String> = []
        for agency in roster.agencies {
            let official = Self.fold(agency.officialName)
            for name in Set(([agency.officialName] + agency.shortNames + agency.aliases).map(Self.fold)) {
                if let known = keys[name], known != official { shared.insert(name) }
                keys[name] = official
            }
        }
        // A short name of two agencies means neither by itself.
        for name in shared { keys[name] = nil }
    }

    /// The official name that `name` stands for, or `name` itself, folded.
    func key(_ name: String) -> String {
        let folded = Self.fold(name)
        return keys[folded] ?? folded
    }

    private static func fold(_ name: String) -> String {
        name.replacing("台", with: "臺").filter { !$0.isWhitespace }
    }
}
