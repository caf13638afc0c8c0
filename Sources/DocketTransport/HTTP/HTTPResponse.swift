/// An answer whose head has come; its body is still on the way.
public struct HTTPResponse: Sendable {
    /// Status, 200 … 599.
    public let status: Int
    /// Headers in the order of the wire, names in lower case.
    public let headers: [HTTPHeader]
    /// The body, to be read once; dropping it unread closes the connection.
    public let body: HTTPBody

    /// Value of the first header of this name, in lower case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}

/// The body of an answer as pieces of bytes, in order, read once.
///
/// A reader that is slow makes the server wait; nothing piles up here. A body that was cut, exceeded a limit or was
/// cancelled ends with an error, never as a whole one.
public struct HTTPBody: AsyncSequence, Sendable {
    /// A piece of the body, never empty.
    public typealias Element = [UInt8]

    let token: TransferToken

    /// Reads the body.
    public func makeAsyncIterator() -> Iterator { Iterator(token: token) }

    /// The whole body, at most `HTTPLimits.bodyBytes`.
    /// - Throws: `TransportError`, `CancellationError`.
    public func bytes() async throws -> [UInt8] {
        var whole: [UInt8] = []
        for try await piece in self { whole += piece }
        return whole
    }

    /// Reader of a body.
    public struct Iterator: AsyncIteratorProtocol {
        let token: TransferToken

        /// The next piece; nil at the true end of the body.
        /// - Throws: `TransportError`, `CancellationError`.
        public mutating func next() async throws -> [UInt8]? {
            try Task.checkCancellation()
            let token = token
            return try await withTaskCancellationHandler {
                try await token.exchange.nextPiece { token.resume() }
            } onCancel: {
                token.cancel()
            }
        }
    }
}

/// What keeps a transfer going: when nobody holds it any more, the transfer is cancelled.
final class TransferToken: Sendable {
    let transfer: Transfer
    private let client: HTTPClient

    init(transfer: Transfer, client: HTTPClient) {
        self.transfer = transfer
        self.client = client
    }

    deinit { cancel() }

    var exchange: Exchange { transfer.exchange }

    func cancel() {
        guard exchange.fail(CancellationError(), dropping: true) else { return }
        client.worker.post(.cancel(transfer))
    }

    func resume() { client.worker.post(.resume(transfer)) }
}
