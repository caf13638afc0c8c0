import DocketCore
import DocketTransport
import Foundation
import LoopbackEndpoint
import Testing

/// A fault of an endpoint, and what Docket makes of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
    enum End: Sendable, Equatable {
        case answer
        case unavailable, contextExceeded, promptCut, incomplete, invalid, refused, rejected

        init(_ failure: ChatFailure) {
            self =
                switch failure {
                case .unavailable: .unavailable
                case .contextExceeded: .contextExceeded
                case .promptCut: .promptCut
                case .incomplete: .incomplete
                case .invalid: .invalid
                case .refused: .refused
                case .rejected: .rejected
                }
        }
    }

    var fault: String
    var end: End
    /// Chat requests that the server sees.
    var requests: Int
    var server = LoopbackEndpoint.Configuration()
    var request: ChatRequest = DocketTransportTests.request()
    var change: @Sendable (inout EndpointProfile) -> Void = { _ in }
    var reply: @Sendable (ChatCall) -> Reply = { _ in Reply(goodTitle) }

    var testDescription: String { fault }

    /// The fault at every request.
    static func always(
        _ fault: String, _ end: End, requests: Int, _ reply: Reply,
        _ change: @escaping @Sendable (inout EndpointProfile) -> Void = { _ in }
    ) -> FaultCase {
        FaultCase(fault: fault, end: end, requests: requests, change: change, reply: { _ in reply })
    }

    /// The fault at the first request, a good answer then.
    static func once(_ fault: String, _ reply: Reply) -> FaultCase {
        FaultCase(
            fault: fault + ", once", end: .answer, requests: 2,
            reply: { call in
                call.number == 0 ? reply : Reply(goodTitle)
            })
    }

    static let all: [FaultCase] = serverFaults + streamFaults + answerFaults + promptFaults + settingFaults
}

private func broken(_ fault: Reply.Fault) -> Reply { Reply(goodTitle, fault: fault) }

extension FaultCase {
    private static let serverFaults: [FaultCase] = [
        .once("429 with `Retry-After: 1`", broken(.status(429, retryAfter: "1"))),
        .always("429 with `Retry-After: 3600`", .unavailable, requests: 1, broken(.status(429, retryAfter: "3600"))),
        .always("429 each time", .unavailable, requests: 4, broken(.status(429))),
        .once("500", broken(.status(500))),
        .always("500 each time", .unavailable, requests: 4, broken(.status(500))),
        FaultCase(
            fault: "503 while the model is loaded, then an answer", end: .answer, requests: 6,
            server: .init(loadingRequests: 5)),
        .always("503 beyond `loadingSeconds`", .unavailable, requests: -1, broken(.loading)) {
            $0.limits.loadingSeconds = 0.2
        },
        .always("no answer within `firstByteSeconds`", .unavailable, requests: 1, Reply("", latency: .seconds(60))) {
            $0.limits.firstByteSeconds = 0.3
        },
        .always(
            "401: a wrong key", .rejected, requests: 1, broken(.status(401))),
        .always("404: no such model", .rejected, requests: 1, broken(.status(404))),
        .always(
            "400 for no reason that is known", .rejected, requests: 4, broken(.status(400))),
        FaultCase(
            fault: "`json_schema` is refused with 500 (llama_cpp.server); the next way of asking is taken",
            end: .answer,
            requests: 2, server: .init(dialect: .llamaCppPython)),
    ]

    private static let streamFaults: [FaultCase] = [
        .once("reset within the stream", broken(.reset(afterPieces: 1))),
        .always("reset within the stream each time", .incomplete, requests: 4, broken(.reset(afterPieces: 1))),
        .always("the stream ends in the middle", .incomplete, requests: 4, broken(.close(afterPieces: 1))),
        .always("nothing more for `idleSeconds`", .incomplete, requests: 2, broken(.stall(afterPieces: 1))) {
            ($0.limits.idleSeconds, $0.limits.retries) = (0.3, 1)
        },
        .always("one byte a second, beyond `totalSeconds`", .incomplete, requests: 1, broken(.trickle)) {
            ($0.limits.totalSeconds, $0.limits.idleSeconds) = (2.5, 2)
        },
        .once("an error within the stream", broken(.errorFrame(afterPieces: 2))),
        .always("an error within the stream each time", .incomplete, requests: 4, broken(.errorFrame(afterPieces: 2))),
        .always("no `[DONE]`, but a finish reason", .answer, requests: 1, broken(.missingDone)),
        .always("`[DONE]` without a finish reason", .incomplete, requests: 4, Reply(goodTitle, finishReason: nil)),
        .always("an empty stream with status 200", .incomplete, requests: 4, broken(.emptyStream)),
        .always("HTML with status 200", .invalid, requests: 2, broken(.html)),
        .always("fields of other types", .invalid, requests: 2, broken(.wrongTypes)),
        .always("200 MB", .invalid, requests: 1, broken(.huge(bytes: 200_000_000))) {
            $0.limits.answerBytes = 262_144
        },
        .always(
            "plain text with status 200", .invalid, requests: 2,
            broken(.answer(200, contentType: "text/plain", body: "Internal Server Error"))),
    ]

