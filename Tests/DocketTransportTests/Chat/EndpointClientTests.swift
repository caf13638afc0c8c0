import DocketCore
import DocketText
import Foundation
import LoopbackEndpoint
import Synchronization
import Testing

@testable import DocketTransport

@Suite struct EndpointClientTests {
    @Test func `what is asked is what the profile and the request say`() async throws {
        let calls = Mutex<[ChatCall]>([])
        let server = try LoopbackEndpoint { call in
            calls.withLock { $0.append(call) }
            return Reply(goodTitle)
        }
        defer { server.stop() }
        let client = try client(server) {
            ($0.model, $0.sampling) = ("qwen", .init(temperature: 0.25, topP: 0.5, seed: 99))
        }
        _ = try await client.answer(to: request("問題\u{1F600}\"\\\n", answerTokens: 77))
        let call = try #require(calls.withLock { $0.first })
        #expect(call.model == "qwen" && call.seed == 99 && call.temperature == 0.25 && call.maxTokens == 77)
        #expect(call.isStream && call.includesUsage && call.format == "json_schema")
        #expect(call.messages.map(\.role) == ["system", "user"])
        #expect(call.question == "問題\u{1F600}\"\\\n")
        let sent = try JSONParser.value(of: Array(try #require(call.schema)))
        #expect(try sent == JSONParser.value(of: Array(titleSchema.json.utf8)))
    }

    @Test(arguments: Dialect.allCases) func `every dialect gives the same answer`(dialect: Dialect) async throws {
        let server = try LoopbackEndpoint(.init(dialect: dialect)) { _ in
            Reply("<think>想</think>摘要：\u{1F469}\u{200D}\u{2696}\u{FE0F}決議照案通過。", reasoning: "先想", pieceLength: 1)
        }
        defer { server.stop() }
        let answer = try await client(server).answer(to: request(schema: nil))
        #expect(answer.text == "摘要：\u{1F469}\u{200D}\u{2696}\u{FE0F}決議照案通過。")
        #expect((answer.promptTokens == nil) == (dialect == .llamaCppPython))
    }

    @Test func `the way that a server takes is kept for the next request`() async throws {
        let server = try LoopbackEndpoint(.init(dialect: .llamaCppPython)) { _ in Reply(goodTitle) }
        defer { server.stop() }
        let client = try client(server)
        for _ in 0..<3 { _ = try await client.answer(to: request()) }
        #expect(server.record.chats.count == 4)
        #expect(client.way() == .jsonObjectWithSchema)
    }

    @Test func `a server that knows no structured output is told the form in words`() async throws {
        let calls = Mutex<[ChatCall]>([])
        let server = try LoopbackEndpoint { call in
            calls.withLock { $0.append(call) }
            let refusal = #"{"error":"'response_format' is not supported"}"#
            guard call.format == nil else {
                return Reply("", fault: .answer(400, contentType: "application/json", body: refusal))
            }
            return Reply("好的：\n```json\n\(goodTitle)\n```\n以上。")
        }
        defer { server.stop() }
        let client = try client(server)
        #expect(try await client.answer(to: request()).text == goodTitle)
        #expect(calls.withLock { $0.map(\.format) } == ["json_schema", "json_object", "json_object", nil])
        #expect(calls.withLock { $0.last?.messages.first?.text.contains("maxLength") } == true)
        #expect(client.way() == .prompt)
    }

    @Test func `the one repair tells what was wrong, and shows the answer`() async throws {
        let calls = Mutex<[ChatCall]>([])
        let server = try LoopbackEndpoint { call in
            calls.withLock { $0.append(call) }
            return Reply(call.number == 0 ? #"{"title":5}"# : goodTitle)
        }
        defer { server.stop() }
        _ = try await client(server).answer(to: request())
        let repair = try #require(calls.withLock { $0.last })
        #expect(repair.messages.map(\.role) == ["system", "user", "assistant", "user"])
        #expect(repair.messages[2].text == #"{"title":5}"#)
        #expect(repair.question.contains("$.title: type string"))
    }

    @Test func `Retry-After is waited for, and waits grow without it`() async throws {
        let clock = PatientClock()
        let server = try LoopbackEndpoint { call in
            switch call.number {
            case 0: Reply("", fault: .status(429, retryAfter: "17"))
            case 1, 2: Reply("", fault: .status(500))
            default: Reply(goodTitle)
            }
        }
        defer { server.stop() }
        _ = try await client(server, clock: clock).answer(to: request())
        let waits = clock.log.all.map { ($0 / .milliseconds(100)).rounded() }
        #expect(waits == [170, 10, 20])
    }

    @Test func `a date in Retry-After is a wait until then`() {
        let now = Date(timeIntervalSince1970: 1_445_412_480 - 30)
        #expect(RetryAfter.duration("Wed, 21 Oct 2015 07:28:00 GMT", now: now) == .seconds(30))
        #expect(RetryAfter.duration("-5", now: now) == .zero)
        #expect(RetryAfter.duration("1e300", now: now) == .seconds(604_800))
        #expect(RetryAfter.duration("soon", now: now) == nil)
        #expect(RetryAfter.duration("nan", now: now) == nil)
    }

    @Test func `cancelling frees the server's slot within a second`() async throws {
        let server = try LoopbackEndpoint(.init(slots: 1)) { call in
            call.question == "long"
                ? Reply(String(repeating: "x y z ", count: 9), pieceDelay: .seconds(5)) : Reply(goodTitle)
        }
        defer { server.stop() }
        let client = try client(server) { $0.slots = 2 }
        let task = Task { try await client.answer(to: request("long", schema: nil)) }
        _ = try await eventually { server.record.mostBusy == 1 }
        let cancelled = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await client.answer(to: request()).text == goodTitle)
        let seen = try #require(server.record.chats.first?.disconnected)
        #expect(seen - cancelled < .seconds(1))
    }

    @Test func `no more requests run at once than the profile has slots`() async throws {
        let server = try LoopbackEndpoint(.init(slots: 20, latency: .milliseconds(20))) { _ in Reply(goodTitle) }
        defer { server.stop() }
        let client = try client(server) { $0.slots = 3 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<30 { group.addTask { _ = try await client.answer(to: request()) } }
            try await group.waitForAll()
        }
        #expect(server.record.mostBusy == 3)
        #expect(server.record.connections <= 4)
    }

    @Test func `progress counts the pieces as they come`() async throws {
        let server = try LoopbackEndpoint { _ in Reply("一二三四五六七八", pieceDelay: .milliseconds(15), pieceLength: 2) }
        defer { server.stop() }
        let seen = Mutex<[Int]>([])
        _ = try await client(server).answer(to: request(schema: nil)) { progress in
            seen.withLock { $0.append(progress.pieces) }
        }
        let pieces = seen.withLock { $0 }
        #expect(pieces.last == 4 && pieces.count >= 3 && pieces == pieces.sorted())
    }

    @Test func `a schema that cannot be checked is refused before anything is sent`() async throws {
        let server = try LoopbackEndpoint { _ in Reply("{}") }
        defer { server.stop() }
        let schema = AnswerSchema(name: "s", json: #"{"type":"object","not":{}}"#)
        let error = await #expect(throws: ChatFailure.self) {
            try await client(server).answer(to: request(schema: schema))
        }
        #expect(error.map { FaultCase.End($0) } == .refused)
        #expect(server.record.requests.isEmpty)
    }

    @Test func `settings that change answers change the digest, others do not`() throws {
        let base = profile(nil).settingsDigest
        #expect(profile(nil) { $0.slots = 9 }.settingsDigest == base)
        #expect(profile(nil) { $0.baseURL = "http://127.0.0.2/v1" }.settingsDigest == base)
        let changes: [(inout EndpointProfile) -> Void] = [
            { $0.sampling.seed = nil }, { $0.sampling.temperature = 1 }, { $0.sampling.topP = 1 },
            { $0.structuredOutput = [.prompt] }, { $0.tokens.perASCIIByte = 1 }, { $0.limits.answerTokens = 5 },
        ]
        let digests = changes.map { profile(nil, $0).settingsDigest }
        #expect(Set(digests + [base]).count == changes.count + 1)
    }
}

@Suite struct SecretTests {
    private static let key = "sk-Wunderbar-1234567890"

    @Test func `a key of a file or a variable reaches the server and nothing else`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)")
        try "\(Self.key)\r\nsecond line\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }  // The system clears what is left.
        for secret in [EndpointProfile.Secret(file: file.path), .init(environment: "DOCKET_TEST_KEY")] {
            let server = try LoopbackEndpoint(.init(key: Self.key)) { _ in Reply(goodTitle, finishReason: nil) }
            defer { server.stop() }
            var profile = profile(server)
            (profile.key, profile.limits.retries) = (secret, 0)
            let client = try EndpointClient(
                profile, http: HTTPClient(), environment: { $0 == "DOCKET_TEST_KEY" ? Self.key : nil })
            let error = await #expect(throws: ChatFailure.self) { try await client.answer(to: request()) }
            #expect(error.map { FaultCase.End($0) } == .incomplete)
            #expect(server.record.chats.first?.call.headers["authorization"] == "Bearer \(Self.key)")
            var texts = [
                "\(client)", "\(client.traits)", "\(profile)", String(reflecting: client),
                "\(String(describing: error))",
            ]
            for value in [client, client.traits, profile, error as Any, client.request(.get, "/x")] as [Any] {
                var dumped = ""
                dump(value, to: &dumped)
                texts += [dumped, "\(value)"]
            }
            texts.append(String(decoding: try JSONEncoder().encode(profile), as: UTF8.self))
            for text in texts { #expect(!text.contains("Wunderbar")) }
        }
    }

    @Test(arguments: [
        EndpointProfile.Secret(file: "/nowhere/key"), .init(environment: "NOT_SET"), .init(),
        .init(environment: "BLANK"),
    ])
    func `a key that is not there is said to be missing`(secret: EndpointProfile.Secret) {
        var profile = profile(nil)
        profile.key = secret
        #expect(throws: TransportError.unreadableFile(.secret)) {
            try EndpointClient(profile, http: HTTPClient(), environment: { $0 == "BLANK" ? " \n" : nil })
        }
    }
}
