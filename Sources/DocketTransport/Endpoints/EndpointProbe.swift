public import DocketCore
internal import DocketText
internal import Foundation
internal import Synchronization

/// Looks at an endpoint as `docket doctor` shows it: is it there, is its model loaded, does it do what its profile
/// says.
///
/// What a server tells about itself is a hint; what it does with a request counts.
public struct EndpointProbe: Sendable {
    /// One thing that was looked at.
    public struct Result: Sendable, Equatable {
        /// What was looked at.
        public var check: Check
        /// How it stands.
        public var state: State
        /// What was found, and, unless all is well, what to do.
        public var message: LocalizedText
    }

    /// What is looked at, in this order.
    public enum Check: String, Sendable, Codable, CaseIterable {
        case reachable, model, context, tokens, structuredOutput, speed, seed
    }

    /// How a thing stands.
    public enum State: String, Sendable, Codable {
        case good, warning, failed, skipped
    }

    /// Speed as measured.
    public struct Speed: Sendable, Equatable {
        /// Time to the first piece.
        public var firstPiece: Duration
        /// Tokens a second after it.
        public var tokensPerSecond: Double

        /// Speed of an answer of so many tokens that took `total`.
        init(firstPiece: Duration, total: Duration, tokens: Int) {
            self.firstPiece = firstPiece
            tokensPerSecond = Double(max(tokens - 1, 0)) / max((total - firstPiece) / .seconds(1), 0.001)
        }
    }

    let client: EndpointClient

    /// A probe of the endpoint behind `client`.
    public init(_ client: EndpointClient) { self.client = client }

    /// Looks at everything, and tells each result as it is known; the list is in the order of `Check`.
    /// - Throws: `CancellationError`.
    public func run(onResult: (Result) -> Void = { _ in }) async throws -> [Result] {
        var results: [Result] = []
        func note(_ check: Check, _ state: State, _ message: LocalizedText) {
            let result = Result(check: check, state: state, message: message)
            results.append(result)
            onResult(result)
        }
        func skipRest() -> [Result] {
            for check in Check.allCases.dropFirst(results.count) { note(check, .skipped, .skipped) }
            return results
        }
        let (listed, unreachable) = try await reach()
        if let unreachable {
            note(.reachable, .failed, unreachable)
            return skipRest()
        }
        note(.reachable, .good, .reached(client.profile.baseURL))
        switch try await sample() {
        case .failure(let failure):
            note(.model, .failed, failure.explanation)
            return skipRest()
        case .success(let sample):
            let isListed = listed.isEmpty || listed.contains(client.profile.model)
            note(.model, isListed ? .good : .warning, isListed ? .answers : .otherModels(listed))
            let context = try await contextResult()
            note(.context, context.0, context.1)
            let tokens = tokenResult(sample)
            note(.tokens, tokens.0, tokens.1)
            let structured = try await structuredResult()
            note(.structuredOutput, structured.0, structured.1)
            note(.speed, .good, .speed(sample.speed))
            let seed = try await seedResult(sample)
            note(.seed, seed.0, seed.1)
            return results
        }
    }

    // MARK: Reaching it

    /// Models that the server lists, or why it cannot be reached.
    private func reach() async throws -> ([String], LocalizedText?) {
        do {
            let (status, value) = try await page(client.request(.get, "/models", limits: Self.shortLimits(client)))
            if status == 401 || status == 403 { return ([], .unauthorized) }
            let names = (value?["data"]?.array ?? []).compactMap { $0["id"]?.string }
            return (names.filter(Self.isShown), nil)
        } catch let error as TransportError {
            return ([], error.explanation)
        }
    }

