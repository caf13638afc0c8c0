import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketArchive

/// Minutes written for the ledger: each line is one action, "release 205-2(觀傳局部分)".
struct FictionalMinutes {
    var ordinal: Int
    var date: String
    var lines: [Line]

    struct Line {
        var action: TrackingAction.Action?
        var reference: String
        var scope: String?
        var proviso: String?
        var addressees: [String] = []
        var isProposed = false
    }

    static func open(_ reference: String, _ addressees: String..., proposed: Bool = false) -> Line {
        Line(action: .open, reference: reference, addressees: addressees, isProposed: proposed)
    }

    static func release(_ reference: String, _ scope: String? = nil, proviso: String? = nil) -> Line {
        Line(action: .release, reference: reference, scope: scope, proviso: proviso)
    }

    static func keep(_ reference: String, _ scope: String? = nil, proviso: String? = nil) -> Line {
        Line(action: .continue, reference: reference, scope: scope, proviso: proviso)
    }

    /// A statement that speaks of the item.
    static func progress(_ reference: String) -> Line { Line(action: nil, reference: reference) }

    func source(id: SourceID = .make(), salt: String = "", classification: Classification = .internal) -> NewSource {
        var minutes = MinutesStructure()
        minutes.series = "主任秘書會報"
        minutes.issuer = "青嵐市政府"
        minutes.ordinal = ordinal
        var texts: [String] = []
        var start = 0
        for (number, line) in lines.enumerated() {
            let text = "\(line.action?.rawValue ?? "辦理")列管編號\(line.reference)\(line.scope ?? "")"
            let words = Words(text, at: start..<start + text.utf8.count)
            add(line, words, path: "貳.一.\(number + 1)", to: &minutes)
            texts.append(text)
            start += text.utf8.count + 1
        }
        let title = "第\(ordinal)次主任秘書會報紀錄"
        return ArchiveFixture.source(
            texts + [title], id: id, kind: .minutes, title: title, classification: classification, date: date,
            salt: salt, structure: DocumentStructure(minutes: minutes))
    }

    private func add(_ line: Line, _ words: Words, path: String, to minutes: inout MinutesStructure) {
        guard let action = line.action else {
            let speaker = PersonMention(words: words)
            minutes.statements.append(Statement(itemPath: path, speaker: speaker, verb: "說明", paragraphs: [words]))
            return
        }
        minutes.trackingActions.append(
            TrackingAction(
                reference: line.reference, words: words, scope: line.scope, proviso: line.proviso, action: action,
                conclusionPath: path, isNumberProposed: line.isProposed))
        guard action == .open else { return }
        minutes.conclusions.append(
            Conclusion(
                itemPath: "貳.一", path: path, label: "會議結論", text: words, types: [.assign],
                addressees: line.addressees.map { Addressee(words: words, agency: $0) }))
    }
}

@Suite struct TrackingLedgerTests {
    typealias M = FictionalMinutes

    /// The ledger of a library to which the minutes were added in this order.
    private func ledger(
        _ minutes: [FictionalMinutes], configuration: LibraryConfiguration = LibraryConfiguration(),
        _ check: (Library, SeriesID, [TrackedItem]) async throws -> Void
    ) async throws {
        try await ArchiveFixture.withLibrary(configuration) { library async throws in
            for one in minutes { _ = try await library.add(one.source(), by: ArchiveFixture.clerk) }
            let series = try #require(try await library.allSeries().first?.id)
            try await check(
                library, series, try await library.trackedItems(series: series, viewer: ArchiveFixture.viewer))
        }
    }

