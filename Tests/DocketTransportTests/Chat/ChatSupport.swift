import DocketCore
import DocketTransport
import Foundation
import LoopbackEndpoint
import Synchronization

/// A clock that does not wait, and remembers for how long it was asked to.
struct PatientClock: Clock {
    typealias Instant = ContinuousClock.Instant

    final class Log: Sendable {
        let waits = Mutex<[Duration]>([])
        var all: [Duration] { waits.withLock { $0 } }
    }

    let log = Log()
    var now: Instant { .now }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let wait = deadline - .now
        log.waits.withLock { $0.append(wait) }
        try Task.checkCancellation()
        await Task.yield()
    }
}

/// The form that tests ask for: one title.
let titleSchema = AnswerSchema(
    name: "title",
    json: """
        {"type":"object","required":["title"],"additionalProperties":false,
         "properties":{"title":{"type":"string","maxLength":40}}}
        """)

let goodTitle = #"{"title":"第二次會議紀錄"}"#

func request(
    _ text: String = "請為這次會議擬一個標題。", schema: AnswerSchema? = titleSchema, answerTokens: Int = 200,
    script: ChatRequest.RequiredScript? = .traditional, classification: Classification = .public
) -> ChatRequest {
    ChatRequest(
        purpose: "test", messages: [ChatMessage(.system, "你是紀錄人員。"), ChatMessage(.user, text)],
        answerTokens: answerTokens, schema: schema, script: script, classification: classification)
}

func profile(
    _ server: LoopbackEndpoint?, name: String = "office", _ change: (inout EndpointProfile) -> Void = { _ in }
) -> EndpointProfile {
    var profile = EndpointProfile(name: name, baseURL: server?.baseURL ?? "http://127.0.0.1:1/v1", model: "tiny")
    profile.contextTokens = 8192
    change(&profile)
    return profile
}

/// A client of a server, which waits for nothing between tries.
func client(
    _ server: LoopbackEndpoint?, clock: PatientClock = PatientClock(),
    _ change: (inout EndpointProfile) -> Void = { _ in }
) throws -> EndpointClient {
    try EndpointClient(profile(server, change), http: HTTPClient(), clock: clock)
}
