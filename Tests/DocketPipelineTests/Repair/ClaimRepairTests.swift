import DocketCore
import DocketDrafting
import DocketTestSupport
import DocketTransport
import Foundation
import Testing

@testable import DocketPipeline

/// What the source does not support does not stay on the page, whatever a model says.
@Suite struct ClaimRepairTests {
    typealias Lie = ScriptedResponder.Lie

    /// Words of lies that no meeting has.
    private static let invented = [
        "水晶宮管理處", "南極事務司", "白無雙", "玫瑰花園列為", "crystal palace", "Antarctic bureau", "Zebulon", "PWNED",
    ]
    @Test(arguments: RepairFixture.corpus)
    func `a lying model's minutes are flagged no more than the embedded engine's`(path: String) async throws {
        let fixture = try await RepairFixture(corpus: path)
        let embedded = try await fixture.outcome()
        // Each meeting hears an honest model and two lies; over all meetings every lie is told.
        let place = RepairFixture.corpus.firstIndex(of: path) ?? 0
        let lies = [0, 3].map { Lie.allCases[(place + $0) % Lie.allCases.count] }
        for lie in [nil] + lies.map(Optional.some) {
            let outcome = try await fixture.outcome(try RepairFixture.engine(ScriptedResponder(lie: lie)))
            let name = lie?.rawValue ?? "honest"
            #expect(
                outcome.share <= embedded.share,
                "\(path) \(name): \(outcome.flagged)/\(outcome.claims) to \(embedded.flagged)/\(embedded.claims)")
            let page = outcome.verified.draft.claims.map(\.text).joined(separator: "\n")
            for word in Self.invented { #expect(!page.contains(word), "\(path) \(name): \(word)") }
            let unsupported = zip(outcome.verified.draft.claims, outcome.verified.verdicts).filter {
                $0.0.derivation == .composed && $0.1.verdict != .supported
            }
            #expect(unsupported.isEmpty, "\(path) \(name): \(unsupported.map(\.0.text))")
            #expect(outcome.verified.draft.coverage.count == fixture.request.source.passages.count)
        }
    }

    @Test func `what is replaced and left out is counted, reported with its place, and off the ledger`() async throws {
        let fixture = try await RepairFixture(corpus: "chief-secretaries/063")
        let outcome = try await fixture.outcome(try RepairFixture.engine(ScriptedResponder(lie: .fluent)))
        let draft = outcome.verified.draft
        let derivation = try #require(draft.derivation)
        #expect(derivation.extractiveClaims > 5 && derivation.repairedClaims == 0)
        let remarks = (draft.remarks ?? []).filter { $0.rule == "GEN-06" }
        #expect(remarks.count == derivation.extractiveClaims + derivation.droppedClaims)
        #expect(remarks.allSatisfy { !$0.place.spans.isEmpty })
        #expect(outcome.verified.findings.filter { $0.rule == "GEN-06" }.count == remarks.count)
        let numbers = Set(draft.claims.map(\.number))
        #expect(remarks.compactMap(\.place.claim).allSatisfy(numbers.contains))
        #expect(draft.claims.map(\.number) == Array(draft.claims.indices))
        let cited = draft.claims.flatMap(\.citations).filter { $0.span.source == fixture.request.source.id }
        for entry in draft.coverage where entry.use == .setAside {
            let range = fixture.request.source.passages[entry.passage].range
            #expect(!cited.contains { $0.span.range.overlaps(range) })
        }
    }

    @Test func `a conclusion is never made of words that rule nothing, and none stands twice`() async throws {
        for path in ["chief-secretaries/063", "division-meetings/033"] {
            let fixture = try await RepairFixture(corpus: path)
            let embedded = try await fixture.outcome().verified.draft
            let draft = try await fixture.outcome(try RepairFixture.engine(ScriptedResponder(lie: .fluent))).verified
                .draft
            func rulings(_ draft: Draft) -> [String] {
                draft.blocks.filter { $0.kind == .conclusion }.flatMap(\.claims).map(\.text)
            }
            // All that the rules found is there, as they put it or as it was said; no lie leaves more than what rules.
            let lost = Set(rulings(embedded)).subtracting(rulings(draft))
            #expect(lost.count <= draft.derivation?.extractiveClaims ?? 0)
            #expect(rulings(draft).count >= rulings(embedded).count)
            #expect(rulings(draft).count <= rulings(embedded).count + 2, "\(rulings(draft))")
        }
    }

