import Foundation
import LoopbackEndpoint
import Testing

@testable import DocketTransport

/// A server that gives one page, or a script by path.
func pageServer(
    socket: String? = nil, _ page: @escaping @Sendable (ServerCall) -> [Step]
) throws -> LoopbackEndpoint {
    try LoopbackEndpoint(.init(socket: socket, page: page)) { _ in Reply("") }
}

extension LoopbackEndpoint {
    /// Scheme, host and port.
    var origin: String { "http://127.0.0.1:\(port)" }
}

/// Waits until `condition` holds, at most `limit`; true when it did.
func eventually(within limit: Duration = .seconds(5), _ condition: () -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if condition() { return true }
        try await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}

func chunkedHead(_ status: Int = 200) -> [UInt8] {
    Array("HTTP/1.1 \(status) OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
}

func chunk(_ text: String) -> [UInt8] { Array("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n".utf8) }

@Suite struct HTTPClientTests {
    @Test func `status, headers and body arrive as they were sent`() async throws {
        let server = try pageServer { call in .page(418, "議\(call.path)", headers: ["X-Thing:  seen "]) }
        defer { server.stop() }
        let response = try await HTTPClient().send(HTTPRequest(.get, server.origin + "/a?b=c"))
        #expect(response.status == 418)
        #expect(response.header("x-thing") == "seen")
        #expect(String(decoding: try await response.body.bytes(), as: UTF8.self) == "議/a")
    }

    @Test(arguments: [0, 1, 100_000, 3_000_000])
    func `a body of any size is sent whole`(count: Int) async throws {
        let server = try pageServer { call in .page(200, "\(call.body.count) \(call.headers["expect"] ?? "-")") }
        defer { server.stop() }
        let request = HTTPRequest(.post, server.origin, body: [UInt8](repeating: 7, count: count))
        let bytes = try await HTTPClient().send(request).body.bytes()
        #expect(String(decoding: bytes, as: UTF8.self) == "\(count) -")
    }

    @Test func `requests one after another use one connection`() async throws {
        let server = try pageServer { _ in .page(200, "x") }
        defer { server.stop() }
        let client = try HTTPClient()
        for _ in 0..<5 { _ = try await client.send(HTTPRequest(.get, server.origin)).body.bytes() }
        #expect(server.record.connections == 1)
        #expect(server.record.requests.count == 5)
    }

    @Test func `200 streams run at once, each with its own text`() async throws {
        let server = try pageServer { call in
            [.send(chunkedHead())]
                + (0..<20).flatMap { [.send(chunk("\(call.path):\($0) ")), .wait(.milliseconds(25))] }
                + [.send(Array("0\r\n\r\n".utf8))]
        }
        defer { server.stop() }
        let client = try HTTPClient()
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let response = try await client.send(HTTPRequest(.get, "\(server.origin)/\(number)"))
                    let text = String(decoding: try await response.body.bytes(), as: UTF8.self)
                    #expect(text == (0..<20).map { "/\(number):\($0) " }.joined())
                }
            }
            try await group.waitForAll()
        }
        #expect(server.record.connections == 200)
        // Each has a connection of its own, and one after another they would take 100 s.
        #expect(ContinuousClock.now - began < .seconds(90))
    }

    @Test func `a cancelled reader closes the connection within a second`() async throws {
        let server = try pageServer { _ in [.send(chunkedHead()), .send(chunk("first")), .wait(.seconds(60))] }
        defer { server.stop() }
        let client = try HTTPClient()
        let task = Task {
            var pieces: [[UInt8]] = []
            for try await piece in try await client.send(HTTPRequest(.get, server.origin)).body { pieces.append(piece) }
            return pieces
        }
        _ = try await eventually { server.record.requests.count == 1 }
        try await Task.sleep(for: .milliseconds(50))
        let cancelled = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(try await eventually { server.record.requests.first?.disconnected != nil })
        let seen = try #require(server.record.requests.first?.disconnected)
        #expect(seen - cancelled < .seconds(1))
    }

    @Test func `a request that waits for its head is cancelled as fast`() async throws {
        let server = try pageServer { _ in [.wait(.seconds(60))] }
        defer { server.stop() }
        let client = try HTTPClient()
        let task = Task { try await client.send(HTTPRequest(.get, server.origin)).status }
        _ = try await eventually { server.record.requests.count == 1 }
        let cancelled = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(try await eventually { server.record.requests.first?.disconnected != nil })
        #expect(try #require(server.record.requests.first?.disconnected) - cancelled < .seconds(1))
    }

    @Test func `a response that nobody reads closes its connection`() async throws {
        let server = try pageServer { _ in [.send(chunkedHead()), .send(chunk("x")), .wait(.seconds(60))] }
        defer { server.stop() }
        let client = try HTTPClient()
        #expect(try await client.send(HTTPRequest(.get, server.origin)).status == 200)
        #expect(try await eventually(within: .seconds(1)) { server.record.requests.first?.disconnected != nil })
    }

    @Test func `the end of a client ends its exchanges`() async throws {
        let server = try pageServer { _ in [.wait(.seconds(60))] }
        defer { server.stop() }
        let client = try HTTPClient()
        let task = Task { [worker = client.worker] in
            _ = try await eventually { server.record.requests.count == 1 }
            worker.stop()
        }
        await #expect(throws: TransportError.closed) { _ = try await client.send(HTTPRequest(.get, server.origin)) }
        await #expect(throws: TransportError.closed) { _ = try await client.send(HTTPRequest(.get, server.origin)) }
        _ = await task.result
    }

    @Test func `a unix-domain socket stands for the host`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString).sock").path
        let server = try pageServer(socket: path) { _ in .page(200, "by socket") }
        defer { server.stop() }
        let request = HTTPRequest(.get, "http://anything.example/", route: HTTPRoute(socket: path))
        let bytes = try await HTTPClient().send(request).body.bytes()
        #expect(String(decoding: bytes, as: UTF8.self) == "by socket")
    }
}

