import DocketCore
import Foundation
import Testing

@testable import DocketArchive

@Suite struct CorrectionTests {
    @Test func `a corrected field is a revision, and what was read stays readable`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let new = ArchiveFixture.source(title: "舊題", date: "2021-10-26", facts: ["agency": "資訊局"])
            let id = try await library.add(new, by: ArchiveFixture.clerk).id
            let revision = try await library.set(
                [.title("新題"), .kind(.letter), .fact("agency", nil), .fact("code", "府授字第1號"), .date("2021-10")], on: id,
                revision: 1, reason: "誤植", by: ArchiveFixture.clerk)
            #expect(revision == 2)
            let now = try await library.source(id, viewer: ArchiveFixture.viewer).document
            #expect(now.title == "新題" && now.kind == .letter && now.date == "2021-10")
            #expect(now.facts == ["code": "府授字第1號"])
            let same = try await library.set([.title("新題")], on: id, revision: 2, by: ArchiveFixture.clerk)
            #expect(same == 2)
            let history = try await library.revisions(of: id, viewer: ArchiveFixture.viewer)
            #expect(history.count == 1)
            #expect(history[0].changes.map(\.field) == ["title", "kind", "agency", "code", "date"])
            #expect(history[0].changes[0] == FieldChange(field: "title", from: "舊題", to: "新題"))
            #expect(history[0].reason == "誤植" && history[0].actor == "cli:clerk")
            let listed = try await library.list(SourceFilter(agency: "資訊局"), viewer: ArchiveFixture.viewer)
            #expect(listed.items.isEmpty)
        }
    }

    @Test func `a write that read an old revision is a conflict`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let id = try await library.add(ArchiveFixture.source(), by: ArchiveFixture.clerk).id
            _ = try await library.set([.title("甲")], on: id, revision: 1, by: .commandLine("a"))
            let stale = ArchiveError.conflict(.revision(object: "source:\(id)", expected: 1, found: 2))
            await #expect(throws: stale) {
                try await library.set([.title("乙")], on: id, revision: 1, by: .commandLine("b"))
            }
            await #expect(throws: stale) {
                try await library.withdraw(id, revision: 1, authority: "x", by: .commandLine("b"))
            }
            #expect(try await library.source(id, viewer: ArchiveFixture.viewer).document.title == "甲")
        }
    }

    @Test func `a level is raised freely, lowered with a reason and never above the ceiling`() async throws {
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .restricted)) { library async throws in
            let id = try await library.add(ArchiveFixture.source(), by: ArchiveFixture.clerk).id
            _ = try await library.set([.classification(.restricted)], on: id, revision: 1, by: ArchiveFixture.clerk)
            await #expect(throws: ArchiveError.notFound("source:\(id)")) {
                try await library.source(id, viewer: ArchiveFixture.viewer)
            }
            await #expect(throws: ArchiveError.refused(.missingReason(field: "reason"))) {
                try await library.set([.classification(.internal)], on: id, revision: 2, by: ArchiveFixture.clerk)
            }
            await #expect(throws: ArchiveError.refused(.aboveCeiling(level: .secret, ceiling: .restricted))) {
                try await library.set([.classification(.secret)], on: id, revision: 2, by: ArchiveFixture.clerk)
            }
            _ = try await library.set(
                [.classification(.internal)], on: id, revision: 2, reason: "解密條件成就", by: ArchiveFixture.clerk)
            #expect(try await library.source(id, viewer: ArchiveFixture.viewer).revision == 3)
            let event = try #require(try await library.auditEvents(of: "source:\(id)", viewer: ArchiveFixture.all).last)
            #expect(event.detail["classification"] == "restricted to internal")
            #expect(event.detail["reason"] == "解密條件成就")
        }
    }

    @Test func `a new text version is current and the old one stays, with the fields that people set`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let new = ArchiveFixture.source(["逐字稿有誤。"], kind: .transcript, title: "甲")
            let id = try await library.add(new, by: ArchiveFixture.clerk).id
            _ = try await library.set(
                [.title("乙"), .date("2024-01-02")], on: id, revision: 1, by: ArchiveFixture.clerk)
            var next = ArchiveFixture.source(["逐字稿無誤。", "補一句。"], id: id, kind: .document, title: "丙")
            next.document.version = 2
            let version = NewVersion(document: next.document, segments: [], original: next.original)
            #expect(
                try await library.addVersion(version, revision: 2, reason: "更正聽打", by: ArchiveFixture.clerk) == 3)
            let now = try await library.source(id, viewer: ArchiveFixture.viewer)
            #expect(now.document.text == "逐字稿無誤。\n補一句。\n" && now.document.version == 2)
            #expect(now.document.title == "乙" && now.document.kind == .transcript && now.document.date == "2024-01-02")
            let old = try await library.source(id, version: 1, viewer: ArchiveFixture.viewer)
            #expect(old.document.text == new.document.text && old.document.passages == new.document.passages)
            #expect(old.document.origin == new.document.origin)
            // Both originals now belong to this source.
            for source in [new, next] {
                var again = source
                again.document.id = .make()
                again.document.version = 1
                #expect(try await library.add(again, by: ArchiveFixture.clerk) == AddOutcome(id: id, duplicate: true))
            }
            await #expect(throws: ArchiveError.conflict(.version(object: "source:\(id)", given: 2, current: 2))) {
                try await library.addVersion(version, revision: 3, reason: "x", by: ArchiveFixture.clerk)
            }
        }
    }

    @Test func `a withdrawn source vanishes everywhere, and its bytes stay unserved`() async throws {
        let index = TableIndex()
        try await ArchiveFixture.withLibrary(options: index.options()) { library async throws in
            let new = ArchiveFixture.source(title: "甲")
            let id = try await library.add(new, by: ArchiveFixture.clerk).id
            await #expect(throws: ArchiveError.refused(.missingReason(field: "authority"))) {
                try await library.withdraw(id, revision: 1, authority: "", by: ArchiveFixture.clerk)
            }
            try await library.withdraw(
                id, revision: 1, authority: "府授檔字第2號", reason: "誤收", by: ArchiveFixture.clerk)
            #expect(try await library.list(viewer: ArchiveFixture.all).items.isEmpty)
            #expect(try TableIndex.titles(library).isEmpty)
            for call in [
                { _ = try await library.source(id, viewer: ArchiveFixture.all) },
                { _ = try await library.original(of: id, viewer: ArchiveFixture.all) },
            ] as [@Sendable () async throws -> Void] {
                await #expect(throws: ArchiveError.notFound("source:\(id)")) { try await call() }
            }
            await #expect(throws: ArchiveError.refused(.withdrawn(object: "source:\(id)"))) {
                try await library.set([.title("乙")], on: id, revision: 2, by: ArchiveFixture.clerk)
            }
            let stone = try #require(try await library.tombstones(viewer: ArchiveFixture.all).first)
            #expect(stone.id == id.rawValue && stone.authority == "府授檔字第2號" && stone.reason == "誤收")
            #expect(try await library.blobs.head(new.document.origin.sha256) != nil)
            #expect(
                try await library.auditEvents(of: "source:\(id)", viewer: ArchiveFixture.all).map(\.action) == [
                    "source.add", "withdraw",
                ])

            // The same bytes may be received again: they are another source then.
            let again = ArchiveFixture.source(title: "甲")
            let outcome = try await library.add(again, by: ArchiveFixture.clerk)
            #expect(!outcome.duplicate && outcome.id == again.document.id)
            #expect(try TableIndex.titles(library) == ["甲"])
            #expect(try await library.check().isSound)
        }
    }

    @Test(arguments: [
        ("date", "2021-13"), ("date", "110-10-26"), ("kind", "memo"), ("classification", "密"), ("ordinal", "x"),
        ("ordinal", "-9223372036854775808"), ("date", "2024-02-31"), ("foo", "bar"), ("", "x"),
    ])
    func `a value that a field cannot have is refused`(field: String, value: String) {
        #expect(throws: ArchiveError.self) { try SourceChange(field: field, value: value) }
    }

    @Test func `field and value are read as a person writes them`() throws {
        #expect(try SourceChange(field: "date", value: "") == .date(nil))
        #expect(try SourceChange(field: "date", value: "2021-10-26") == .date("2021-10-26"))
        #expect(try SourceChange(field: "classification", value: "restricted") == .classification(.restricted))
        #expect(try SourceChange(field: "code", value: "A=1") == .fact("code", "A=1"))
        #expect(try SourceChange(field: "agency", value: "") == .fact("agency", nil))
    }

    @Test func `a structure that cannot be read any more is reported and leaves the text readable`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            var structure = DocumentStructure()
            structure.minutes = MinutesStructure()
            let new = ArchiveFixture.source(structure: structure)
            let id = try await library.add(new, by: ArchiveFixture.clerk).id
            try await library.tamper("UPDATE structure SET body = '{\"outline\":7}'")
            let stored = try await library.source(id, viewer: ArchiveFixture.viewer)
            #expect(stored.document.text == new.document.text)
            #expect(stored.structure.findings.map(\.rule) == ["ARC-01"])
            try await library.remake(id, structure: structure, segments: [], revision: 1, by: ArchiveFixture.clerk)
            #expect(try await library.source(id, viewer: ArchiveFixture.viewer).structure == structure)
        }
    }
}