    private static let answerFaults: [FaultCase] = [
        .always("`<think>` in the text", .answer, requests: 1, Reply("<think>先想一想 {</think>\(goodTitle)")),
        .always("thoughts in a field of their own", .answer, requests: 1, Reply(goodTitle, reasoning: "先想一想")),
        .always(
            "the limit of tokens is reached among the thoughts", .incomplete, requests: 2,
            Reply("", reasoning: "先想一想", finishReason: "length")),
        .always(
            "JSON cut at the limit of tokens", .incomplete, requests: 2, Reply(#"{"title":"第"#, finishReason: "length")),
        .once("words instead of JSON", Reply("好的，標題如下：第二次會議")),
        .always("words instead of JSON each time", .invalid, requests: 2, Reply("好的，標題如下：第二次會議")),
        .once("JSON that breaks the schema", Reply(#"{"headline":"第二次會議"}"#)),
        .always("JSON that breaks the schema each time", .invalid, requests: 2, Reply(#"{"title":7}"#)),
        .once("Simplified script where Traditional was asked for", Reply(#"{"title":"会议记录与发言"}"#)),
        .always(
            "Simplified script each time", .invalid, requests: 2, Reply(#"{"title":"会议记录与发言"}"#)),
        .always(
            "the same words without end", .invalid, requests: 2,
            Reply(String(repeating: "各位委員大家好，", count: 5000), pieceDelay: .milliseconds(1))),
        .always("a filter ends the answer", .invalid, requests: 1, Reply("", finishReason: "content_filter")),
    ]

    private static let longPrompt = DocketTransportTests.request(String(repeating: "會議討論預算執行情形。", count: 300))

    private static let promptFaults: [FaultCase] = [
        FaultCase(
            fault: "the prompt is cut in silence (Ollama)", end: .promptCut, requests: 1,
            server: .init(dialect: .ollama, contextTokens: 1024), request: longPrompt),
        FaultCase(
            fault: "the prompt is over the server's context (llama.cpp)", end: .contextExceeded, requests: 1,
            server: .init(dialect: .llamaCpp, contextTokens: 1024), request: longPrompt),
        FaultCase(
            fault: "the same, hidden in an empty stream (llama_cpp.server)", end: .contextExceeded, requests: 3,
            server: .init(dialect: .llamaCppPython, contextTokens: 1024), request: longPrompt),
        FaultCase(
            fault: "the same (vLLM)", end: .contextExceeded, requests: 1,
            server: .init(dialect: .vllm, contextTokens: 1024), request: longPrompt),
        FaultCase(
            fault: "the same (LM Studio)", end: .contextExceeded, requests: 1,
            server: .init(dialect: .lmStudio, contextTokens: 1024), request: longPrompt),
    ]

    private static let settingFaults: [FaultCase] = [
        FaultCase(
            fault: "the content is above the endpoint's clearance", end: .refused, requests: 0,
            request: DocketTransportTests.request(classification: .restricted)),
        FaultCase(
            fault: "the prompt is over `contextTokens`", end: .contextExceeded, requests: 0, request: longPrompt,
            change: { $0.contextTokens = 1024 }),
        FaultCase(
            fault: "the address is not on the allow-list", end: .refused, requests: 0,
            change: { $0.baseURL = "http://192.0.2.1:8080/v1" }),
        FaultCase(
            fault: "nothing listens", end: .unavailable, requests: 0, change: { $0.baseURL = "http://127.0.0.1:1/v1" }),
        FaultCase(
            fault: "a redirect to another server", end: .invalid, requests: 1,
            server: .init(page: { _ in .page(307, "", headers: ["Location: http://192.0.2.1/"]) })),
    ]
}