    /// Names that may be paths of the server's disk are not shown.
    private static func isShown(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64 && !name.hasPrefix("/") && !name.hasSuffix(".gguf")
            && name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F && $0 != "\\" }
    }

    static func shortLimits(_ client: EndpointClient) -> HTTPLimits {
        var limits = client.profile.limits.http
        (limits.firstByte, limits.idle, limits.total) = (.seconds(15), .seconds(10), .seconds(30))
        limits.bodyBytes = 4 << 20
        return limits
    }

    /// Status and JSON of a page; no JSON is nil.
    func page(_ request: HTTPRequest) async throws -> (Int, JSONValue?) {
        let response = try await client.http.send(request)
        let bytes = try await response.body.bytes()
        // A page that is no JSON says nothing.
        return (response.status, try? JSONParser.value(of: bytes))
    }

    // MARK: A sample answer

    struct Sample: Sendable {
        var raw: RawAnswer
        var speed: Speed
        var messages: [ChatMessage]
    }

    private static let messages = [
        ChatMessage(.system, "You are a minute taker. 你是會議紀錄人員。"),
        ChatMessage(
            .user,
            "請用一段話說明會議紀錄的用途，並以英文重述一次。The minutes of a meeting record who attended, what was discussed, what was"
                + " decided, and who is to do what by when. 會議紀錄應載明會議名稱、時間、地點、主席、出席人員、列席人員、紀錄、報告事項、"
                + "討論事項、決議、臨時動議及散會時間，並分送有關機關與人員。"),
    ]

    /// One answer as it comes, with its times; a server that loads its model is waited for.
    private func sample() async throws -> Swift.Result<Sample, ChatFailure> {
        let until = ContinuousClock.now + EndpointProfile.Limits.duration(client.profile.limits.loadingSeconds)
        while true {
            switch try await ask(temperature: client.profile.sampling.temperature) {
            case .success(let sample): return .success(sample)
            case .failure(let outcome):
                switch outcome {
                case .loading(let failure):
                    guard ContinuousClock.now < until else { return .failure(failure) }
                    try await client.pause(.milliseconds(500))
                case .again(_, let failure), .formatRefused(let failure), .emptyStream(let failure),
                    .badForm(let failure), .failed(let failure):
                    return .failure(failure)
                case .answered: return .failure(.incomplete(endpoint: client.profile.name, reason: .nothing))
                }
            }
        }
    }

    private enum Asked {
        case success(Sample)
        case failure(ChatExchange.Outcome)
    }

    private func ask(temperature: Double) async throws -> Asked {
        var profile = client.profile
        profile.sampling.temperature = temperature
        let body = ChatWire.body(
            Self.messages, profile: profile, answerTokens: min(96, profile.limits.answerTokens), format: nil,
            isStream: true)
        let started = ContinuousClock.now
        let first = Mutex<Duration?>(nil)
        let outcome = try await ChatExchange(client: client, body: body, hasFormat: false, started: started) {
            progress in
            first.withLock { $0 = $0 ?? progress.elapsed }
        }.outcome()
        guard case .answered(let raw) = outcome else { return .failure(outcome) }
        let total = ContinuousClock.now - started
        let firstPiece = first.withLock { $0 } ?? total
        let speed = Speed(firstPiece: firstPiece, total: total, tokens: raw.answerTokens ?? raw.pieces)
        return .success(Sample(raw: raw, speed: speed, messages: Self.messages))
    }

    // MARK: What it does with it

    private func tokenResult(_ sample: Sample) -> (State, LocalizedText) {
        guard let counted = sample.raw.promptTokens, counted > 0 else { return (.warning, .noUsage) }
        let estimated = client.profile.tokens.tokens(in: sample.messages)
        if client.promptCount.isCut(counted: counted, messages: sample.messages, estimated: estimated) {
            return (.failed, .promptCut(estimated, counted))
        }
        guard counted <= estimated else { return (.failed, .underestimated(estimated, counted)) }
        return (.good, .estimate(estimated, counted))
    }

    /// A code that no model writes unless its output is held to the schema.
    private static let schema = AnswerSchema(
        name: "probe",
        json:
            #"{"type":"object","required":["code"],"additionalProperties":false,"properties":{"code":{"enum":["K7-QX-31"]}}}"#
    )

    private func structuredResult() async throws -> (State, LocalizedText) {
        let before = client.profile.structuredOutput.firstIndex(of: client.way() ?? .prompt) ?? 0
        let request = ChatRequest(
            purpose: "probe", messages: [ChatMessage(.user, "Write a short code as JSON. 請以 JSON 輸出一個短代碼。")],
            answerTokens: 64, schema: Self.schema, classification: .public)
        do {
            let answer = try await client.answer(to: request)
            let way = client.way() ?? .prompt
            let after = client.profile.structuredOutput.firstIndex(of: way) ?? 0
            if way == .prompt { return (.warning, .inWords) }
            let isHeld = answer.requests == 1 + after - before
            return (isHeld ? .good : .warning, isHeld ? .held(way) : .notHeld(way))
        } catch let failure as ChatFailure {
            return (.failed, failure.explanation)
        }
    }

    private func seedResult(_ sample: Sample) async throws -> (State, LocalizedText) {
        guard client.profile.sampling.seed != nil else { return (.skipped, .noSeed) }
        var texts: [String] = []
        for _ in 0..<2 {
            guard case .success(let sample) = try await ask(temperature: 1) else { return (.warning, .seedUnknown) }
            texts.append(sample.raw.text)
        }
        return texts[0] == texts[1] ? (.good, .seedHeld) : (.warning, .seedIgnored)
    }
}
