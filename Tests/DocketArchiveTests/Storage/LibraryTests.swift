import DocketCore
import Foundation
import Testing

@testable import DocketArchive

@Suite struct LibraryTests {
    @Test func `a source comes back equal, also after closing and opening`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "lib")
            let library = try await Library.create(at: url, by: ArchiveFixture.clerk)
            var structure = DocumentStructure()
            structure.outline = [
                OutlineNode(level: 1, marker: "壹、", path: "壹", title: Words("標題", at: 0..<6), passages: 0...1)
            ]
            var new = ArchiveFixture.source(
                title: "題名", date: "2021-10-26", facts: ["agency": "資訊局"], structure: structure)
            new.segments = [Segment(number: 0, kind: .section, passages: 0...1)]
            new.document.findings = [
                Finding(
                    rule: "TXT-03", severity: .warning, place: Finding.Place(),
                    message: LocalizedText(zhHant: "甲", en: "a"), remedy: LocalizedText(zhHant: "乙", en: "b"))
            ]
            let outcome = try await library.add(new, by: ArchiveFixture.clerk)
            #expect(outcome == AddOutcome(id: new.document.id, duplicate: false))
            try library.close()

            for mode in [Library.Mode.read, .write] {
                let again = try await Library.open(at: url, mode: mode)
                let stored = try await again.source(new.document.id, viewer: ArchiveFixture.viewer)
                #expect(stored.document == new.document)
                #expect(stored.structure == structure)
                #expect(stored.segments == new.segments)
                #expect(stored.revision == 1)
                #expect(stored.addedBy == "cli:clerk")
                #expect(
                    try await again.original(of: new.document.id, viewer: ArchiveFixture.viewer)
                        == Data(new.document.text.utf8))
                try again.close()
            }
        }
    }

    @Test func `the same bytes twice are one source`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let first = ArchiveFixture.source()
            let again = ArchiveFixture.source()
            let one = try await library.add(first, by: ArchiveFixture.clerk)
            let two = try await library.add(again, by: ArchiveFixture.clerk)
            #expect(!one.duplicate)
            #expect(two == AddOutcome(id: one.id, duplicate: true))
            #expect(try await library.list(viewer: ArchiveFixture.viewer).items.map(\.id) == [one.id])
            let events = try await library.auditEvents(viewer: ArchiveFixture.all)
            #expect(events.map(\.action) == ["library.create", "source.add"])
        }
    }

    @Test func `a source above the ceiling is refused, audited and leaves nothing`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let secret = ArchiveFixture.source(classification: .restricted)
            await #expect(
                throws: ArchiveError.refused(.aboveCeiling(level: .restricted, ceiling: .internal))
            ) { try await library.add(secret, by: ArchiveFixture.clerk) }
            #expect(try await library.list(viewer: ArchiveFixture.all).items.isEmpty)
            #expect(try await library.blobs.inventory().digests.isEmpty)
            #expect(try await library.auditEvents(viewer: ArchiveFixture.all).last?.action == "denied")
        }
    }

    @Test func `a document that breaks its promises is refused`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            var gap = ArchiveFixture.source()
            gap.document.passages.removeLast()
            var lie = ArchiveFixture.source(["一"])
            lie.original = .bytes(Data("other".utf8))
            var second = ArchiveFixture.source(["二"])
            second.document.version = 2
            for broken in [gap, lie, second] {
                await #expect(throws: ArchiveError.self) { try await library.add(broken, by: ArchiveFixture.clerk) }
            }
            #expect(try await library.list(viewer: ArchiveFixture.all).items.isEmpty)
        }
    }

    @Test func `a viewer sees neither a level above nor a scope outside`() async throws {
        let open = LibraryConfiguration(ceiling: .secret)
        try await ArchiveFixture.withLibrary(open) { library async throws in
            let plain = ArchiveFixture.source(["一"])
            let secret = ArchiveFixture.source(["二"], classification: .secret)
            let scoped = ArchiveFixture.source(["三"], scope: "法務局")
            for source in [plain, secret, scoped] { _ = try await library.add(source, by: ArchiveFixture.clerk) }
            let cases: [(Viewer, [NewSource])] = [
                (Viewer(clearance: .internal, scopes: []), [plain]),
                (Viewer(clearance: .internal, scopes: ["法務局"]), [plain, scoped]),
                (Viewer(clearance: .secret, scopes: ["教育局"]), [plain, secret]),
                (Viewer(clearance: .topSecret), [plain, secret, scoped]),
                (Viewer(clearance: .public), []),
            ]
            for (viewer, seen) in cases {
                let listed = try await library.list(viewer: viewer).items.map(\.id)
                #expect(Set(listed) == Set(seen.map(\.document.id)), "\(viewer)")
                for source in [plain, secret, scoped]
                where !seen.contains(where: { $0.document.id == source.document.id }) {
                    let id = source.document.id
                    await #expect(throws: ArchiveError.notFound("source:\(id)")) {
                        try await library.source(id, viewer: viewer)
                    }
                    await #expect(throws: ArchiveError.notFound("source:\(id)")) {
                        try await library.original(of: id, viewer: viewer)
                    }
                }
            }
        }
    }

    @Test(arguments: [1, 3, 7, 100])
    func `pages of a list join to the whole list`(limit: Int) async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            var generator = SystemRandomNumberGenerator()
            var expected: [(String, SourceID)] = []
            for number in 0..<20 {
                let date = number % 4 == 0 ? nil : "2021-0\(Int.random(in: 1...3, using: &generator))-1\(number % 3)"
                let source = ArchiveFixture.source(["\(number)"], kind: number % 2 == 0 ? .letter : .report, date: date)
                _ = try await library.add(source, by: ArchiveFixture.clerk)
                expected.append((date ?? "", source.document.id))
            }
            expected.sort { $0.0 == $1.0 ? $0.1 > $1.1 : $0.0 > $1.0 }
            var listed: [SourceID] = []
            var token: PageToken?
            repeat {
                let page = try await library.list(page: token, limit: limit, viewer: ArchiveFixture.viewer)
                #expect(page.items.count <= limit)
                listed += page.items.map(\.id)
                token = page.next
            } while token != nil
            #expect(listed == expected.map(\.1))
            let letters = try await library.list(
                SourceFilter(kinds: [.letter], from: "2021-02", through: "2021-02"), viewer: ArchiveFixture.viewer)
            #expect(letters.items.allSatisfy { $0.kind == .letter && $0.date?.hasPrefix("2021-02") == true })
        }
    }

    @Test func `rosters and series keep their versions`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let series = MeetingSeries(id: SeriesID(rawValue: "chiefs"), name: "主任秘書會報", hostAgency: "青嵐市政府秘書處")
            try await library.putSeries(series, by: ArchiveFixture.clerk)
            try await library.putSeries(series, by: ArchiveFixture.clerk)
            #expect(try await library.allSeries() == [series])
            #expect(try await library.series("主任秘書會報") == series)
            #expect(try await library.series("chiefs") == series)
            #expect(try await library.series("處務會議") == nil)

            var roster = Roster(agencies: [Roster.Agency(id: "a", officialName: "青嵐市政府資訊局")])
            #expect(try await library.putRoster(roster, named: "agencies", by: ArchiveFixture.clerk) == 1)
            #expect(try await library.putRoster(roster, named: "agencies", by: ArchiveFixture.clerk) == 1)
            let first = roster
            roster.agencies.append(Roster.Agency(id: "b", officialName: "青嵐市政府法務局"))
            #expect(try await library.putRoster(roster, named: "agencies", by: ArchiveFixture.clerk) == 2)
            #expect(try await library.roster(named: "agencies", version: 1) == first)
            #expect(try await library.roster() == roster)
            let actions = try await library.auditEvents(viewer: ArchiveFixture.all).map(\.action)
            #expect(actions == ["library.create", "series.put", "roster.put", "roster.put"])
        }
    }
}