    @Test func `a model is asked once a block to repair, and its better words are taken`() async throws {
        let fixture = try await RepairFixture(corpus: "chief-secretaries/064")
        let model = ScriptedChatModel(ScriptedResponder(lie: .swappedNumbers, repents: true))
        let engine = ChatEngine(model: model, prompts: try PromptSet.embedded(), now: { .zero })
        let outcome = try await fixture.outcome(engine)
        let derivation = try #require(outcome.verified.draft.derivation)
        let repairs = model.requests.filter { $0.purpose == "repair" }
        #expect(derivation.repairedClaims > 3)
        #expect(derivation.requests == model.requests.count)
        let blocks = Set(repairs.map { $0.messages.map(\.text) })
        #expect(!repairs.isEmpty && blocks.count == repairs.count)
        #expect(
            repairs.allSatisfy {
                $0.messages.last?.text.contains("[k") == true && $0.messages.last?.text.contains("[p") == true
            })
    }

    @Test(arguments: UnsupportedPolicy.allCases)
    func `the policy decides what becomes of a sentence without support`(policy: UnsupportedPolicy) async throws {
        let fixture = try await RepairFixture(corpus: "chief-secretaries/062")
        let outcome = try await fixture.outcome(try RepairFixture.engine(ScriptedResponder(lie: .fluent)), policy)
        let draft = outcome.verified.draft
        let page = draft.claims.map(\.text).joined()
        let derivation = try #require(draft.derivation)
        switch policy {
        case .replace: #expect(!page.contains("水晶宮") && derivation.extractiveClaims > 0)
        case .drop:
            #expect(!page.contains("水晶宮") && derivation.extractiveClaims == 0 && derivation.droppedClaims > 5)
            #expect(!draft.blocks.contains { $0.kind == .statement && $0.claims.isEmpty })
        case .flag:
            #expect(page.contains("水晶宮") && derivation.droppedClaims == 0)
            #expect(outcome.flagged > 5)
        }
    }

    @Test func `conclusions close up their numbers when some are left out`() async throws {
        let fixture = try await RepairFixture(corpus: "chief-secretaries/062")
        let engine = try RepairFixture.engine(ScriptedResponder(lie: .fluent, tenths: 1))
        let draft = try await fixture.outcome(engine, .drop).verified.draft
        var expected = 1
        var last: DraftBlock?
        let numerals = ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "（九）", "（十）"]
        for block in draft.blocks {
            if block.kind == .conclusion, block.level > 0, block.label.hasPrefix("（") {
                expected =
                    last?.kind == .conclusion && last?.level ?? 0 > 0 && last?.path == block.path ? expected + 1 : 1
                #expect(block.label == numerals[expected - 1])
            }
            if last?.kind == .conclusion, last?.level == 0, last?.claims.isEmpty == true, last?.emptyReason == nil {
                #expect(block.kind == .conclusion && block.level > 0, "a label stands alone")
            }
            last = block
        }
    }

    /// A letter whose fields a model invents.
    private static let letter: SourceDocument = {
        let lines = [
            "主旨：檢送本局辦理115年度海岸清潔維護計畫委託案契約書1份，請查照。",
            "二、本案經公開招標，由虛構清潔公司以新臺幣1,250萬元得標，履約期間自115年3月10日起至12月31日止。", "三、承辦人王小明，身分證字號A123456789，電話0912-345-678。",
            "四、請各區公所配合於每月5日前提報清潔成果，由本局彙整後送環境會報備查。",
        ]
        var text = ""
        var passages: [Passage] = []
        for (number, line) in lines.enumerated() {
            let start = text.utf8.count
            text += line + (number + 1 < lines.count ? "\n" : "")
            passages.append(Passage(number: number, kind: .paragraph, range: start..<text.utf8.count))
        }
        return SourceDocument(
            id: SourceID(rawValue: "letter"), kind: .letter, title: "環保局函", language: "zh-Hant", text: text,
            passages: passages,
            origin: Origin(
                fileName: "l.txt", sha256: SHA256Digest(of: text), byteCount: text.utf8.count, mediaType: "text/plain",
                reader: "test/1"))
    }()

    private func draft(
        _ task: DraftRequest.Task, _ lie: Lie?, _ policy: UnsupportedPolicy = .replace
    ) async throws -> VerifiedDraft {
        let request = DraftRequest(task, source: Self.letter, createdAt: "2026-01-01T00:00:00Z")
        let engine = try RepairFixture.engine(ScriptedResponder(lie: lie))
        return try await Stages(engine: engine, unsupported: policy)
            .draft(request, over: [Self.letter], knowing: Stages.Knowledge())
    }

    @Test(arguments: Lie.allCases)
    func `a subject that a model invents becomes the paper's own words, in the title too`(lie: Lie) async throws {
        let verified = try await draft(.subject, lie)
        let text = verified.draft.blocks.map(\.text).joined()
        #expect(verified.verdicts.allSatisfy { $0.verdict == .supported })
        #expect((4...100).contains(text.count) && !text.hasSuffix("。"))
        #expect(verified.draft.title == text)
    }

    @Test(arguments: Lie.allCases)
    func `an abstract stays supported, within its length and free of personal data`(lie: Lie) async throws {
        let verified = try await draft(.abstract, lie)
        let text = verified.draft.blocks.map(\.text).joined()
        #expect(verified.verdicts.allSatisfy { $0.verdict == .supported })
        #expect((10...300).contains(text.count))
        #expect(!text.contains("A123456789") && !text.contains("0912"))
    }

    @Test func `a summary of lies is no longer than was asked for`() async throws {
        for length in [40, 120] {
            let verified = try await draft(.summary(length: length), .fluent)
            let texts = verified.draft.claims.map(\.text)
            #expect(texts.count == 1 || texts.reduce(0) { $0 + $1.count } <= length)
            #expect(verified.verdicts.allSatisfy { $0.verdict == .supported })
        }
    }

    @Test func `the embedded engine's draft goes through unchanged`() async throws {
        let fixture = try await RepairFixture(corpus: "chief-secretaries/065")
        let plain = try await ExtractiveEngine().draft(fixture.request) { _ in }
        for policy in UnsupportedPolicy.allCases {
            #expect(try await fixture.outcome(ExtractiveEngine(), policy).verified.draft == plain)
        }
    }

    @Test func `the embedded prompts are those of the project, and a library may replace one`() async throws {
        let embedded = try PromptSet.embedded()
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-models-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms no test
        let file = folder.appending(path: "prompts/summary/en.txt")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("=== system\n{{rules}}\n=== user\nIn {{length}} words:\n{{data}}".utf8).write(to: file)
        let replaced = try PromptSet.embedded(overrides: folder)
        #expect(replaced.promptDigest != embedded.promptDigest && replaced.schemaDigest == embedded.schemaDigest)
        try Data("no parts".utf8).write(to: file)
        #expect(throws: PromptError.malformed(file: "summary/en.txt", problem: .parts)) {
            try PromptSet.embedded(overrides: folder)
        }
    }
}