    @Test func `one number is released for one agency and continued for another`() async throws {
        let earlier = M(
            ordinal: 211, date: "2021-08-24", lines: [M.open("211-2", "觀傳局", "法務局"), M.open("211-3", "資訊局")])
        let later = M(
            ordinal: 213, date: "2021-10-26",
            lines: [M.progress("211-2"), M.release("211-2", "觀傳局"), M.keep("211-2", "法務局"), M.keep("211-3")])
        try await ledger([earlier, later]) { _, _, items in
            #expect(items.map(\.reference) == ["211-2", "211-3"])
            let split = items[0]
            #expect(split.state == .open)
            #expect(split.meetingNumber == 211 && split.itemNumber == 2)
            #expect(split.text == "open列管編號211-2")
            #expect(split.addressees == ["觀傳局", "法務局"])
            #expect(split.parts.map(\.scope) == ["觀傳局", "法務局"])
            #expect(split.parts.map(\.state) == [.released, .open])
            #expect(split.parts.map { $0.history.map(\.action) } == [[.open, .release], [.open, .continue]])
            #expect(split.parts[0].history.map(\.ordinal) == [211, 213])
            #expect(items[1].parts.map(\.scope) == [nil])
            #expect(items.flatMap(\.findings).isEmpty)
        }
    }

    @Test func `an item is released when its last part is`() async throws {
        let minutes = [
            M(ordinal: 60, date: "2024-06-25", lines: [M.open("60-4", "社會局", "工務局")]),
            M(
                ordinal: 63, date: "2024-09-24",
                lines: [M.progress("60-4"), M.release("60-4", "社會局"), M.keep("60-4", "工務局")]),
            M(ordinal: 64, date: "2024-10-29", lines: [M.progress("60-4"), M.release("60-4", "工務局", proviso: "另案提報")]),
        ]
        try await ledger(minutes) { library, series, items in
            #expect(items.map(\.state) == [.released])
            #expect(items[0].parts[1].history.last?.proviso == "另案提報")
            #expect(items[0].findings.isEmpty)
            let open = try await library.trackedItems(series: series, state: .open, viewer: ArchiveFixture.viewer)
            #expect(open.isEmpty)
        }
    }

    @Test(arguments: 0..<24)
    func `minutes in any order of arrival give one ledger`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let minutes = Self.randomMinutes(&generator)
        var inOrder: [TrackedItem] = []
        try await ledger(minutes) { _, _, items in inOrder = items.map(Self.withoutNames) }
        try await ledger(minutes.shuffled(using: &generator)) { _, _, items in
            #expect(Self.difference(items.map(Self.withoutNames), inOrder) == nil, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<12)
    func `withdrawn minutes leave the ledger as if they had never come`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let minutes = Self.randomMinutes(&generator)
        let gone = Int.random(in: 1..<minutes.count, using: &generator)
        var expected: [TrackedItem] = []
        try await ledger(minutes.indices.filter { $0 != gone }.map { minutes[$0] }) { _, _, items in
            expected = items.map(Self.withoutNames)
        }
        try await ArchiveFixture.withLibrary { library async throws in
            var ids: [SourceID] = []
            for one in minutes { ids.append(try await library.add(one.source(), by: ArchiveFixture.clerk).id) }
            try await library.withdraw(ids[gone], revision: 1, authority: "主席", by: ArchiveFixture.clerk)
            let series = try #require(try await library.allSeries().first?.id)
            let items = try await library.trackedItems(series: series, viewer: ArchiveFixture.viewer)
            #expect(Self.difference(items.map(Self.withoutNames), expected) == nil, "seed \(seed)")
        }
    }

    @Test func `corrected minutes speak with their last version, and an item keeps its name`() async throws {
        let wrong = M(ordinal: 10, date: "2024-01-02", lines: [M.release("9-1"), M.release("9-2")])
        let right = M(ordinal: 10, date: "2024-01-02", lines: [M.release("9-1"), M.keep("9-2")])
        try await ArchiveFixture.withLibrary { library async throws in
            let opened = M(ordinal: 9, date: "2023-12-05", lines: [M.open("9-1"), M.open("9-2")])
            _ = try await library.add(opened.source(), by: ArchiveFixture.clerk)
            let id = try await library.add(wrong.source(), by: ArchiveFixture.clerk).id
            let series = try #require(try await library.allSeries().first?.id)
            let before = try await library.trackedItems(series: series, viewer: ArchiveFixture.viewer)
            #expect(before.map(\.state) == [.released, .released])
            var new = right.source(id: id, salt: "v2")
            new.document.version = 2
            _ = try await library.addVersion(
                NewVersion(document: new.document, structure: new.structure, original: new.original), revision: 1,
                reason: "更正", by: ArchiveFixture.clerk)
            let after = try await library.trackedItems(series: series, viewer: ArchiveFixture.viewer)
            #expect(after.map(\.state) == [.released, .open])
            #expect(after.map(\.id) == before.map(\.id))
            #expect(after[1].parts[0].history.last?.span.version == 2)
        }
    }

