internal import DocketCore
internal import Foundation

/// The way to one answer: requests, tries and the one repair.
struct AnswerRun {
    let client: EndpointClient
    let request: ChatRequest
    let validator: SchemaValidator?
    let onProgress: @Sendable (ChatProgress) -> Void

    private let started = ContinuousClock.now
    private var requests = 0
    private var triesLeft: Int
    private var badFormsLeft = 1
    private var loadingUntil: ContinuousClock.Instant?
    private var hasRepaired = false
    /// Rungs of structured output that this request was refused on.
    private var below = 0
    /// An empty stream hides an error that a plain answer would show.
    private var isStream = true
    private var messages: [ChatMessage]

    init(
        client: EndpointClient, request: ChatRequest, validator: SchemaValidator?,
        onProgress: @escaping @Sendable (ChatProgress) -> Void
    ) {
        (self.client, self.request, self.validator) = (client, request, validator)
        self.onProgress = onProgress
        triesLeft = max(0, client.profile.limits.retries)
        messages = request.messages
    }

    private var name: String { client.profile.name }

    /// The answer.
    mutating func answer() async throws -> ChatAnswer {
        while true {
            let rung = client.way(below) ?? .prompt
            let sent = prompt(rung)
            requests += 1
            let outcome = try await ChatExchange(
                client: client, body: body(sent, rung), hasFormat: validator != nil && rung != .prompt,
                started: started, onProgress: onProgress
            ).outcome()
            switch outcome {
            case .answered(let raw):
                // The server has taken this form, and is asked in no stricter one any more.
                if below > 0 { (below, _) = (0, client.settle(on: rung)) }
                if let text = try judge(raw, rung, sent) { return answer(text, raw) }
            case .formatRefused(let failure):
                guard client.way(below + 1) != nil else { throw failure }
                below += 1
            case .loading(let failure): try await waitForModel(failure)
            case .again(let after, let failure): try await wait(after, failure)
            case .emptyStream(let failure):
                isStream = false
                try await wait(nil, failure)
            case .badForm(let failure):
                guard badFormsLeft > 0 else { throw failure }
                badFormsLeft -= 1
            case .failed(let failure): throw failure
            }
        }
    }

    private func answer(_ text: String, _ raw: RawAnswer) -> ChatAnswer {
        ChatAnswer(
            text: text, endpoint: name, promptTokens: raw.promptTokens, answerTokens: raw.answerTokens,
            requests: requests, duration: .now - started)
    }

    // MARK: Asking

    private func prompt(_ rung: EndpointProfile.StructuredOutput) -> [ChatMessage] {
        guard let validator, rung == .jsonObject || rung == .prompt else { return messages }
        return AnswerPrompts.telling(validator.json, to: messages)
    }

    private func body(_ sent: [ChatMessage], _ rung: EndpointProfile.StructuredOutput) -> [UInt8] {
        let format = validator.flatMap {
            ChatWire.format(rung, name: request.schema?.name ?? "answer", schema: $0.json)
        }
        return ChatWire.body(
            sent, profile: client.profile, answerTokens: client.answerTokens(of: request), format: format,
            isStream: isStream)
    }

    // MARK: Judging

    /// The text of a good answer; nil when another request is to be sent.
    private mutating func judge(
        _ raw: RawAnswer, _ rung: EndpointProfile.StructuredOutput, _ sent: [ChatMessage]
    ) throws -> String? {
        let estimated = client.profile.tokens.tokens(in: sent)
        if let counted = raw.promptTokens {
            guard !client.promptCount.isCut(counted: counted, messages: sent, estimated: estimated) else {
                throw ChatFailure.promptCut(endpoint: name, sent: estimated, counted: counted)
            }
        }
        let text: String
        switch verdict(raw, rung) {
        case .good(let good): text = good
        case .bad(let complaint, let answer):
            try mend(complaint, answer)
            return nil
        case .unusable(let failure): throw failure
        }
        if let counted = raw.promptTokens {
            client.promptCount.learn(
                counted: counted, messages: sent, estimated: estimated, context: client.profile.contextTokens)
        }
        return text
    }

    private enum Verdict {
        case good(String)
        case bad(AnswerPrompts.Complaint, String)
        case unusable(ChatFailure)
    }

    private func verdict(_ raw: RawAnswer, _ rung: EndpointProfile.StructuredOutput) -> Verdict {
        if raw.isLoop { return .bad(.loop, raw.text) }
        switch raw.finishReason {
        case "length": return .bad(.tooLong, raw.text)
        case "content_filter", "tool_calls", "function_call":
            return .unusable(.invalid(endpoint: name, reason: .otherEnd))
        default: break
        }
        guard let validator else {
            let text = Thoughts.removed(from: raw.text).trimmingCharacters(in: .whitespacesAndNewlines)
            guard !text.isEmpty else { return .unusable(.incomplete(endpoint: name, reason: .nothing)) }
            return isWrongScript(text) ? .bad(.simplified, text) : .good(text)
        }
        let isLoose = rung == .prompt || rung == .jsonObject
        let found =
            RawAnswer.json(in: raw.text, isLoose: false)
            ?? RawAnswer.json(in: Thoughts.removed(from: raw.text), isLoose: isLoose)
        guard let (text, value) = found else {
            let rest = Thoughts.removed(from: raw.text).trimmingCharacters(in: .whitespacesAndNewlines)
            return .bad(.notJSON, rest)
        }
        let violations = validator.violations(in: value)
        if !violations.isEmpty { return .bad(.violations(violations), text) }
        return isWrongScript(text) ? .bad(.simplified, text) : .good(text)
    }

    private func isWrongScript(_ text: String) -> Bool {
        request.script == .traditional && AnswerScript.isSimplified(text)
    }

    /// Asks for a better answer, once.
    private mutating func mend(_ complaint: AnswerPrompts.Complaint, _ answer: String) throws {
        guard !hasRepaired else { throw failure(of: complaint) }
        hasRepaired = true
        let room = client.profile.contextTokens - client.answerTokens(of: request)
        for kept in [answer, ""] {
            let mended = AnswerPrompts.mending(complaint, answer: kept, messages: request.messages)
            guard client.profile.tokens.tokens(in: mended) <= room else { continue }
            messages = mended
            return
        }
        throw failure(of: complaint)
    }

    private func failure(of complaint: AnswerPrompts.Complaint) -> ChatFailure {
        switch complaint {
        case .tooLong: .incomplete(endpoint: name, reason: .tooLong)
        case .notJSON: .invalid(endpoint: name, reason: .notJSON)
        case .violations: .invalid(endpoint: name, reason: .notBySchema)
        case .loop: .invalid(endpoint: name, reason: .loop)
        case .simplified: .invalid(endpoint: name, reason: .simplified)
        }
    }

    // MARK: Waiting

    /// Longest wait for one more try; what asks for more is better tried by somebody else meanwhile.
    private static let longestWait = Duration.seconds(60)

    private mutating func wait(_ after: Duration?, _ failure: ChatFailure) async throws {
        guard triesLeft > 0, (after ?? .zero) <= Self.longestWait else { throw failure }
        let tried = max(0, client.profile.limits.retries) - triesLeft
        triesLeft -= 1
        try await client.pause(after ?? .milliseconds(500 << min(tried, 6)))
    }

    private mutating func waitForModel(_ failure: ChatFailure) async throws {
        let limit = EndpointProfile.Limits.duration(client.profile.limits.loadingSeconds)
        let end = loadingUntil ?? .now + limit
        loadingUntil = end
        guard ContinuousClock.now < end else { throw failure }
        try await client.pause(.milliseconds(min(250 * requests, 2000)))
    }
}
