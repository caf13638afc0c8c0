/// What the server says to one chat request.
public struct Reply: Sendable {
    /// Text of the answer, thoughts in the text included where a test wants them there.
    public var text: String
    /// Thoughts, in the field of the dialect.
    public var reasoning: String?
    /// Reason of the end; nil leaves it out.
    public var finishReason: String?
    /// Tokens of the prompt that the server claims to have read; nil for its own count.
    public var promptTokens: Int?
    /// Time before the first byte while a slot is held; nil for the server's own.
    public var latency: Duration?
    /// Time between two pieces of a stream.
    public var pieceDelay: Duration
    /// Characters of a piece of a stream.
    public var pieceLength: Int
    /// What goes wrong.
    public var fault: Fault?

    /// An answer that ends well, unless a fault is given.
    public init(
        _ text: String, reasoning: String? = nil, finishReason: String? = "stop", promptTokens: Int? = nil,
        latency: Duration? = nil, pieceDelay: Duration = .zero, pieceLength: Int = 4, fault: Fault? = nil
    ) {
        self.text = text
        self.reasoning = reasoning
        self.finishReason = finishReason
        self.promptTokens = promptTokens
        self.latency = latency
        self.pieceDelay = pieceDelay
        self.pieceLength = pieceLength
        self.fault = fault
    }

    /// A reply that is nothing but a fault.
    public static func fault(_ fault: Fault) -> Reply { Reply("The answer is here.", fault: fault) }

    /// What can go wrong.
    public enum Fault: Sendable {
        /// An error status with the dialect's own body.
        case status(Int, retryAfter: String? = nil)
        /// 503 as a server gives it that still loads its model.
        case loading
        /// Any status, type and body.
        case answer(Int, contentType: String, body: String)
        /// The connection is reset after so many pieces.
        case reset(afterPieces: Int)
        /// The connection is closed in the usual way after so many pieces.
        case close(afterPieces: Int)
        /// Nothing more comes after so many pieces, and the connection stays.
        case stall(afterPieces: Int)
        /// One byte of the stream a second.
        case trickle
        /// An error frame after so many pieces, then the end without the mark of the end.
        case errorFrame(afterPieces: Int)
        /// The last frame, `[DONE]`, is left out.
        case missingDone
        /// A page of HTML with status 200.
        case html
        /// An endless text of so many bytes.
        case huge(bytes: Int)
        /// Status 200 and a stream without a frame.
        case emptyStream
        /// Fields of other types than they should be.
        case wrongTypes
        /// Prompt and answer do not fit the context, in the words of the dialect.
        case overflow
    }
}

/// What a connection does, step by step; every reply comes down to this.
public enum Step: Sendable {
    /// Sends bytes.
    case send([UInt8])
    /// Waits.
    case wait(Duration)
    /// Sends bytes, one a time, with a pause after each.
    case trickle([UInt8], every: Duration)
    /// Sends a piece so many times.
    case fill([UInt8], times: Int)
    /// Resets the connection.
    case reset
    /// Closes the connection.
    case close
}

extension Array where Element == Step {
    /// A plain HTTP answer.
    public static func page(
        _ status: Int, _ body: String, type: String = "application/json", headers: [String] = []
    ) -> [Step] {
        let lines: [String] =
            ["HTTP/1.1 \(status) Status", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + headers
        return [.send([UInt8]((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))]
    }
}
