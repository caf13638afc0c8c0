import DocketCore
import DocketTestSupport
import DocketTransport
import Foundation
import Testing

@testable import DocketDrafting

/// Summaries, digests, answers, titles, subjects and abstracts, by the model and by the embedded engine.
@Suite struct ChatTextTests {
    private static let letter: SourceDocument = {
        let lines = [
            "虛構市政府環境保護局　函", "受文者：虛構市政府秘書處", "發文日期：中華民國115年3月3日",
            "主旨：檢送本局辦理115年度海岸清潔維護計畫委託案契約書1份，請查照。", "說明：",
            "一、依據本府115年1月5日第12次環境會報決議辦理。", "二、本案經公開招標，由虛構清潔公司以新臺幣1,250萬元得標，履約期間自115年3月10日起至12月31日止。",
            "三、承辦人王小明，身分證字號A123456789，電話0912-345-678。", "四、請各區公所配合於每月5日前提報清潔成果，由本局彙整後送環境會報備查。",
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

    private static var engines: [any DraftingEngine] { [ExtractiveEngine(), ChatFixture.engine()] }

    @Test(arguments: [0, 1])
    func `a subject is one phrase of at most a hundred characters without its closing phrase`(engine: Int) async throws
    {
        let draft = try await Self.engines[engine].draft(ChatFixture.request(.subject, Self.letter)) { _ in }
        #expect(draft.kind == .subject && draft.blocks.map(\.label) == ["案由"])
        let text = try #require(draft.claims.first?.text)
        #expect(text == draft.title)
        #expect((6...100).contains(text.count) && !text.contains("請查照") && !text.hasSuffix("。"))
        #expect(draft.claims.first?.citations.isEmpty == false)
        #expect(draft.coverage.map(\.passage) == Array(Self.letter.passages.indices))
    }

    @Test(arguments: [0, 1])
    func `an abstract is one field within its length and without personal data`(engine: Int) async throws {
        let draft = try await Self.engines[engine].draft(ChatFixture.request(.abstract, Self.letter)) { _ in }
        #expect(draft.kind == .abstract && draft.blocks.map(\.label) == ["案情摘要"])
        let text = draft.blocks.map(\.text).joined()
        #expect((40...300).contains(text.count))
        #expect(!text.contains("A123456789") && !text.contains("0912"))
        #expect(draft.claims.allSatisfy { !$0.citations.isEmpty })
        #expect(draft.coverage.map(\.passage) == Array(Self.letter.passages.indices))
    }

    @Test(arguments: [0, 1])
    func `nothing of a classified paper goes into a catalogue, and no model is asked`(engine: Int) async throws {
        var secret = Self.letter
        secret.classification = .restricted
        let model = ScriptedChatModel(ScriptedResponder())
        let engine: any DraftingEngine = engine == 0 ? ExtractiveEngine() : ChatFixture.engine(model)
        let subject = try await engine.draft(ChatFixture.request(.subject, secret)) { _ in }
        #expect(subject.claims.map(\.text) == ["密不錄由"] && subject.claims.first?.derivation == .form)
        let abstract = try await engine.draft(ChatFixture.request(.abstract, secret)) { _ in }
        #expect(abstract.claims.isEmpty && abstract.blocks.first?.emptyReason != nil)
        #expect(model.requests.isEmpty)
    }

    @Test(arguments: [
        ("身分證A123456789號", true), ("電話（02）2720-8889", true), ("電話0912-345-678", true), ("虛構市中正路12號3樓", true),
        ("編號A1234567", false),
        ("金額1,250萬元", false), ("115年3月10日至12月31日", false), ("中正路12號公園", false), ("檔號0115/A1234567890", false),
    ])
    func `personal data are known by their form`(text: String, isPersonal: Bool) {
        #expect(PersonalData.isIn(text) == isPersonal)
    }

    @Test func `a summary is within its length, in the order of the source`() async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting("chief-secretaries/063").meeting
        for length in [30, 120, 500] {
            let draft = try await ChatFixture.engine().draft(
                ChatFixture.request(.summary(length: length), meeting.transcript)
            ) { _ in }
            let sizes = draft.claims.map(\.text.count)
            #expect(sizes.count == 1 || sizes.reduce(0, +) <= length)
            #expect(draft.kind == .summary && draft.coverage.count == meeting.transcript.passages.count)
        }
    }

    @Test(arguments: ["chief-secretaries/063", "working-group-en/07"])
    func `each speaker has one digest, resting on the speaker's own words`(path: String) async throws {
        let source = try await CorpusMeeting.Cache.shared.meeting(path).meeting.transcript
        let draft = try await ChatFixture.engine().draft(ChatFixture.request(.speakerDigest(length: 80), source)) { _ in
        }
        let speakers = source.passages.compactMap(\.speaker)
        #expect(Set(draft.blocks.map(\.label)) == Set(speakers))
        #expect(draft.blocks.count == Set(speakers).count)
        for block in draft.blocks {
            for passage in block.claims.flatMap(\.citations).flatMap({ source.passages(meeting: $0.span.range) }) {
                #expect(source.passages[passage].speaker == block.label)
            }
        }
    }

    @Test func `a question without an answer in the source is left empty with its reason`() async throws {
        let model = ScriptedChatModel { _ in #"{"claims":[]}"# }
        let draft = try await ChatFixture.engine(model)
            .draft(ChatFixture.request(.answer(question: "月球基地何時啟用？", length: 100), Self.letter)) { _ in }
        #expect(draft.claims.isEmpty && draft.blocks.first?.emptyReason != nil)
        let prompt = try #require(model.requests.first?.messages.last?.text)
        #expect(prompt.contains("月球基地何時啟用？"))
    }

    @Test func `segments get a title each, and a model without one leaves it to the rules`() async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting("chief-secretaries/063").meeting
        let request = ChatFixture.request(.title(), meeting.transcript, segments: meeting.segments)
        let draft = try await ChatFixture.engine().draft(request) { _ in }
        #expect(draft.blocks.count == meeting.segments.count)
        #expect(draft.claims.allSatisfy { (1...40).contains($0.text.count) && !$0.citations.isEmpty })
        let mute = ScriptedChatModel { _ in #"{"text":"","passages":[]}"# }
        let silent = try await ChatFixture.engine(mute).draft(request) { _ in }
        #expect(silent.blocks.count == meeting.segments.count)
        #expect(silent.claims.allSatisfy { $0.derivation == .condensed })
    }

    @Test func `the script and language of the source are asked for`() async throws {
        let simplified = ChatFixture.transcript([("主席", "请信息局于十一月四日前提报平台测试结果。")], language: "zh-Hans")
        for (source, script, word) in [
            (Self.letter, Optional(ChatRequest.RequiredScript.traditional), "正體中文"), (simplified, nil, "简体中文"),
        ] {
            let model = ScriptedChatModel(ScriptedResponder())
            _ = try await ChatFixture.engine(model).draft(ChatFixture.request(.summary(length: 50), source)) { _ in }
            #expect(model.requests.allSatisfy { $0.script == script })
            #expect(model.requests.first?.messages.first?.text.contains(word) == true)
        }
    }

    @Test func `the highest classification of what was read goes with every request`() async throws {
        var meeting = try await CorpusMeeting.Cache.shared.meeting("chief-secretaries/063").meeting
        meeting.facts.agenda?.document.classification = .restricted
        let model = ScriptedChatModel(ScriptedResponder())
        _ = try await ChatFixture.engine(model).draft(ChatFixture.minutes(meeting)) { _ in }
        #expect(!model.requests.isEmpty && model.requests.allSatisfy { $0.classification == .restricted })
    }
}