    @Test func `of two minutes of one meeting the later speaks, until it is withdrawn`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let opened = M(ordinal: 9, date: "2023-12-05", lines: [M.open("9-1")])
            _ = try await library.add(opened.source(), by: ArchiveFixture.clerk)
            let draft = M(ordinal: 10, date: "2024-01-02", lines: [M.release("9-1")])
            let final = M(ordinal: 10, date: "2024-01-02", lines: [M.keep("9-1")])
            _ = try await library.add(
                draft.source(id: SourceID(rawValue: "01A")), by: ArchiveFixture.clerk)
            let last = try await library.add(final.source(id: SourceID(rawValue: "01B")), by: ArchiveFixture.clerk)
            let series = try #require(try await library.allSeries().first?.id)
            var items = try await library.trackedItems(series: series, viewer: ArchiveFixture.viewer)
            #expect(items.map(\.state) == [.open])
            #expect(items[0].parts[0].history.count == 2)
            try await library.withdraw(last.id, revision: 1, authority: "主席", by: ArchiveFixture.clerk)
            items = try await library.trackedItems(series: series, viewer: ArchiveFixture.viewer)
            #expect(items.map(\.state) == [.released])
        }
    }

    @Test func `an item is as secret as the minutes it was read from`() async throws {
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .secret)) { library async throws in
            let one = M(ordinal: 9, date: "2023-12-05", lines: [M.open("9-1"), M.open("9-2")])
            let two = M(ordinal: 10, date: "2024-01-02", lines: [M.keep("9-2")])
            _ = try await library.add(one.source(), by: ArchiveFixture.clerk)
            _ = try await library.add(two.source(classification: .secret), by: ArchiveFixture.clerk)
            let series = try #require(try await library.allSeries().first?.id)
            let seen = try await library.trackedItems(series: series, viewer: ArchiveFixture.viewer)
            #expect(seen.map(\.reference) == ["9-1"])
            #expect(try await library.trackedItems(series: series, viewer: ArchiveFixture.all).count == 2)
        }
    }

    /// The first item that is not the same in both, in short.
    private static func difference(_ left: [TrackedItem], _ right: [TrackedItem]) -> String? {
        func text(_ item: TrackedItem?) -> String {
            guard let item else { return "none" }
            let parts = item.parts.map { part in
                "\(part.scope ?? "all") \(part.state.rawValue) \(part.history.map { "\($0.ordinal ?? 0)\($0.action.rawValue)" })"
            }
            return "\(item.reference) \(parts) \(item.findings.map(\.rule))"
        }
        for number in 0..<max(left.count, right.count) {
            let (one, other) = (left.dropFirst(number).first, right.dropFirst(number).first)
            if one != other { return "\(text(one)) <> \(text(other))" }
        }
        return nil
    }

    // MARK: - Random minutes

    /// Six meetings that open, continue, release and split items, some without rhyme or reason.
    private static func randomMinutes(_ generator: inout SeededGenerator) -> [FictionalMinutes] {
        (1...6).map { ordinal in
            var lines: [FictionalMinutes.Line] = []
            for item in 0..<Int.random(in: 0...3, using: &generator) {
                lines.append(M.open("\(ordinal)-\(item + 1)", "甲局", "乙局"))
            }
            for _ in 0..<Int.random(in: 0...4, using: &generator) where ordinal > 1 {
                let reference =
                    "\(Int.random(in: 1..<ordinal, using: &generator))-\(Int.random(in: 1...3, using: &generator))"
                let scope = [nil, nil, "甲局", "乙局"].randomElement(using: &generator) ?? nil
                switch Int.random(in: 0...3, using: &generator) {
                case 0: lines.append(M.progress(reference))
                case 1: lines.append(M.keep(reference, scope))
                default: lines.append(M.release(reference, scope))
                }
            }
            return FictionalMinutes(ordinal: ordinal, date: "2024-0\(ordinal)-01", lines: lines)
        }
    }

    /// An item without the names that every library makes for itself.
    private static func withoutNames(_ item: TrackedItem) -> TrackedItem {
        var item = item
        item.id = TrackedItemID(rawValue: "")
        item.series = SeriesID(rawValue: "")
        func bare(_ span: SourceSpan) -> SourceSpan {
            SourceSpan(SourceID(rawValue: ""), version: span.version, span.range)
        }
        func bare(_ event: TrackedItem.Event) -> TrackedItem.Event {
            var event = event
            event.meeting = MeetingID(rawValue: "")
            event.span = bare(event.span)
            return event
        }
        item.opening = item.opening.map(bare)
        for part in item.parts.indices { item.parts[part].history = item.parts[part].history.map(bare) }
        for finding in item.findings.indices {
            item.findings[finding].place.spans = item.findings[finding].place.spans.map(bare)
        }
        return item
    }
}

