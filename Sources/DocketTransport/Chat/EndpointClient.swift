internal import DocketCore
internal import DocketText
internal import Foundation
internal import Synchronization

/// A model behind one endpoint that speaks chat completions.
///
/// An answer is whole or there is none: it has a finish reason, its prompt was read in full, and it has the form and
/// the script that were asked for. What is wrong with an answer is told to the model once; what is wrong with the
/// server is tried again within the profile's limits. Everything else is a `ChatFailure`.
public final class EndpointClient: ChatModel {
    /// The profile, without its proxy.
    public let profile: EndpointProfile
    /// What is known of the model.
    public let traits: ModelTraits

    let http: HTTPClient
    let route: HTTPRoute
    let authorization: HiddenText?
    let gate: SlotGate
    let promptCount = PromptCount()
    let pause: @Sendable (Duration) async throws -> Void
    /// Place on the ladder of structured output; it only ever goes down.
    private let rung = Mutex(0)
    private let validators = Mutex<[AnswerSchema: SchemaValidator]>([:])

    /// A client of the endpoint that `profile` names.
    ///
    /// `environment` gives variables of the environment by name, for the key; `clock` is what waits between tries.
    /// - Throws: `TransportError` for an address, allow-list or key that cannot be used.
    public init(
        _ profile: EndpointProfile, http: HTTPClient, environment: (String) -> String? = { _ in nil },
        clock: some Clock<Duration> = ContinuousClock()
    ) throws(TransportError) {
        guard WebAddress(profile.baseURL) != nil else { throw .malformedAddress }
        var shown = profile
        // It may have a password in it, and is needed on the route alone.
        shown.proxy = nil
        self.profile = shown
        self.http = http
        authorization = try EndpointKey.authorization(for: profile.key, environment: environment)
        route = HTTPRoute(
            addresses: try AddressRule(allowing: profile.allow), socket: profile.socket,
            proxy: profile.proxy.map(HiddenText.init), authorities: profile.tls.authorities,
            certificate: profile.tls.certificate, certificateKey: profile.tls.key)
        gate = SlotGate(slots: profile.slots)
        pause = { try await clock.sleep(for: $0) }
        traits = ModelTraits(
            endpoint: profile.name, model: profile.model, contextTokens: profile.contextTokens,
            slots: max(profile.slots, 1), settingsDigest: profile.settingsDigest, tokens: profile.tokens,
            clearance: profile.clearance)
    }

    /// A whole answer to `request`.
    /// - Throws: `ChatFailure`, `CancellationError`.
    public func answer(
        to request: ChatRequest, onProgress: @escaping @Sendable (ChatProgress) -> Void
    ) async throws -> ChatAnswer {
        try admit(request)
        let validator = try request.schema.map { try self.validator(for: $0) }
        return try await gate.withSlot {
            var run = AnswerRun(client: self, request: request, validator: validator, onProgress: onProgress)
            return try await run.answer()
        }
    }

    /// Refuses what may not be sent, or would not fit.
    func admit(_ request: ChatRequest) throws(ChatFailure) {
        guard request.classification <= profile.clearance else {
            throw .refused(endpoint: profile.name, reason: .clearance(request.classification, profile.clearance))
        }
        let tokens = profile.tokens.tokens(in: request.messages)
        guard tokens + answerTokens(of: request) <= profile.contextTokens else {
            throw .contextExceeded(endpoint: profile.name, limit: profile.contextTokens)
        }
    }

    func answerTokens(of request: ChatRequest) -> Int {
        max(1, min(request.answerTokens, profile.limits.answerTokens))
    }

    private func validator(for schema: AnswerSchema) throws(ChatFailure) -> SchemaValidator {
        if let known = validators.withLock({ $0[schema] }) { return known }
        do {
            let validator = try SchemaValidator(schema)
            validators.withLock { $0[schema] = validator }
            return validator
        } catch {
            throw .refused(endpoint: profile.name, reason: .unknownSchema(schema.name, error.path))
        }
    }

    // MARK: The ladder of structured output

    /// The way of asking for JSON that is so many rungs below the one that the server is known to take.
    func way(_ below: Int = 0) -> EndpointProfile.StructuredOutput? {
        let ladder = profile.structuredOutput.isEmpty ? [.prompt] : profile.structuredOutput
        return rung.withLock { ladder.indices.contains($0 + below) ? ladder[$0 + below] : nil }
    }

    /// Keeps to a way from now on.
    func settle(on way: EndpointProfile.StructuredOutput) {
        guard let found = profile.structuredOutput.firstIndex(of: way) else { return }
        rung.withLock { $0 = max($0, found) }
    }

    // MARK: Requests

    /// A request to a path behind the base address, or, with `root`, behind the host.
    func request(
        _ method: HTTPRequest.Method, _ path: String, root: Bool = false, body: [UInt8]? = nil,
        limits: HTTPLimits? = nil
    ) -> HTTPRequest {
        var base = profile.baseURL
        while base.hasSuffix("/") { base.removeLast() }
        if root, let address = WebAddress(base) { base = address.origin }
        return HTTPRequest(
            method, base + path, headers: body == nil ? [] : [HTTPHeader("Content-Type", "application/json")],
            authorization: authorization, body: body, route: route, limits: limits ?? profile.limits.http)
    }
}

extension EndpointProfile {
    /// Digest of all settings that change answers.
    var settingsDigest: SHA256Digest {
        var settings: [String: JSONValue] = [
            "kind": .string(kind.rawValue), "prompts": .number(Double(AnswerPrompts.version)),
            "ladder": .array(structuredOutput.map { .string($0.rawValue) }),
            "temperature": .number(sampling.temperature), "answerTokens": .number(Double(limits.answerTokens)),
            "contextTokens": .number(Double(contextTokens)), "perWideCharacter": .number(tokens.perWideCharacter),
            "perASCIIByte": .number(tokens.perASCIIByte), "perMessage": .number(Double(tokens.perMessage)),
        ]
        settings["topP"] = sampling.topP.map { .number($0) }
        settings["seed"] = sampling.seed.map { .number(Double($0)) }
        return SHA256Digest(of: JSONValue.object(settings).text)
    }
}

extension EndpointProfile.Limits {
    /// The limits of one HTTP exchange.
    var http: HTTPLimits {
        HTTPLimits(
            connect: Self.duration(connectSeconds), firstByte: Self.duration(firstByteSeconds),
            idle: Self.duration(idleSeconds), total: Self.duration(totalSeconds), bodyBytes: max(answerBytes, 1024))
    }

    /// Seconds of a profile; what is no time is a millisecond, and nothing is longer than a week.
    static func duration(_ seconds: Double) -> Duration {
        .milliseconds(Int64((min(max(seconds.isFinite ? seconds : 0, 0.001), 604_800) * 1000).rounded()))
    }
}
