import Foundation
import LoopbackEndpoint
import Testing

@testable import DocketTransport

@Suite struct HTTPFaultTests {
    private static let origin = "http://127.0.0.1:0"

    /// What a whole exchange with a server of `steps` ends in.
    private func failure(
        _ limits: HTTPLimits = HTTPLimits(), method: HTTPRequest.Method = .get, path: String = "/",
        _ page: @escaping @Sendable (ServerCall) -> [Step]
    ) async throws -> TransportError? {
        let server = try pageServer(page)
        defer { server.stop() }
        do {
            _ = try await HTTPClient().send(HTTPRequest(method, server.origin + path, limits: limits)).body.bytes()
            return nil
        } catch let error as TransportError {
            return error.at(Self.origin)
        }
    }

    @Test func `nothing listens`() async throws {
        let server = try pageServer { _ in [] }
        let (origin, port) = (server.origin, server.port)
        server.stop()
        _ = try await eventually { (try? StreamProbe.connects(to: port)) == false }
        await #expect(throws: TransportError.connectionRefused(origin: origin)) {
            _ = try await HTTPClient().send(HTTPRequest(.get, origin))
        }
    }

    @Test func `a host that no name server knows`() async throws {
        let request = HTTPRequest(
            .get, "http://host.invalid/", route: HTTPRoute(addresses: try AddressRule(allowing: ["host.invalid"])))
        await #expect(throws: TransportError.unresolved(origin: "http://host.invalid:80")) {
            _ = try await HTTPClient().send(request)
        }
    }

    @Test func `silence ends at the first-byte limit`() async throws {
        let limits = HTTPLimits(firstByte: .milliseconds(300))
        let expected = TransportError.timedOut(origin: Self.origin, phase: .firstByte, after: .milliseconds(300))
        #expect(try await failure(limits) { _ in [.wait(.seconds(60))] } == expected)
        // A head alone is no sign of life: some servers send it before they queue a request.
        #expect(try await failure(limits) { _ in [.send(chunkedHead()), .wait(.seconds(60))] } == expected)
    }

    @Test func `a stall ends at the idle limit, also after a byte a moment`() async throws {
        let limits = HTTPLimits(idle: .milliseconds(400))
        let expected = TransportError.timedOut(origin: Self.origin, phase: .idle, after: .milliseconds(400))
        let began = ContinuousClock.now
        let found = try await failure(limits) { _ in
            [.send(chunkedHead())] + (0..<5).flatMap { _ in [.send(chunk("x")), .wait(.milliseconds(100))] }
                + [.wait(.seconds(60))]
        }
        #expect(found == expected)
        #expect((.milliseconds(700)...(.seconds(20))).contains(ContinuousClock.now - began))
    }

    @Test func `a server that drips ends at the total limit`() async throws {
        let limits = HTTPLimits(idle: .seconds(5), total: .milliseconds(600))
        let body = [UInt8](repeating: 0x61, count: 1000)
        let found = try await failure(limits) { _ in
            [
                .send(Array("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".utf8)),
                .trickle(body, every: .milliseconds(50)),
            ]
        }
        #expect(found == .timedOut(origin: Self.origin, phase: .total, after: .milliseconds(600)))
    }

    @Test(arguments: ["chunked", "length", "reset"])
    func `a cut body never looks whole`(kind: String) async throws {
        let found = try await failure { _ in
            switch kind {
            case "chunked": [.send(chunkedHead()), .send(chunk("abc")), .wait(.milliseconds(30)), .close]
            case "length":
                [
                    .send(Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".utf8)), .wait(.milliseconds(30)),
                    .close,
                ]
            default: [.send(chunkedHead()), .send(chunk("abc")), .wait(.milliseconds(30)), .reset]
            }
        }
        #expect(found == .cut(origin: Self.origin, afterBytes: 3))
    }

    @Test func `the pieces before a cut are read, then the error comes`() async throws {
        let server = try pageServer { _ in
            [.send(chunkedHead()), .send(chunk("abc")), .wait(.milliseconds(30)), .close]
        }
        defer { server.stop() }
        var read: [UInt8] = []
        let body = try await HTTPClient().send(HTTPRequest(.get, server.origin)).body
        await #expect(throws: TransportError.cut(origin: server.origin, afterBytes: 3)) {
            for try await piece in body { read += piece }
        }
        #expect(read == Array("abc".utf8))
    }

    @Test func `a body over the limit stops the server`() async throws {
        let found = try await failure(HTTPLimits(bodyBytes: 100_000)) { _ in
            [.send(chunkedHead()), .fill(chunk(String(repeating: "a", count: 50_000)), times: 4000)]
        }
        #expect(found == .bodyTooLarge(origin: Self.origin, limit: 100_000))
    }

    @Test func `headers over the limit are refused, one long or many short`() async throws {
        let expected = TransportError.headTooLarge(origin: Self.origin, limit: 4096)
        for lines in [["X: " + String(repeating: "a", count: 5000)], (0..<900).map { "X-\($0): y" }] {
            let found = try await failure(HTTPLimits(headBytes: 4096)) { _ in .page(200, "", headers: lines) }
            #expect(found == expected)
        }
    }

    @Test func `packed bodies are refused`() async throws {
        let found = try await failure { _ in .page(200, "bomb", headers: ["Content-Encoding: gzip"]) }
        #expect(found == .encodingRefused(origin: Self.origin))
    }

    @Test func `what is no HTTP is said to be none`() async throws {
        #expect(
            try await failure { _ in [.send(Array("SSH-2.0-thing\r\n".utf8)), .close] } == .notHTTP(origin: Self.origin)
        )
    }

    @Test(arguments: [
        ("/loop", HTTPRequest.Method.get, TransportError.RedirectProblem.tooMany),
        ("/host", .get, .otherServer), ("/scheme", .get, .otherServer), ("/port", .get, .otherServer),
        ("/user", .get, .otherServer), ("/file", .get, .otherServer), ("/see", .post, .otherMethod),
    ])
    func `redirects elsewhere are refused`(
        path: String, method: HTTPRequest.Method, problem: TransportError.RedirectProblem
    ) async throws {
        let targets = [
            "/loop": "/loop", "/host": "http://127.0.0.2/", "/scheme": "https://127.0.0.1/",
            "/port": "http://127.0.0.1:1/", "/user": "//127.0.0.1@example.org/", "/file": "file:///etc/passwd",
            "/see": "/end",
        ]
        let found = try await failure(method: method, path: path) { call in
            .page(call.path == "/see" ? 303 : 307, "", headers: ["Location: \(targets[call.path] ?? "/")"])
        }
        #expect(found == .redirectRefused(origin: Self.origin, problem: problem))
    }

    @Test func `a redirect within the server is followed, body and all`() async throws {
        let server = try pageServer { call in
            call.path == "/v1/x"
                ? .page(200, String(decoding: call.body, as: UTF8.self)) : .page(308, "", headers: ["Location: v1/x"])
        }
        defer { server.stop() }
        let response = try await HTTPClient().send(HTTPRequest(.post, server.origin + "/y", body: Array("text".utf8)))
        #expect(try await response.body.bytes() == Array("text".utf8))
    }

    @Test(arguments: ["ftp://127.0.0.1/", "file:///etc/passwd", "http://a:b@127.0.0.1/", "", "no", "http://a b/"])
    func `other addresses are no addresses`(url: String) async throws {
        await #expect(throws: TransportError.malformedAddress) {
            _ = try await HTTPClient().send(HTTPRequest(.get, url))
        }
    }

    @Test func `a key with a line break cannot smuggle a header in`() async throws {
        let request = HTTPRequest(.get, "http://127.0.0.1:1/", authorization: HiddenText("Bearer a\r\nX: y"))
        await #expect(throws: TransportError.malformedHeader) { _ = try await HTTPClient().send(request) }
    }

    @Test func `a request shows neither its key nor its proxy`() {
        let request = HTTPRequest(
            .get, "http://h/", authorization: HiddenText("Bearer wunderbar"),
            route: HTTPRoute(proxy: HiddenText("http://u:wunderbar@p/")))
        var dumped = ""
        dump(request, to: &dumped)
        #expect(dumped.contains("(hidden)"))
        for text in [dumped, "\(request)", String(reflecting: request)] { #expect(!text.contains("wunderbar")) }
    }
}

extension TransportError {
    /// The same error at another origin, so that ports need not be known.
    func at(_ origin: String) -> TransportError {
        switch self {
        case .timedOut(_, let phase, let after): .timedOut(origin: origin, phase: phase, after: after)
        case .cut(_, let bytes): .cut(origin: origin, afterBytes: bytes)
        case .bodyTooLarge(_, let limit): .bodyTooLarge(origin: origin, limit: limit)
        case .headTooLarge(_, let limit): .headTooLarge(origin: origin, limit: limit)
        case .redirectRefused(_, let problem): .redirectRefused(origin: origin, problem: problem)
        case .encodingRefused: .encodingRefused(origin: origin)
        case .notHTTP: .notHTTP(origin: origin)
        case .other(_, let code): .other(origin: origin, code: code)
        default: self
        }
    }
}

enum StreamProbe {
    /// True when something listens on a port of 127.0.0.1.
    static func connects(to port: Int) throws -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