@Suite struct BackpressureTests {
    @Test func `a body over its limit is refused also when the limit is met after a pause`() async throws {
        let piece = chunk(String(repeating: "a", count: 60_000))
        let server = try pageServer { _ in [.send(chunkedHead()), .fill(piece, times: 1000)] }
        defer { server.stop() }
        let limits = HTTPLimits(bodyBytes: 70_000, bufferBytes: 50_000)
        let body = try await HTTPClient().send(HTTPRequest(.get, server.origin, limits: limits)).body
        _ = try await eventually { body.token.exchange.isPaused }
        await #expect(throws: TransportError.bodyTooLarge(origin: server.origin, limit: 70_000)) {
            try await body.bytes()
        }
    }

    @Test func `a slow reader makes the server wait, and little is held meanwhile`() async throws {
        let piece = chunk(String(repeating: "a", count: 60_000))
        let server = try pageServer { _ in
            [.send(chunkedHead()), .fill(piece, times: 300), .send(Array("0\r\n\r\n".utf8))]
        }
        defer { server.stop() }
        let request = HTTPRequest(
            .get, server.origin, limits: HTTPLimits(idle: .milliseconds(400), bodyBytes: 1 << 30))
        let response = try await HTTPClient().send(request)
        let exchange = response.body.token.exchange
        _ = try await eventually { exchange.isPaused }
        // Longer than the idle limit: a server that is made to wait is not idle.
        try await Task.sleep(for: .milliseconds(700))
        #expect(exchange.bufferedBytes <= request.limits.bufferBytes)
        #expect(server.record.requests.count == 1 && server.record.requests.first?.ended == nil)
        var count = 0
        var most = 0
        for try await bytes in response.body {
            #expect(bytes.allSatisfy { $0 == 0x61 })
            count += bytes.count
            most = max(most, exchange.bufferedBytes)
        }
        #expect(count == 18_000_000)
        #expect(most <= request.limits.bufferBytes)
    }
}
