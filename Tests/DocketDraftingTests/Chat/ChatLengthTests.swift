import DocketCore
import DocketTestSupport
import DocketTransport
import Foundation
import Testing

@testable import DocketDrafting

/// Sources of any length: packed, split, asked about at once, joined, and never cut.
@Suite struct ChatLengthTests {
    /// Numbers of the passages that some prompt showed.
    private static func shown(_ model: ScriptedChatModel) -> Set<Int> {
        let lines = model.requests.flatMap { $0.messages.last?.text.split(separator: "\n") ?? [] }
        return Set(
            lines.compactMap { line in line.hasPrefix("[p") ? Int(line.dropFirst(2).prefix { $0 != "]" }) : nil })
    }

    @Test(arguments: 0..<60)
    func `parts rebuild the pieces exactly, and each is within its room`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let words = ["請", "資訊局", "於", "11月4日", "前", "，", "。", "提報", "well ", "🙂", "「", "」", "x"]
        let pieces = (0..<Int.random(in: 1...30, using: &random)).map { number in
            let text = (0..<Int.random(in: 1...200, using: &random)).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
            }.joined()
            return SourcePiece(
                id: "p\(number)", passage: number, speaker: "甲", name: "甲", text: text, start: number * 10_000)
        }
        let packer = PartPacker(estimate: TokenEstimate(), isChinese: true)
        let parts = packer.parts(pieces, budget: 160)
        #expect(parts.allSatisfy { !$0.isEmpty })
        for part in parts { #expect(part.reduce(0) { $0 + packer.tokens(of: $1) } <= 160, "seed \(seed)") }
        let rebuilt = Dictionary(grouping: parts.flatMap(\.self), by: \.passage)
        for piece in pieces {
            #expect(rebuilt[piece.passage]?.map(\.text).joined() == piece.text, "seed \(seed)")
            for cut in rebuilt[piece.passage] ?? [] {
                let bytes = Array(piece.text.utf8)[(cut.start - piece.start)...].prefix(cut.text.utf8.count)
                #expect(String(decoding: bytes, as: UTF8.self) == cut.text, "seed \(seed)")
            }
        }
    }

    @Test func `one sentence of forty thousand characters is split and all of it is asked about`() async throws {
        let long = (0..<4000).map { "第\($0)項工程已完工" }.joined()
        let source = ChatFixture.transcript([("工務局", long)])
        let model = ScriptedChatModel(ScriptedResponder(), context: 4096)
        _ = try await ChatFixture.engine(model).draft(ChatFixture.request(.summary(length: 200), source)) { _ in }
        let sent = model.requests.filter { $0.purpose == "summary" }.compactMap(\.messages.last?.text).joined()
        for number in [0, 1, 1999, 3998, 3999] { #expect(sent.contains("第\(number)項")) }
    }

    @Test func `a server with less context than it is said to have is asked in smaller parts`() async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting("chief-secretaries/064").meeting
        let model = ScriptedChatModel(ScriptedResponder(), context: 8192, serverContext: 3800)
        let draft = try await ChatFixture.engine(model).draft(ChatFixture.minutes(meeting)) { _ in }
        #expect(draft.coverage.map(\.passage) == Array(meeting.transcript.passages.indices))
        let said = meeting.segments.filter { $0.path != "壹" }.flatMap(\.passages).filter { number in
            Terms.contentCount(meeting.transcript.text(in: meeting.transcript.passages[number].range)) > 0
        }
        #expect(Set(said).isSubset(of: Self.shown(model)))
    }

    @Test func `a context without room for anything is refused with what it takes`() async throws {
        let source = ChatFixture.transcript([("主席", "請資訊局於十一月四日前提報平臺測試結果。")])
        let model = ScriptedChatModel(ScriptedResponder(), context: 512)
        await #expect(throws: DraftingError.self) {
            _ = try await ChatFixture.engine(model).draft(ChatFixture.request(.summary(length: 100), source)) { _ in }
        }
        #expect(model.requests.isEmpty)
    }

    // MARK: - Ten hours

    /// About 150,000 characters: the Chinese transcripts of the corpus, again and again, each voice and figure kept.
    private static func tenHours() async throws -> (source: SourceDocument, segments: [Segment]) {
        var turns: [(String, String)] = []
        var segments: [Segment] = []
        var count = 0
        while count < 150_000 {
            for path in CorpusMeeting.all where path.hasPrefix("chief") {
                let meeting = try await CorpusMeeting.Cache.shared.meeting(path).meeting
                let first = turns.count
                for passage in meeting.transcript.passages where passage.kind == .utterance {
                    let text = meeting.transcript.text(in: passage.range).trimmingCharacters(in: .newlines)
                    turns.append((passage.speaker ?? "甲", text))
                    count += text.count
                }
                segments.append(Segment(number: segments.count, kind: .topic, passages: first...(turns.count - 1)))
            }
        }
        return (ChatFixture.transcript(turns), segments)
    }

    @Test(.timeLimit(.minutes(20)))
    func `ten hours of talk become minutes with a context of 4,096 tokens, and nothing is lost`() async throws {
        let (source, segments) = try await Self.tenHours()
        let model = ScriptedChatModel(ScriptedResponder(), context: 4096, slots: 4)
        let draft = try await ChatFixture.engine(model)
            .draft(ChatFixture.request(.minutes(MinutesFacts()), source, segments: segments)) { _ in }
        #expect(source.text.count >= 150_000)
        #expect(draft.coverage.map(\.passage) == Array(source.passages.indices))
        #expect(draft.coverage.allSatisfy { $0.use != .setAside || $0.reason != nil })
        let said = source.passages.filter { Terms.contentCount(source.text(in: $0.range)) > 0 }.map(\.number)
        #expect(Set(said).isSubset(of: Self.shown(model)))
        for request in model.requests {
            #expect(model.traits.tokens.tokens(in: request.messages) + request.answerTokens <= 4096)
        }
        #expect(model.mostRunning <= 4)
        print(
            "ten hours: \(source.text.count) characters, \(source.passages.count) passages,",
            "\(model.requests.count) requests, \(draft.claims.count) claims, \(model.mostRunning) at once")
    }

    @Test(.timeLimit(.minutes(20)))
    func `a summary of ten hours is joined in rounds and keeps its citations`() async throws {
        let (source, _) = try await Self.tenHours()
        let model = ScriptedChatModel(ScriptedResponder(), context: 4096, slots: 4)
        let draft = try await ChatFixture.engine(model)
            .draft(ChatFixture.request(.summary(length: 600), source)) { _ in }
        let merges = model.requests.filter { $0.purpose == "merge" }
        #expect(merges.count > 2)
        let claims = draft.claims
        #expect(claims.count > 1)
        #expect(claims.reduce(0) { $0 + $1.text.count } <= 600)
        for claim in claims {
            let cited = claim.citations.map { source.text(in: $0.span.range) }.joined()
            let (own, said) = (Terms.chinese(claim.text), Set(Terms.chinese(cited)))
            #expect(own.filter(said.contains).count * 2 > own.count, "\(claim.text)")
        }
    }

    // MARK: - Real meetings

    private struct Record: Decodable {
        struct Utterance: Decodable {
            var speaker: String?
            var text: String
        }

        var utterances: [Utterance]
    }

    @Test(
        .enabled(if: ReferenceData.isAvailable), .timeLimit(.minutes(20)),
        arguments: ["vcsum/meetings.zh-Hant", "qmsum/meetings"])
    func `the longest real meeting of a set is drafted with a small context, and nothing is lost`(
        set: String
    ) async throws {
        let records = try ReferenceData.lines("\(set).jsonl").map { try JSONDecoder().decode(Record.self, from: $0) }
        let record = try #require(
            records.max { left, right in
                func size(_ record: Record) -> Int { record.utterances.reduce(0) { $0 + $1.text.utf8.count } }
                return size(left) < size(right)
            })
        let isChinese = set.contains("zh")
        let source = ChatFixture.transcript(
            record.utterances.map { ($0.speaker ?? "甲", $0.text) }, language: isChinese ? "zh-Hant" : "en")
        let model = ScriptedChatModel(ScriptedResponder(), context: 4096, slots: 4)
        let draft = try await ChatFixture.engine(model)
            .draft(ChatFixture.request(.minutes(MinutesFacts()), source)) { _ in }
        #expect(draft.coverage.map(\.passage) == Array(source.passages.indices))
        let said = source.passages.filter { Terms.contentCount(source.text(in: $0.range)) > 0 }.map(\.number)
        #expect(Set(said).isSubset(of: Self.shown(model)))
        #expect(draft.claims.count > 10)
        #expect(draft.claims.filter { $0.derivation == .composed }.allSatisfy { !$0.citations.isEmpty })
    }

    // MARK: - Joining

    @Test func `a model that repeats all it is given cannot keep the joining from its end`() async throws {
        let echo = ScriptedChatModel(context: 2048) { messages in
            let lines = (messages.last?.text ?? "").split(separator: "\n").filter { $0.hasPrefix("[") }
            let claims = lines.map { line in
                let id = line.dropFirst().prefix { $0 != "]" }
                let text = line.drop { $0 != "：" && $0 != " " }.dropFirst().filter { $0 != "\"" && $0 != "\\" }
                return #"{"text":"\#(text)","passages":["\#(id)"]}"#
            }
            return #"{"claims":[\#(claims.joined(separator: ","))],"contradictions":[]}"#
        }
        let turns = (0..<160).map { ("局\($0)", "第\($0)件工程在第\($0 + 3)區已經完工，驗收日期另行通知各有關機關辦理。") }
        let source = ChatFixture.transcript(turns)
        let draft = try await ChatFixture.engine(echo).draft(ChatFixture.request(.summary(length: 300), source)) { _ in
        }
        #expect(!draft.claims.isEmpty)
        #expect(draft.coverage.count == 160)
        #expect(echo.requests.count < 120)
    }

    @Test func `parts that contradict each other are reported with both places`() async throws {
        let filler = (0..<60).map { ("民政局", "里民活動中心第\($0)處的修繕已經發包，預定年底以前完成，經費由第二預備金支應。") }
        let source = ChatFixture.transcript(
            [("主計處", "霧溪區污水下水道工程的預算是三千五百萬元，由本年度支應。")] + filler
                + [("工務局", "霧溪區污水下水道工程的預算是五千二百萬元，由本年度支應。")])
        let draft = try await ChatFixture.engine(ScriptedChatModel(ScriptedResponder(), context: 3000))
            .draft(ChatFixture.request(.summary(length: 400), source)) { _ in }
        let found = try #require(draft.remarks?.filter { $0.rule == "GEN-07" })
        let places = found.flatMap(\.place.spans).map { source.text(in: $0.range) }.joined()
        #expect(places.contains("三千五百萬") && places.contains("五千二百萬"))
        // Sentences that say the same of different matters are none.
        #expect(found.allSatisfy { $0.severity == .warning })
    }
}
