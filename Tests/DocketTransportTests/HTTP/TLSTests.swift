import Foundation
import LoopbackEndpoint
import Testing

@testable import DocketTransport

/// A TLS server of OpenSSL's own, with a certificate made for it.
private final class TLSServer: @unchecked Sendable {
    // @unchecked Sendable because everything is set in `init`, and `stop` is called once.
    static let program = "/usr/bin/openssl"
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: program) }

    let folder: URL
    private(set) var port = 0
    private let process = Process()

    /// Starts a server; with `wantsClient` it asks for a certificate that its own authority signed.
    init(wantsClient: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "docket-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["server", "client"] {
            let maker = Process()
            maker.executableURL = URL(filePath: Self.program)
            maker.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
                path("\(name).key"), "-out", path("\(name).pem"), "-days", "2", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
            ]
            (maker.standardOutput, maker.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
            try maker.run()
            maker.waitUntilExit()
        }
        process.executableURL = URL(filePath: Self.program)
        process.arguments =
            ["s_server", "-accept", "127.0.0.1:0", "-cert", path("server.pem"), "-key", path("server.key"), "-www"]
            + (wantsClient ? ["-Verify", "1", "-verify_return_error", "-CAfile", path("client.pem")] : [])
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var seen = ""
        while port == 0 {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw TransportError.closed }
            seen += String(decoding: data, as: UTF8.self)
            guard let line = seen.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT") }), seen.hasSuffix("\n")
            else { continue }
            port = line.split(separator: ":").last.flatMap { Int($0) } ?? 0
        }
    }

    var url: String { "https://localhost:\(port)/" }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func stop() {
        process.terminate()
        // What is left of the folder is the system's to clear.
        try? FileManager.default.removeItem(at: folder)
    }
}

@Suite(.enabled(if: TLSServer.isAvailable, "needs the openssl program"), .timeLimit(.minutes(15))) struct TLSTests {
    @Test func `a certificate is trusted through the authorities that the route names, and not without`() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        let client = try HTTPClient()
        let origin = String(server.url.dropLast())
        await #expect(throws: TransportError.insecure(origin: origin, problem: .untrusted)) {
            _ = try await client.send(HTTPRequest(.get, server.url))
        }
        let route = HTTPRoute(authorities: server.path("server.pem"))
        let text = try await client.send(HTTPRequest(.get, server.url, route: route)).body.bytes()
        #expect(String(decoding: text, as: UTF8.self).contains("TLSv1"))
        // The trusting connection of before does not serve a request that trusts nobody.
        await #expect(throws: TransportError.insecure(origin: origin, problem: .untrusted)) {
            _ = try await client.send(HTTPRequest(.get, server.url))
        }
    }

    @Test func `a server that wants a certificate gets the client's`() async throws {
        let server = try TLSServer(wantsClient: true)
        defer { server.stop() }
        let authorities = server.path("server.pem")
        let route = HTTPRoute(
            authorities: authorities, certificate: server.path("client.pem"),
            certificateKey: server.path("client.key"))
        let client = try HTTPClient()
        #expect(try await client.send(HTTPRequest(.get, server.url, route: route)).status == 200)
        await #expect(throws: TransportError.self) {
            let bare = HTTPRequest(.get, server.url, route: HTTPRoute(authorities: authorities))
            _ = try await client.send(bare).body.bytes()
        }
    }

    @Test func `files that are not there are named by what they are for`() async throws {
        let routes: [(HTTPRoute, TransportError.FileRole)] = [
            (HTTPRoute(authorities: "/nowhere/a"), .authorities), (HTTPRoute(certificate: "/nowhere/a"), .certificate),
            (HTTPRoute(certificateKey: "/nowhere/a"), .certificateKey),
        ]
        for (route, role) in routes {
            await #expect(throws: TransportError.unreadableFile(role)) {
                _ = try await HTTPClient().send(HTTPRequest(.get, "https://localhost:1/", route: route))
            }
        }
    }

    @Test func `HTTP 2 is offered where TLS is spoken, and not in the clear`() async throws {
        let server = try pageServer { _ in .page(200, "") }
        defer { server.stop() }
        let client = try HTTPClient()
        _ = try? await client.send(HTTPRequest(.get, "https://127.0.0.1:\(server.port)/"))  // The server hangs up.
        #expect(try await eventually { !server.record.strangers.isEmpty })
        let hello = try #require(server.record.strangers.first)
        #expect(String(decoding: hello, as: UTF8.self).contains("\u{2}h2\u{8}http/1.1"))
        _ = try await client.send(HTTPRequest(.get, server.origin))
        #expect(server.record.requests.first?.call.headers["upgrade"] == nil)
    }
}
