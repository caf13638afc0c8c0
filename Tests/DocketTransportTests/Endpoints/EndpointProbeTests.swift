import DocketCore
import Foundation
import LoopbackEndpoint
import Testing

@testable import DocketTransport

@Suite struct EndpointProbeTests {
    private static let good: @Sendable (ChatCall) -> Reply = { call in
        call.schema == nil
            ? Reply("會議紀錄用以記載討論與決議。", pieceDelay: .milliseconds(5)) : Reply(#"{"code":"K7-QX-31"}"#)
    }

    /// State of every check of a server.
    private func states(
        _ configuration: LoopbackEndpoint.Configuration = .init(),
        _ change: (inout EndpointProfile) -> Void = { _ in },
        answer: @escaping @Sendable (ChatCall) -> Reply = EndpointProbeTests.good
    ) async throws -> [EndpointProbe.Check: EndpointProbe.Result] {
        let server = try LoopbackEndpoint(configuration, answer: answer)
        defer { server.stop() }
        let results = try await EndpointProbe(client(server, change)).run()
        #expect(results.map(\.check) == EndpointProbe.Check.allCases)
        for result in results {
            for line in [result.message.zhHant, result.message.en] {
                #expect(!line.isEmpty && !line.contains("\n") && !line.contains("/srv/"))
            }
        }
        return Dictionary(uniqueKeysWithValues: results.map { ($0.check, $0) })
    }

    @Test func `a good server is found good in everything`() async throws {
        let found = try await states { $0.contextTokens = 4096 }
        #expect(found.values.allSatisfy { $0.state == .good })
        #expect(found[.context]?.message.en.contains("8192") == true)
    }

    @Test(arguments: [Dialect.llamaCpp, .vllm, .ollama, .lmStudio])
    func `a setting above the context that the server tells of is found`(dialect: Dialect) async throws {
        let found = try await states(.init(dialect: dialect, contextTokens: 2048)) { $0.contextTokens = 4096 }
        #expect(found[.context]?.state == .failed)
        #expect(found[.context]?.message.en.contains("set contextTokens to 2048") == true)
        let fits = try await states(.init(dialect: dialect, contextTokens: 4096)) { $0.contextTokens = 4096 }
        #expect(fits[.context]?.state == .good)
    }

    @Test func `a server that tells nothing leaves the setting trusted, with a warning`() async throws {
        let found = try await states(.init(dialect: .llamaCppPython))
        #expect(found[.context]?.state == .warning && found[.tokens]?.state == .warning)
        #expect(found[.structuredOutput]?.state == .good)
        #expect(found[.structuredOutput]?.message.en.contains("json_object_schema") == true)
        #expect(found[.model]?.state == .good)
    }

    @Test func `a model that is being loaded is waited for`() async throws {
        let found = try await states(.init(loadingRequests: 4))
        #expect(found[.model]?.state == .good)
        let never = try await states(.init(loadingRequests: .max)) { $0.limits.loadingSeconds = 0.2 }
        #expect(never[.reachable]?.state == .good && never[.model]?.state == .failed && never[.seed]?.state == .skipped)
    }

    @Test func `what cannot be reached is said, and nothing else looked at`() async throws {
        let results = try await EndpointProbe(client(nil)).run()
        #expect(results.map(\.state) == [.failed] + Array(repeating: .skipped, count: 6))
        #expect(results[0].message.en.contains("Nothing listens"))
        let locked = try await states(.init(key: "k"))
        #expect(locked[.reachable]?.state == .failed && locked[.reachable]?.message.en.contains("key") == true)
    }

    @Test func `a schema that is taken but not held to is a warning`() async throws {
        let found = try await states(answer: { call in
            let isRepair = call.messages.contains { $0.role == "assistant" }
            return Reply(call.schema == nil ? "好的。" : isRepair ? #"{"code":"K7-QX-31"}"# : #"{"code":"abc"}"#)
        })
        #expect(found[.structuredOutput]?.state == .warning)
    }

    @Test func `a seed that changes nothing is a warning`() async throws {
        let found = try await states(answer: { call in
            call.schema == nil ? Reply("第\(call.number)次的回覆。") : Reply(#"{"code":"K7-QX-31"}"#)
        })
        #expect(found[.seed]?.state == .warning)
        #expect(try await states { $0.sampling.seed = nil }[.seed]?.state == .skipped)
    }

    @Test func `a vocabulary that the weights do not cover is found`() async throws {
        let found = try await states(.init(tokens: { $0.utf8.count }))
        #expect(found[.tokens]?.state == .failed)
        let weights = TokenEstimate(perWideCharacter: 3, perASCIIByte: 1)
        #expect(try await states(.init(tokens: { $0.utf8.count })) { $0.tokens = weights }[.tokens]?.state == .good)
    }

    @Test func `a server of other models is asked for theirs`() async throws {
        let found = try await states(.init(model: "qwen2.5:7b"))
        #expect(found[.model]?.state == .warning && found[.model]?.message.en.contains("qwen2.5:7b") == true)
    }

    @Test func `speed is told from the first piece on`() async throws {
        let speed = EndpointProbe.Speed(firstPiece: .milliseconds(1500), total: .milliseconds(3500), tokens: 81)
        #expect(speed.tokensPerSecond == 40)
        #expect(LocalizedText.speed(speed).en == "First words after 1.5 s, then 40.0 tokens a second.")
        #expect(EndpointProbe.Speed(firstPiece: .seconds(1), total: .seconds(1), tokens: 1).tokensPerSecond == 0)
        let found = try await states(.init(latency: .milliseconds(200)))
        let line = try #require(found[.speed]).message.en
        let first = try #require(line.firstMatch(of: /after ([0-9.]+) s/).flatMap { Double($0.1) })
        #expect(first >= 0.2)
    }
}
