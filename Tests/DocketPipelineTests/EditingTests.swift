import DocketArchive
import DocketCore
import DocketDrafting
import DocketPublishing
import Foundation
import Testing

@testable import DocketPipeline

/// Drafts after somebody worked on them or on their sources.
struct EditingTests {
    private static let text = "本市圖書館於115年3月1日開放夜間閱覽。\n經費為新臺幣30萬元。\n"

    private func drafted(_ fixture: PipelineFixture) async throws -> (SourceID, StoredDraft) {
        let id = try await fixture.add(Self.text).id
        let draft = try await fixture.workspace.draft(id, by: PipelineFixture.clerk) {
            .summary(length: 200, passages: $0)
        }
        return (id, draft)
    }

    @Test func `a claim that is taken out leaves its passage set aside, and comes back with it`() async throws {
        try await PipelineFixture.with { fixture in
            let (_, draft) = try await drafted(fixture)
            let claim = try #require(draft.verified.draft.claims.first { $0.text.contains("30") })
            let span = try #require(claim.citations.first?.span)
            let whole = draft.verified.draft
            let (without, _) = try await fixture.workspace.edit(
                draft.id, [.text(claim: claim.number, "")], by: PipelineFixture.clerk)
            let source = try await fixture.stored(span.source).document
            let passage = try #require(source.passages.first { $0.range.contains(span.start) }).number
            func entry(_ draft: Draft) -> CoverageEntry? { draft.coverage.first { $0.passage == passage } }
            #expect(entry(whole)?.use != .setAside)
            #expect(entry(without.verified.draft)?.use == .setAside)
            #expect(entry(without.verified.draft)?.reason == "removed")
            var back = whole
            back.coverage = without.verified.draft.coverage
            let (again, _) = try await fixture.workspace.edit(draft.id, to: back, by: PipelineFixture.clerk)
            #expect(entry(again.verified.draft)?.use == entry(whole)?.use)
        }
    }

    @Test func `an edit of a revision that is not current is a conflict`() async throws {
        try await PipelineFixture.with { fixture in
            let (_, draft) = try await drafted(fixture)
            let number = try #require(draft.verified.draft.claims.first?.number)
            _ = try await fixture.workspace.edit(
                draft.id, [.text(claim: number, "本市圖書館開放夜間閱覽。")], revision: 1, by: PipelineFixture.clerk)
            await #expect(
                throws: ArchiveError.conflict(.revision(object: "draft:\(draft.id)", expected: 1, found: 2))
            ) {
                try await fixture.workspace.edit(
                    draft.id, to: draft.verified.draft, revision: 1, by: PipelineFixture.clerk)
            }
        }
    }

    @Test func `a draft is held against the text version that it cites and shows its words`() async throws {
        try await PipelineFixture.with { fixture in
            let (id, draft) = try await drafted(fixture)
            var next = try await fixture.stored(id).document
            let words = "經費為新臺幣90萬元。\n"
            next.text = words
            next.passages = [Passage(number: 0, kind: .paragraph, range: 0..<words.utf8.count)]
            next.version = 2
            _ = try await fixture.workspace.library.addVersion(
                NewVersion(document: next), revision: 1, reason: "更正", by: PipelineFixture.clerk)
            let checked = try await fixture.workspace.recheck(draft.id)
            #expect(checked.verdicts == draft.verified.verdicts)
            let page = try await fixture.workspace.export(draft, as: .md)
            #expect(page.contains("「經費為新臺幣30萬元。」") && !page.contains("90萬元"))
        }
    }

    @Test func `nothing is drafted from a paper above what the site allows`() async throws {
        try await PipelineFixture.with(LibraryConfiguration(ceiling: .confidential)) { fixture in
            let id = try await fixture.add("資通安全演練計畫。\n", classification: .confidential).id
            let folder = fixture.workspace.library.url
            let settings = Settings(library: LibraryConfiguration(ceiling: .internal))
            try Data(settings.fileText().utf8).write(to: folder.appending(path: Settings.fileName))
            let strict = try await Workspace.open(at: folder, mode: .write, viewer: Viewer(clearance: .topSecret))
            await #expect(throws: PipelineError.classified(id: id.rawValue, classification: .confidential)) {
                try await strict.draft(id, by: PipelineFixture.clerk) { .summary(length: 50, passages: $0) }
            }
        }
    }

    @Test func `a new settings file says what holds without one`() throws {
        let settings = Settings(library: LibraryConfiguration(name: "甲"))
        let read = try Settings.decode(Data(settings.fileText().utf8), file: Settings.fileName)
        #expect(read.library.review == settings.library.review)
        #expect(read.library.tracking == settings.library.tracking)
        #expect(read.library.ceiling == settings.library.ceiling)
    }
}
