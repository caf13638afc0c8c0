internal import Foundation

/// HTTP for the parts of Docket that speak to endpoints: one thread, any number of exchanges, connections used again.
public final class HTTPClient: Sendable {
    let worker: TransferWorker

    /// A client with a thread of its own, which ends with it.
    /// - Throws: `TransportError.closed` when libcurl cannot be started.
    public init() throws(TransportError) { worker = try TransferWorker() }

    deinit { worker.stop() }

    /// Sends a request and waits for the head of the answer.
    ///
    /// Redirects within the same scheme, host and port are followed, three at most. Cancelling the task closes the
    /// connection, and so does dropping the response with its body unread.
    /// - Throws: `TransportError`, `CancellationError`.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let start = WebAddress(request.url) else { throw TransportError.malformedAddress }
        try Self.check(request, start)
        var address = start
        for _ in 0...Self.redirects {
            let response = try await exchange(request, with: address)
            guard [301, 302, 303, 307, 308].contains(response.status), let place = response.header("location") else {
                return response
            }
            address = try Self.next(place, from: address, request.method, response.status)
        }
        throw TransportError.redirectRefused(origin: start.origin, problem: .tooMany)
    }

    private static let redirects = 3

    private func exchange(_ request: HTTPRequest, with address: WebAddress) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let transfer = Transfer(request, to: address)
        let token = TransferToken(transfer: transfer, client: self)
        worker.post(.start(transfer))
        let head = try await withTaskCancellationHandler {
            try await transfer.exchange.head()
        } onCancel: {
            token.cancel()
        }
        return HTTPResponse(status: head.status, headers: head.headers, body: HTTPBody(token: token))
    }

    private static func next(
        _ place: String, from address: WebAddress, _ method: HTTPRequest.Method, _ status: Int
    ) throws(TransportError) -> WebAddress {
        guard let next = WebAddress(place, relativeTo: address), next.origin == address.origin else {
            throw .redirectRefused(origin: address.origin, problem: .otherServer)
        }
        guard method == .get || status >= 307 else {
            throw .redirectRefused(origin: address.origin, problem: .otherMethod)
        }
        return next
    }

    private static func check(_ request: HTTPRequest, _ address: WebAddress) throws(TransportError) {
        let authorization = request.authorization.map { HTTPHeader("Authorization", $0.revealed) }
        guard (request.headers + [authorization].compactMap(\.self)).allSatisfy(\.isWellFormed) else {
            throw .malformedHeader
        }
        let route = request.route
        // Who connects for us is asked for a name that we cannot check: only what the list itself names goes that way.
        if let proxy = route.proxy {
            guard WebAddress.proxyHost(proxy) != nil else { throw .malformedAddress }
            guard route.addresses.names(address.host) else { throw .addressRefused(origin: address.origin) }
        }
        let files: [(String?, TransportError.FileRole)] = [
            (route.authorities, .authorities), (route.certificate, .certificate),
            (route.certificateKey, .certificateKey),
        ]
        for case (let path?, let role) in files where access(path, R_OK) != 0 { throw .unreadableFile(role) }
    }
}
