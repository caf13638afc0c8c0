import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketTransport

@Suite struct EventStreamParserTests {
    private static let stream =
        "\u{FEFF}data: {\"a\":\"議事\"}\r\n\r\n: comment\n\nevent: x\ndata:one\ndata: two\nid: 3\n\n\rdata\n\ndata: last\r\r"
    private static let events = ["{\"a\":\"議事\"}", "one\ntwo", "", "last"]

    @Test(arguments: 0..<100) func `events are the same wherever the stream is cut`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var rest = Array(Self.stream.utf8)[...]
        var parser = EventStreamParser()
        var found: [String] = []
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Int.random(in: 1...7, using: &generator)))
            rest = rest.dropFirst(piece.count)
            found += try parser.events(in: piece).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(found == Self.events)
        #expect(try parser.end() == nil)
    }

    @Test func `an event without its blank line is given at the end`() throws {
        var parser = EventStreamParser()
        #expect(try parser.events(in: Array("data: a\ndata: b".utf8)) == [])
        #expect(try parser.end() == Array("a\nb".utf8))
    }

    @Test func `lines and events are bounded`() {
        let long = Array("data: \(String(repeating: "a", count: 200))".utf8)
        #expect(throws: EventStreamParser.TooLong.self) {
            var parser = EventStreamParser(limit: 100)
            _ = try parser.events(in: long)
        }
        #expect(throws: EventStreamParser.TooLong.self) {
            var parser = EventStreamParser(limit: 100)
            for _ in 0..<20 { _ = try parser.events(in: Array("data: 1234567890\n".utf8)) }
        }
    }
}

@Suite struct ThoughtsTests {
    @Test(arguments: [
        ("plain", "plain"), ("<think>a</think>b", "b"), ("a<think>b</think>c<think>d</think>e", "ace"),
        ("a</think>b", "b"), ("<THINK>a</Think>b", "b"), ("<think>open", ""), ("x<think>open", "x"),
        ("<thinking>a<think>b</thinking>c", "c"), ("1 < 2 <b>", "1 < 2 <b>"), ("<think></think>", ""),
        ("<think>a</think>b</think>c", "bc"), ("想</think>議", "議"), ("<thin>a", "<thin>a"), ("a<", "a<"),
    ])
    func `thoughts are taken out`(text: String, rest: String) {
        #expect(Thoughts.removed(from: text) == rest)
    }

    @Test func `a text of nothing but marks costs no more than its length`() {
        let began = ContinuousClock.now
        #expect(Thoughts.removed(from: String(repeating: "<think></think>", count: 20_000)) == "")
        #expect(Thoughts.removed(from: String(repeating: "<think>", count: 20_000)) == "")
        #expect(ContinuousClock.now - began < .seconds(10))
    }
}

@Suite struct LoopDetectorTests {
    private func isLoop(_ text: String, pieces: Int = 3) -> Bool {
        var detector = LoopDetector()
        var rest = Substring(text)
        while !rest.isEmpty {
            if detector.add(rest.prefix(pieces)) { return true }
            rest = rest.dropFirst(pieces)
        }
        return false
    }

    @Test(arguments: ["\n", "啊", "各位委員大家好，", "{\"a\":1},", String(repeating: "決議照案通過", count: 40) + "。"])
    func `the same words without end are a loop, after whatever began the text`(unit: String) {
        #expect(isLoop("會議開始，主席致詞如下。" + String(repeating: unit, count: 400)))
    }

    @Test func `lists whose items differ are none`() {
        #expect(!isLoop((1...200).map { "第\($0)案：照案通過。\n" }.joined()))
        #expect(!isLoop((1...200).map { #"{"id":"P\#($0)","text":"照案通過"},"# }.joined()))
        #expect(!isLoop(String(repeating: "照案通過。", count: 7)))
    }

    @Test(.enabled(if: ReferenceData.isAvailable)) func `no real minutes are a loop`() throws {
        let folder = ReferenceData.url("taipei")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
        try #require(!files.isEmpty)
        for file in files.sorted().prefix(5) {
            // Files in other encodings are no text for this test.
            guard let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else { continue }
            #expect(!isLoop(String(text.prefix(6000)), pieces: 50), "\(file)")
        }
    }
}

