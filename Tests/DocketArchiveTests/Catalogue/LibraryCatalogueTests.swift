import DocketCore
import DocketTestSupport
import Testing

@testable import DocketArchive

@Suite struct LibraryCatalogueTests {
    private static func item(
        _ number: String?, subject: String, sources: [SourceID] = [], subjects: [String] = []
    ) -> CatalogueEntry {
        CatalogueEntry(
            level: .item, fileNumber: number.flatMap { FileNumber($0) },
            fields: [
                .subject: DescribedField([subject], by: .model),
                .principalSender: DescribedField(["青嵐市政府工務局"], by: .rule),
                .creationDate: DescribedField(["2024-03-05"], by: .rule),
                .attachments: .empty(LocalizedText(zhHant: "來文未載", en: "none is named")),
            ],
            subjects: subjects.map {
                SubjectTerm($0, concept: ConceptReference(vocabulary: "a", uri: "urn:\($0)"), score: 0.5)
            }, sources: sources, classification: .internal)
    }

    @Test func `a later proposal changes what was only suggested and nothing that a person decided`() async throws {
        try await ArchiveFixture.withLibrary { library in
            let source = ArchiveFixture.source()
            _ = try await library.add(source, by: ArchiveFixture.clerk)
            let id = source.document.id
            let first = try await library.propose(
                [Self.item(nil, subject: "試辦路平", sources: [id], subjects: ["道路", "公園", "橋梁"])], by: Actor("system"))
            #expect(first.added == 1)
            let entry = try #require(first.entries.first)
            let decided = try await library.decide(
                [
                    .edit(.subject, values: ["試辦路平專案"]), .acceptSubject("urn:道路"), .rejectSubject("公園"),
                    .number(FileNumber("113/0301/2/1/004")), .addSubject(SubjectTerm("路面", score: 0.2)),
                ], on: entry.entry.id, revision: 1, by: ArchiveFixture.clerk)
            #expect(decided.status == .edited && decided.revision == 2)
            var later = Self.item(nil, subject: "另一案由", sources: [id], subjects: ["公園", "排水", "道路"])
            later.fields[.recipients] = DescribedField(["各區公所"], by: .rule)
            let second = try await library.propose([later], by: Actor("system"))
            #expect(second.added == 0 && second.renewed == 1)
            let now = try await library.entry(entry.entry.id, viewer: ArchiveFixture.all)
            #expect(now.entry[.subject] == "試辦路平專案" && now.entry[.recipients] == "各區公所")
            #expect(now.entry.fileNumber?.text == "113/0301/2/1/004")
            #expect(now.entry.subjects.map(\.label) == ["道路", "公園", "路面", "排水"])
            #expect(now.entry.subjects.map(\.state) == [.accepted, .rejected, .accepted, .suggested])
            // The same proposal again changes nothing, and a reviewed entry is left alone.
            let third = try await library.propose([later], by: Actor("system"))
            #expect(third.unchanged == 1 && third.entries.first?.revision == now.revision)
            _ = try await library.advance([now.entry.id], to: .verified, by: ArchiveFixture.clerk)
            later.fields[.recipients] = DescribedField(["別人"], by: .rule)
            #expect(try await library.propose([later], by: Actor("system")).unchanged == 1)
            let steps = try await library.revisions(of: now.entry.id, viewer: ArchiveFixture.all)
            #expect(steps.map(\.status) == [.suggested, .edited, .edited, .verified])
        }
    }

