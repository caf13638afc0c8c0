internal import DocketCore
internal import DocketText
internal import Foundation

/// One chat request on the wire, and what became of it.
struct ChatExchange {
    let client: EndpointClient
    let body: [UInt8]
    /// True when the request asks for structured output by a field of its own.
    let hasFormat: Bool
    let started: ContinuousClock.Instant
    let onProgress: @Sendable (ChatProgress) -> Void

    enum Outcome {
        case answered(RawAnswer)
        /// The server does not take this form of structured output, or so it seems.
        case formatRefused(ChatFailure)
        case loading(ChatFailure)
        case again(after: Duration?, ChatFailure)
        case emptyStream(ChatFailure)
        /// The answer is not of the wire's form; worth one more try.
        case badForm(ChatFailure)
        case failed(ChatFailure)
    }

    private var name: String { client.profile.name }

    /// Bytes of an error that are read.
    private static let errorBytes = 64 << 10

    func outcome() async throws -> Outcome {
        do {
            let response = try await client.http.send(
                client.request(.post, "/chat/completions", body: body))
            guard response.status == 200 else { return try await refusal(response) }
            return try await answer(response.body, type: response.header("content-type") ?? "")
        } catch let error as TransportError {
            return outcome(of: error)
        }
    }

    // MARK: Refusals

    private func refusal(_ response: HTTPResponse) async throws -> Outcome {
        var bytes: [UInt8] = []
        for try await piece in response.body {
            bytes += piece
            if bytes.count > Self.errorBytes { break }
        }
        return refusal(ServerProblem(status: response.status, body: bytes), response)
    }

    private func refusal(_ problem: ServerProblem, _ response: HTTPResponse) -> Outcome {
        let status = response.status
        let after = response.header("retry-after").flatMap { RetryAfter.duration($0, now: Date()) }
        let unavailable = ChatFailure.unavailable(endpoint: name, reason: .status(status), retryAfter: after)
        switch problem {
        case .overflow(let limit): return .failed(.contextExceeded(endpoint: name, limit: limit))
        case .loading:
            return .loading(.unavailable(endpoint: name, reason: .loading, retryAfter: after))
        case .busy:
            return .again(after: after, .unavailable(endpoint: name, reason: .busy, retryAfter: after))
        case .formatRefused where hasFormat:
            return .formatRefused(.rejected(endpoint: name, status: status, reason: .notTaken))
        case .broken, .formatRefused: return .again(after: after, unavailable)
        case .unauthorized: return .failed(.rejected(endpoint: name, status: status, reason: .unauthorized))
        case .notFound: return .failed(.rejected(endpoint: name, status: status, reason: .notFound))
        case .rejected:
            // Some servers do not say what it is that they do not take.
            let failure = ChatFailure.rejected(endpoint: name, status: status, reason: .notTaken)
            return hasFormat ? .formatRefused(failure) : .failed(failure)
        }
    }

    private func outcome(of error: TransportError) -> Outcome {
        let reason = error.clause
        switch error {
        case .cut(_, let bytes):
            return .again(
                after: nil,
                bytes == 0
                    ? .unavailable(endpoint: name, reason: reason, retryAfter: nil)
                    : .incomplete(endpoint: name, reason: reason))
        case .timedOut(_, .idle, _): return .again(after: nil, .incomplete(endpoint: name, reason: reason))
        case .timedOut(_, .total, _): return .failed(.incomplete(endpoint: name, reason: reason))
        case .connectionRefused, .unresolved, .unreachable, .timedOut, .proxyFailed, .closed, .other:
            return .failed(.unavailable(endpoint: name, reason: reason, retryAfter: nil))
        case .bodyTooLarge, .headTooLarge, .redirectRefused, .encodingRefused, .notHTTP:
            return .failed(.invalid(endpoint: name, reason: reason))
        case .addressRefused, .malformedAddress, .malformedRule, .malformedHeader, .unreadableFile, .insecure:
            return .failed(.refused(endpoint: name, reason: reason))
        }
    }

    // MARK: Answers

    private enum Form { case stream, json, html, unknown }

    private static func form(_ type: String, _ first: [UInt8]) -> Form {
        let type = type.lowercased()
        if type.contains("event-stream") { return .stream }
        if type.contains("json") { return .json }
        if type.contains("html") { return .html }
        // Servers that do not say are known by their first byte.
        switch first.first(where: { $0 > 0x20 }) {
        case UInt8(ascii: "{"): return .json
        case UInt8(ascii: "d"), UInt8(ascii: ":"), UInt8(ascii: "e"): return .stream
        case UInt8(ascii: "<"): return .html
        default: return .unknown
        }
    }