@Suite struct ServerProblemTests {
    @Test(arguments: [
        (
            400,
            #"{"error":{"code":400,"message":"x","type":"exceed_context_size_error","n_prompt_tokens":9,"n_ctx":1024}}"#,
            ServerProblem.overflow(limit: 1024)
        ),
        (
            400,
            #"{"error":{"message":"x","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
            .overflow(limit: nil)
        ),
        (
            400,
            #"{"object":"error","message":"This model's maximum context length is 4096 tokens. However","type":"B","code":400}"#,
            .overflow(limit: 4096)
        ),
        (400, #"{"error":"tokens to keep is greater than the context length"}"#, .overflow(limit: nil)),
        (500, "Internal Server Error", .broken), (502, "<html>Bad Gateway</html>", .broken), (500, "", .broken),
        (503, #"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#, .loading),
        (429, "", .busy), (401, #"{"error":{"code":null}}"#, .unauthorized),
        (404, #"{"detail":"Not Found"}"#, .notFound),
        (400, #"{"error":"'response_format.type' must be 'json_schema'"}"#, .formatRefused),
        (
            500,
            #"{"error":{"message":"response_format.type Input should be 'text'","type":"e","param":null,"code":null}}"#,
            .formatRefused
        ),
        (400, #"{"error":{"message":["a"],"code":{}}}"#, .rejected), (422, "[]", .rejected), (400, "null", .rejected),
        (400, #"{"error":{"type":"exceed_context_size_error","n_ctx":-5}}"#, .overflow(limit: nil)),
    ])
    func `an error of any dialect is known by its meaning`(status: Int, body: String, problem: ServerProblem) {
        #expect(ServerProblem(status: status, body: Array(body.utf8)) == problem)
    }
}

@Suite struct PromptCountTests {
    private static let chinese = [ChatMessage(.user, String(repeating: "會議討論預算執行情形與追蹤事項。", count: 100))]
    private static let english = [
        ChatMessage(.user, String(repeating: "The committee discussed the budget and its follow-up. ", count: 60))
    ]

    @Test func `vocabularies of any kind are believed, a prompt cut to a fraction is not`() {
        let estimate = TokenEstimate()
        for messages in [Self.chinese, Self.english] {
            let estimated = estimate.tokens(in: messages)
            let characters = messages[0].text.count
            let densest = messages == Self.chinese ? characters / 2 : characters / 6
            #expect(!PromptCount().isCut(counted: densest, messages: messages, estimated: estimated))
            #expect(!PromptCount().isCut(counted: 3 * characters, messages: messages, estimated: estimated))
            #expect(PromptCount().isCut(counted: densest / 4, messages: messages, estimated: estimated))
        }
    }

    @Test func `an endpoint that has counted before is held to it`() {
        let estimated = TokenEstimate().tokens(in: Self.chinese)
        let half = estimated * 4 / 10
        let count = PromptCount()
        #expect(!count.isCut(counted: half, messages: Self.chinese, estimated: estimated))
        count.learn(counted: estimated * 6 / 10, messages: Self.chinese, estimated: estimated, context: estimated * 5)
        #expect(count.isCut(counted: half, messages: Self.chinese, estimated: estimated))
        #expect(!count.isCut(counted: estimated * 5 / 10, messages: Self.chinese, estimated: estimated))
        // Another mixture of scripts has another ratio, and is held to it less strictly.
        let other = TokenEstimate().tokens(in: Self.english)
        #expect(!count.isCut(counted: other * 4 / 10, messages: Self.english, estimated: other))
        #expect(count.isCut(counted: other * 3 / 10, messages: Self.english, estimated: other))
    }

    @Test func `no count, and short prompts, say nothing`() {
        #expect(!PromptCount().isCut(counted: 0, messages: Self.chinese, estimated: 2000))
        #expect(!PromptCount().isCut(counted: 1, messages: [ChatMessage(.user, "嗨")], estimated: 20))
    }

    @Test func `blanks in a row hardly count`() {
        #expect(PromptCount.least(in: String(repeating: " ", count: 10_000)) < 1)
    }
}

@Suite struct AnswerScriptTests {
    @Test(arguments: [
        ("會議紀錄與發言", false), ("会议记录与发言", true), ("{\"title\":\"会议记录\"}", true), ("The meeting", false), ("台北市", false),
        ("會議紀錄載明各單位應於期限內辦理，並將執行情形提報主席，引述「国务院」一詞。", false),
    ])
    func `Simplified script is told from a quoted word`(text: String, isSimplified: Bool) {
        #expect(AnswerScript.isSimplified(text) == isSimplified)
    }
}

@Suite struct SlotGateTests {
    @Test func `a cancelled wait takes no slot, and the order of the others stays`() async throws {
        let gate = SlotGate(slots: 1)
        let (held, release) = AsyncStream<Void>.makeStream()
        let first = Task { try await gate.withSlot { for await _ in held { break } } }
        _ = try await eventually { gate.free == 0 }
        let second = Task { try await gate.withSlot {} }
        _ = try await eventually { gate.waiting == 1 }
        let third = Task { try await gate.withSlot { "third" } }
        _ = try await eventually { gate.waiting == 2 }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(gate.free == 0 && gate.waiting == 1)
        release.yield()
        #expect(try await third.value == "third")
        try await first.value
        #expect(gate.free == 1 && gate.waiting == 0)
    }
}