    @Test func `steps go one way, by persons, and rejections say why`() async throws {
        try await ArchiveFixture.withLibrary { library in
            let stored = try #require(
                try await library.propose([Self.item("113/0301/2/1/004", subject: "甲")], by: Actor("system")).entries
                    .first)
            let id = stored.entry.id
            await #expect(throws: ArchiveError.self) {
                _ = try await library.advance([id], to: .submitted, by: ArchiveFixture.clerk)
            }
            await #expect(throws: ArchiveError.self) {
                _ = try await library.advance([id], to: .verified, by: Actor("system"))
            }
            await #expect(throws: ArchiveError.self) {
                _ = try await library.decide([.accept(.subject)], on: id, by: Actor("system"))
            }
            await #expect(throws: ArchiveError.self) {
                _ = try await library.decide([.accept(.subject)], on: id, revision: 7, by: ArchiveFixture.clerk)
            }
            await #expect(throws: EntryDecisionError.self) {
                _ = try await library.decide(
                    [.accept(.subject), .accept(.attachments)], on: id, by: ArchiveFixture.clerk)
            }
            #expect(try await library.entry(id, viewer: ArchiveFixture.all).entry.fields[.subject]?.state == .suggested)
            _ = try await library.advance([id], to: .verified, by: ArchiveFixture.clerk)
            let sent = try await library.advance([id], to: .submitted, submission: "113H1", by: ArchiveFixture.clerk)
            #expect(sent.first?.submission == "113H1")
            await #expect(throws: ArchiveError.self) {
                _ = try await library.advance([id], to: .rejected, by: ArchiveFixture.clerk)
            }
            let back = try await library.advance([id], to: .rejected, note: "缺文別", by: ArchiveFixture.clerk)
            #expect(back.first?.status == .rejected)
        }
    }

    @Test func `entries are found, by viewers who may see them, and after a reindex`() async throws {
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .restricted)) { library in
            let open = ArchiveFixture.source(["甲\n"])
            let secret = ArchiveFixture.source(["乙\n"], classification: .restricted)
            for source in [open, secret] { _ = try await library.add(source, by: ArchiveFixture.clerk) }
            _ = try await library.propose(
                [
                    Self.item("113/0301/2/1/001", subject: "路面銑鋪試辦", sources: [open.document.id], subjects: ["道路養護"]),
                    Self.item("113/0301/2/1/002", subject: "路面密件", sources: [secret.document.id]),
                ], by: Actor("system"))
            func found(_ text: String, _ viewer: Viewer) async throws -> [String] {
                try await library.search(SearchRequest(text, viewer: viewer)).hits.filter { $0.kind == .entry }.map(
                    \.title)
            }
            #expect(try await found("路面", ArchiveFixture.viewer) == ["路面銑鋪試辦"])
            #expect(try await found("路面", ArchiveFixture.all).count == 2)
            #expect(try await found("道路養護", ArchiveFixture.viewer) == ["路面銑鋪試辦"])
            #expect(try await found("工務局", ArchiveFixture.viewer) == ["路面銑鋪試辦"])
            _ = try await library.reindex(restart: true, by: ArchiveFixture.clerk)
            #expect(try await found("路面", ArchiveFixture.all).count == 2)
            // The level of the source moves, and with it who sees the entry, in lists too.
            _ = try await library.set(
                [.classification(.restricted)], on: open.document.id, revision: 1, by: ArchiveFixture.clerk)
            #expect(try await found("路面", ArchiveFixture.viewer) == [])
            #expect(try await library.entries(viewer: ArchiveFixture.viewer).items.isEmpty)
            _ = try await library.set(
                [.classification(.internal)], on: open.document.id, revision: 2, reason: "解密", by: ArchiveFixture.clerk)
            #expect(try await found("路面", ArchiveFixture.viewer) == ["路面銑鋪試辦"])
        }
    }

    @Test func `lists go by folder and number, page by page`() async throws {
        try await ArchiveFixture.withLibrary { library in
            var entries = (1...9).map { Self.item("113/0301/\($0 % 2)/1/00\($0)", subject: "案\($0)") }
            entries.append(CatalogueEntry(level: .folder, fileNumber: FileNumber("113/0301/1")))
            _ = try await library.propose(entries, by: Actor("system"))
            var (seen, page): ([String], PageToken?) = ([], nil)
            repeat {
                let list = try await library.entries(page: page, limit: 4, viewer: ArchiveFixture.all)
                seen += list.items.compactMap { $0.entry.fileNumber?.text }
                page = list.next
            } while page != nil
            let even = [2, 4, 6, 8].map { "113/0301/0/1/00\($0)" }
            let odd = [1, 3, 5, 7, 9].map { "113/0301/1/1/00\($0)" }
            #expect(seen == even + ["113/0301/1"] + odd)
            let folder = EntryFilter(level: .item, folder: FileNumber("113/0301/1"))
            #expect(try await library.entries(folder, viewer: ArchiveFixture.all).items.count == 5)
            let number = try #require(FileNumber("113/0301/1/1/003"))
            #expect(try await library.entry(numbered: number, viewer: ArchiveFixture.all)?.entry.title == "案3")
            #expect(
                try await library.entry(numbered: number.folder, viewer: ArchiveFixture.all)?.entry.level == .folder)
        }
    }

    @Test func `what was learned is kept with the change it knows last`() async throws {
        try await ArchiveFixture.withLibrary { library in
            #expect(try await library.subjectModel(for: "a") == nil)
            try await library.putSubjectModel([1, 2, 3], for: "a", through: "2026-01-01", by: ArchiveFixture.clerk)
            try await library.putSubjectModel([4], for: "a", through: "2026-01-02", by: ArchiveFixture.clerk)
            let model = try #require(try await library.subjectModel(for: "a"))
            #expect(model.bytes == [4] && model.through == "2026-01-02")
        }
    }
}