    private func answer(_ pieces: HTTPBody, type: String) async throws -> Outcome {
        var reader = AnswerReader()
        var form: Form?
        var whole: [UInt8] = []
        do {
            for try await piece in pieces {
                let known = form ?? Self.form(type, piece)
                form = known
                switch known {
                case .html, .unknown: return badForm(known == .html ? .page : .otherForm)
                case .json: whole += piece
                case .stream:
                    let before = reader.answer.pieces
                    let isDone = try reader.read(piece)
                    if reader.answer.pieces > before {
                        onProgress(ChatProgress(pieces: reader.answer.pieces, elapsed: .now - started))
                    }
                    if isDone { return end(of: reader) }
                }
            }
        } catch let error as TransportError where reader.answer.finishReason != nil {
            // The connection broke after the answer's end: nothing is missing.
            guard case .cut = error else { throw error }
        } catch is AnswerReader.Malformed {
            return badForm(.wrongTypes)
        }
        switch form ?? Self.form(type, []) {
        case .json: return plain(whole)
        case .stream: return end(of: reader.ended())
        case .html: return badForm(.page)
        case .unknown: return again(.nothing)
        }
    }

    private func plain(_ bytes: [UInt8]) -> Outcome {
        // An answer that is no JSON was cut or is none; why is not known.
        guard let value = try? JSONParser.value(of: bytes) else { return badForm(.notJSON) }
        if let error = value["error"], !error.isNull { return serverError(bytes, hasBegun: false) }
        // The form is wrong, in whatever way.
        guard let part = try? ChatWire.part(of: value) else { return badForm(.wrongTypes) }
        var answer = RawAnswer()
        answer.add(part)
        var loop = LoopDetector()
        answer.isLoop = loop.add(answer.text)
        return end(of: answer)
    }

    private func end(of reader: AnswerReader) -> Outcome {
        if let error = reader.error { return serverError(error, hasBegun: reader.answer.pieces > 0) }
        if reader.isEmpty { return .emptyStream(.incomplete(endpoint: name, reason: .nothing)) }
        return end(of: reader.answer)
    }

    private func end(of answer: RawAnswer) -> Outcome {
        if answer.isLoop { return .answered(answer) }
        guard answer.finishReason != nil else { return again(.noEnd) }
        return .answered(answer)
    }

    /// An error with status 200, in a stream or in place of an answer.
    private func serverError(_ error: [UInt8], hasBegun: Bool) -> Outcome {
        switch ServerProblem(status: 500, body: error) {
        case .overflow(let limit): return .failed(.contextExceeded(endpoint: name, limit: limit))
        case .formatRefused where hasFormat && !hasBegun:
            return .formatRefused(.rejected(endpoint: name, status: 200, reason: .notTaken))
        default: return again(.brokeOff)
        }
    }

    private func again(_ reason: LocalizedText) -> Outcome {
        .again(after: nil, .incomplete(endpoint: name, reason: reason))
    }

    private func badForm(_ reason: LocalizedText) -> Outcome { .badForm(.invalid(endpoint: name, reason: reason)) }
}

/// Reads the frames of a stream into an answer.
struct AnswerReader {
    struct Malformed: Error {}

    private(set) var answer = RawAnswer()
    /// Body of an error frame.
    private(set) var error: [UInt8]?
    private var parser = EventStreamParser()
    private var loop = LoopDetector()
    private var hasFrames = false

    /// True when no frame came at all.
    var isEmpty: Bool { !hasFrames }

    /// True when the rest of the stream need not be read: its end, an error, a loop.
    mutating func read(_ piece: [UInt8]) throws(Malformed) -> Bool {
        let events: [[UInt8]]
        do { events = try parser.events(in: piece) } catch { throw Malformed() }
        for event in events where try take(event) { return true }
        return false
    }

    /// The reader at the end of the stream.
    func ended() -> AnswerReader {
        var reader = self
        // A frame that was cut says nothing: without a finish reason the answer counts as cut.
        if let event = try? reader.parser.end() { _ = try? reader.take(event) }
        return reader
    }

    private mutating func take(_ event: [UInt8]) throws(Malformed) -> Bool {
        hasFrames = true
        if event.elementsEqual("[DONE]".utf8) { return true }
        // Frames that are no JSON, or of other types, are one and the same fault.
        guard let value = try? JSONParser.value(of: event) else { throw Malformed() }
        if let error = value["error"], !error.isNull {
            self.error = event
            return true
        }
        guard let part = try? ChatWire.part(of: value) else { throw Malformed() }
        answer.add(part)
        answer.isLoop = loop.add(part.text)
        return answer.isLoop
    }
}