@Suite struct OpenedItemTests {
    typealias M = FictionalMinutes

    /// Indexes each item that minutes opened as "205-2 open".
    private static func options() -> Library.Options {
        var options = TableIndex().options()
        options.indexMaker = { source in
            source.openedItems.map { item in
                IndexDocument(
                    id: "\(source.document.id)\(item.path)", kind: .conclusion, source: source.document.id,
                    title: "\(item.reference) \(item.standing.rawValue)")
            }
        }
        return options
    }

    @Test func `later minutes change the indexed status of the conclusions they release`() async throws {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            let opened = M(ordinal: 9, date: "2024-01-02", lines: [M.open("9-1"), M.open("9-2")])
            let first = try await library.add(opened.source(), by: ArchiveFixture.clerk).id
            #expect(try TableIndex.titles(library) == ["9-1 open", "9-2 open"])
            let released = M(ordinal: 10, date: "2024-02-06", lines: [M.release("9-2"), M.open("10-1")])
            let second = try await library.add(released.source(), by: ArchiveFixture.clerk).id
            #expect(try TableIndex.titles(library) == ["10-1 open", "9-1 open", "9-2 released"])
            let stored = try await library.source(first, viewer: ArchiveFixture.viewer)
            #expect(stored.seriesName == "主任秘書會報")
            #expect(
                stored.openedItems == [
                    StoredSource.OpenedItem(reference: "9-1", path: "貳.一.1", standing: .open),
                    StoredSource.OpenedItem(reference: "9-2", path: "貳.一.2", standing: .released),
                ])
            try await library.withdraw(second, revision: 1, authority: "令", by: ArchiveFixture.clerk)
            #expect(try TableIndex.titles(library) == ["9-1 open", "9-2 open"])
            _ = try await library.reindex(by: ArchiveFixture.clerk)
            #expect(try TableIndex.titles(library) == ["9-1 open", "9-2 open"])
        }
    }

    @Test func `a state that more secret minutes decided is not shown with open ones`() async throws {
        var options = Self.options()
        options.clock = TestClock().clock
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .secret), options: options) {
            library async throws in
            let opened = M(ordinal: 9, date: "2024-01-02", lines: [M.open("9-1"), M.open("9-2")])
            _ = try await library.add(opened.source(), by: ArchiveFixture.clerk)
            let released = M(ordinal: 10, date: "2024-02-06", lines: [M.release("9-2")])
            _ = try await library.add(released.source(classification: .secret), by: ArchiveFixture.clerk)
            #expect(try TableIndex.titles(library) == ["9-1 open"])
        }
    }
}
