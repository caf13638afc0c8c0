import DocketCore
import Foundation
import Testing

@testable import DocketArchive

@Suite struct DraftReviewTests {
    static let source = ArchiveFixture.source(["請資訊局辦理。", "備查。"])

    /// A draft of one claim for each text, citing the first passage.
    static func draft(
        _ texts: [String] = ["請資訊局辦理。"], of new: NewSource = source, id: DraftID = .make(),
        verdict: Verdict = .supported, findings: [Finding] = [], classification: Classification = .public
    ) throws -> VerifiedDraft {
        let claims = texts.enumerated().map { number, text in
            Claim(number: number, text: text, citations: [new.document.citation(0..<21)], derivation: .verbatim)
        }
        let draft = Draft(
            id: id, kind: .minutes, title: "紀錄", language: "zh-Hant", sources: [new.document.id],
            classification: classification, blocks: [DraftBlock(kind: .conclusion, label: "一、", claims: claims)],
            coverage: [], engine: EngineIdentity(name: "extractive", version: "1"), createdAt: "2026-01-01T00:00:00Z")
        return try VerifiedDraft(
            draft, verdicts: claims.map { ClaimVerdict(claim: $0.number, verdict: verdict, reasons: []) },
            findings: findings)
    }

    private func withDraft(
        _ draft: VerifiedDraft? = nil, _ body: (Library, VerifiedDraft) async throws -> Void
    ) async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            _ = try await library.add(Self.source, by: ArchiveFixture.clerk)
            let draft = try draft ?? Self.draft()
            try await library.store(draft, by: Actor("system"))
            try await body(library, draft)
        }
    }

    @Test func `a draft goes from suggested over edited and reviewed to approved, each step a revision`() async throws {
        try await withDraft { library, draft async throws in
            let id = draft.draft.id
            let edited = try Self.draft(["請資訊局儘速辦理。"], id: id)
            #expect(try await library.edit(id, to: edited, revision: 1, note: "補字", by: ArchiveFixture.clerk) == 2)
            #expect(try await library.review(id, revision: 2, by: .commandLine("head")) == 3)
            #expect(try await library.approve(id, revision: 3, by: .commandLine("chief")) == 4)
            let steps = try await library.revisions(of: id, viewer: ArchiveFixture.viewer)
            #expect(steps.map(\.state) == [.suggested, .edited, .reviewed, .approved])
            #expect(steps.map(\.actor) == ["system", "cli:clerk", "cli:head", "cli:chief"])
            #expect(steps.map(\.textRevision) == [1, 2, 2, 2])
            let now = try await library.draft(id, viewer: ArchiveFixture.viewer)
            #expect(now.isLocked)
            #expect(now.verified.draft.claims.map(\.text) == ["請資訊局儘速辦理。"])
            #expect(now.textHash == SHA256Digest(of: "紀錄\n一、\t請資訊局儘速辦理。"))
            let first = try await library.draft(id, revision: 1, viewer: ArchiveFixture.viewer)
            #expect(first.verified.draft.claims.map(\.text) == ["請資訊局辦理。"])
            #expect(first.state == .suggested)
        }
    }

    @Test func `approved text cannot be changed, reviewed or approved again`() async throws {
        try await withDraft { library, draft async throws in
            let id = draft.draft.id
            #expect(try await library.approve(id, revision: 1, by: ArchiveFixture.clerk) == 2)
            let locked = ArchiveError.refused(.locked(object: "draft:\(id)"))
            await #expect(throws: locked) {
                try await library.edit(id, to: draft, revision: 2, by: ArchiveFixture.clerk)
            }
            await #expect(throws: locked) { try await library.review(id, revision: 2, by: ArchiveFixture.clerk) }
            await #expect(throws: locked) { try await library.approve(id, revision: 2, by: ArchiveFixture.clerk) }
            await #expect(throws: locked) {
                try await library.reject(id, revision: 2, reason: "x", by: ArchiveFixture.clerk)
            }
            try await library.tamper("UPDATE draftRevision SET body = replace(body, '資訊局', '法務局')")
            await #expect(throws: ArchiveError.self) { try await library.draft(id, viewer: ArchiveFixture.viewer) }
        }
    }

    @Test func `a machine neither edits nor approves, and drafting again makes another draft`() async throws {
        try await withDraft { library, draft async throws in
            let id = draft.draft.id
            for machine in ["system", "engine:extractive", "worker:1"] {
                await #expect(throws: ArchiveError.refused(.machineEdit(object: "draft:\(id)"))) {
                    try await library.edit(id, to: draft, revision: 1, by: Actor(machine))
                }
                await #expect(throws: ArchiveError.refused(.machineEdit(object: "draft:\(id)"))) {
                    try await library.approve(id, revision: 1, by: Actor(machine))
                }
            }
            await #expect(throws: ArchiveError.conflict(.identity(object: "draft:\(id)"))) {
                try await library.store(draft, by: Actor("system"))
            }
            try await library.store(try Self.draft(), by: Actor("system"))
            #expect(
                try await library.drafts(of: Self.source.document.id, viewer: ArchiveFixture.viewer).items.count == 2)
        }
    }

    @Test func `of two people who read one revision the second is told`() async throws {
        try await withDraft { library, draft async throws in
            let id = draft.draft.id
            let (one, two) = (try Self.draft(["甲"], id: id), try Self.draft(["乙"], id: id))
            #expect(try await library.edit(id, to: one, revision: 1, by: .commandLine("a")) == 2)
            await #expect(throws: ArchiveError.conflict(.revision(object: "draft:\(id)", expected: 1, found: 2))) {
                try await library.edit(id, to: two, revision: 1, by: .commandLine("b"))
            }
            let now = try await library.draft(id, viewer: ArchiveFixture.viewer)
            #expect(now.verified.draft.claims.map(\.text) == ["甲"])
        }
    }

    @Test(arguments: [Verdict.contradicted, .unsupported])
    func `a claim without support blocks approval by the default policy`(verdict: Verdict) async throws {
        try await withDraft(try Self.draft(["甲", "乙"], verdict: verdict)) { library, draft async throws in
            let id = draft.draft.id
            await #expect(throws: ArchiveError.refused(.blocked(object: "draft:\(id)", claims: 2, findings: 0))) {
                try await library.approve(id, revision: 1, by: ArchiveFixture.clerk)
            }
            #expect(try await library.draft(id, viewer: ArchiveFixture.viewer).state == .suggested)
            await #expect(throws: ArchiveError.refused(.blocked(object: "draft:\(id)", claims: 2, findings: 0))) {
                try await library.approve(id, revision: 1, despite: " ", by: ArchiveFixture.clerk)
            }
            #expect(try await library.approve(id, revision: 1, despite: "已與錄音核對", by: ArchiveFixture.clerk) == 2)
            let approved = try await library.draft(id, viewer: ArchiveFixture.viewer)
            #expect(approved.state == .approved && approved.verified.verdicts.allSatisfy { $0.verdict == verdict })
        }
    }

    @Test func `a policy is read with defaults for what it leaves out`() throws {
        let policy = try JSONDecoder().decode(ReviewPolicy.self, from: Data(#"{"approvalWithReason": false}"#.utf8))
        #expect(policy == ReviewPolicy(approvalWithReason: false))
    }

    @Test func `errors block, warnings and tolerated rules do not`() throws {
        func finding(_ rule: String, _ severity: Finding.Severity) -> Finding {
            Finding(
                rule: rule, severity: severity, place: Finding.Place(), message: LocalizedText(zhHant: "", en: ""),
                remedy: LocalizedText(zhHant: "", en: ""))
        }
        let draft = try Self.draft(
            findings: [finding("TXT-04", .error), finding("MIN-15", .warning), finding("MIN-03", .error)])
        #expect(ReviewPolicy().blockingFindings(of: draft).map(\.rule) == ["TXT-04", "MIN-03"])
        #expect(ReviewPolicy(toleratedRules: ["MIN-03"]).blockingFindings(of: draft).map(\.rule) == ["TXT-04"])
    }

    @Test func `a citation must have the words of its source`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            _ = try await library.add(Self.source, by: ArchiveFixture.clerk)
            let span = Self.source.document.span(0..<21)
            let beyond = Self.source.document.span(0..<2100)
            for citation in [Citation(span, words: "別的話"), Citation(beyond, words: "請資訊局辦理。")] {
                var draft = try Self.draft().draft
                draft.blocks[0].claims[0].citations = [citation]
                let wrong = try VerifiedDraft(
                    draft, verdicts: [ClaimVerdict(claim: 0, verdict: .supported, reasons: [])], findings: [])
                await #expect(throws: ArchiveError.self) { try await library.store(wrong, by: ArchiveFixture.clerk) }
            }
            #expect(try await library.drafts(viewer: ArchiveFixture.viewer).items.isEmpty)
        }
    }

    @Test func `a draft has the highest level and all scopes of its sources, and follows them`() async throws {
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .secret)) { library async throws in
            let one = ArchiveFixture.source(["請資訊局辦理。", "甲"], classification: .public, scope: "資訊局")
            let two = ArchiveFixture.source(["乙"], classification: .restricted, scope: "法務局")
            for source in [one, two] { _ = try await library.add(source, by: ArchiveFixture.clerk) }
            var draft = try Self.draft(of: one).draft
            draft.sources.append(two.document.id)
            let verified = try VerifiedDraft(
                draft, verdicts: [ClaimVerdict(claim: 0, verdict: .supported, reasons: [])], findings: [])
            try await library.store(verified, by: Actor("system"))

            let stored = try await library.draft(draft.id, viewer: ArchiveFixture.all)
            #expect(stored.verified.draft.classification == .restricted)
            #expect(stored.verified.draft.scope == "法務局\n資訊局")
            let narrow = Viewer(clearance: .secret, scopes: ["法務局"])
            await #expect(throws: ArchiveError.notFound("draft:\(draft.id)")) {
                try await library.draft(draft.id, viewer: narrow)
            }
            #expect(try await library.drafts(viewer: narrow).items.isEmpty)

            _ = try await library.set(
                [.classification(.secret)], on: one.document.id, revision: 1, by: ArchiveFixture.clerk)
            #expect(
                try await library.draft(draft.id, viewer: ArchiveFixture.all).verified.draft.classification == .secret)
            _ = try await library.set(
                [.classification(.public), .scope("")], on: one.document.id, revision: 2, reason: "解密",
                by: ArchiveFixture.clerk)
            let lowered = try await library.draft(draft.id, viewer: narrow)
            #expect(lowered.verified.draft.classification == .restricted)
            #expect(lowered.verified.draft.scope == "法務局")
        }
    }

    @Test func `a place of a source leads to the drafts whose current text cites it`() async throws {
        try await withDraft { library, draft async throws in
            let inside = Self.source.document.span(3..<6)
            let outside = Self.source.document.span(24..<27)
            #expect(try await library.drafts(citing: inside, viewer: ArchiveFixture.viewer) == [draft.draft.id])
            #expect(try await library.drafts(citing: outside, viewer: ArchiveFixture.viewer).isEmpty)
            var bare = draft.draft
            bare.blocks[0].claims[0].citations = []
            let edited = try VerifiedDraft(bare, verdicts: draft.verdicts, findings: [])
            _ = try await library.edit(draft.draft.id, to: edited, revision: 1, by: ArchiveFixture.clerk)
            #expect(try await library.drafts(citing: inside, viewer: ArchiveFixture.viewer).isEmpty)
        }
    }

    @Test(arguments: DraftWithdrawal.allCases)
    func `drafts go with their source as far as the withdrawal says`(which: DraftWithdrawal) async throws {
        try await withDraft { library, draft async throws in
            let approved = try Self.draft()
            try await library.store(approved, by: Actor("system"))
            _ = try await library.approve(approved.draft.id, revision: 1, by: ArchiveFixture.clerk)
            try await library.withdraw(
                Self.source.document.id, revision: 1, authority: "府授字第1號", drafts: which, by: ArchiveFixture.clerk)
            let left = Set(try await library.drafts(viewer: ArchiveFixture.viewer).items.map(\.id))
            let expected: Set<DraftID> =
                switch which {
                case .none: [draft.draft.id, approved.draft.id]
                case .unapproved: [approved.draft.id]
                case .all: []
                }
            #expect(left == expected)
            #expect(try await library.tombstones(viewer: ArchiveFixture.all).count == 3 - expected.count)
        }
    }
}
