import Foundation
import LoopbackEndpoint
import Testing

@testable import DocketTransport

@Suite struct AddressRuleTests {
    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.0.3", true), ("::1", true), ("::ffff:127.0.0.1", true), ("0.0.0.0", false),
        ("::", false), ("10.0.0.1", false), ("128.0.0.1", false), ("169.254.169.254", false), ("::2", false),
        ("::ffff:10.0.0.1", false),
    ])
    func `without a list only loopback is permitted`(address: String, isPermitted: Bool) throws {
        #expect(AddressRule().permits(try #require(NetworkAddress(address)), host: "x") == isPermitted)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.1.2.128/25", "10.1.2.200", true),
        ("10.1.2.128/25", "10.1.2.100", false), ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.4", false),
        ("fd00::/9", "fd7f::1", true), ("fd00::/9", "fd80::1", false), ("::/0", "10.0.0.1", false),
        ("0.0.0.0/0", "10.0.0.1", true), ("10.0.0.0/8", "::ffff:10.1.1.1", true),
    ])
    func `a block permits what begins with its bits`(entry: String, address: String, isPermitted: Bool) throws {
        let rule = try AddressRule(allowing: [entry])
        #expect(rule.permits(try #require(NetworkAddress(address)), host: "x") == isPermitted)
    }

    @Test func `a named host is permitted wherever it is, and no other`() throws {
        let rule = try AddressRule(allowing: ["LLM.example.tw"])
        let address = try #require(NetworkAddress("10.0.0.1"))
        #expect(rule.permits(address, host: "llm.example.tw."))
        #expect(!rule.permits(address, host: "evil.llm.example.tw"))
        #expect(!rule.permits(address, host: "example.tw"))
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0/8", "10.0.0.0/8/8", "", "a b", "http://x", "*.example.tw", "10.0.0.0/-1", "12",
    ])
    func `an entry that is nothing of the kind is refused`(entry: String) {
        #expect(throws: TransportError.malformedRule(entry: entry)) { try AddressRule(allowing: [entry]) }
    }

    @Test(arguments: ["http://192.0.2.1/", "http://[2001:db8::1]/", "http://3221225985/", "http://0.0.0.0/"])
    func `nothing is sent to an address outside the rule`(url: String) async throws {
        let error = await #expect(throws: TransportError.self) {
            _ = try await HTTPClient().send(HTTPRequest(.get, url))
        }
        guard case .addressRefused = error else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func `what counts is where a name leads, not the name`() async throws {
        let server = try pageServer { _ in .page(200, "x") }
        defer { server.stop() }
        // The name is as good as any; the address it leads to is not permitted.
        let request = HTTPRequest(.get, "http://localhost:\(server.port)/", route: HTTPRoute(addresses: .nowhere))
        await #expect(throws: TransportError.addressRefused(origin: "http://localhost:\(server.port)")) {
            _ = try await HTTPClient().send(request)
        }
        #expect(server.record.connections == 0)
    }

    @Test func `a connection of an earlier request does not carry one that the rule refuses`() async throws {
        let server = try pageServer { _ in .page(200, "x") }
        defer { server.stop() }
        let client = try HTTPClient()
        _ = try await client.send(HTTPRequest(.get, server.origin)).body.bytes()
        let request = HTTPRequest(.get, server.origin, route: HTTPRoute(addresses: .nowhere))
        await #expect(throws: TransportError.addressRefused(origin: server.origin)) {
            _ = try await client.send(request)
        }
        #expect(server.record.requests.count == 1)
    }
}

@Suite struct ProxyTests {
    @Test func `a proxy is asked when it is set, for hosts that the list names`() async throws {
        let proxy = try pageServer { call in .page(200, call.target) }
        defer { proxy.stop() }
        let rule = try AddressRule(allowing: ["llm.example.tw"])
        let route = HTTPRoute(addresses: rule, proxy: HiddenText(proxy.origin))
        let client = try HTTPClient()
        let bytes = try await client.send(HTTPRequest(.get, "http://llm.example.tw/v1", route: route)).body.bytes()
        #expect(String(decoding: bytes, as: UTF8.self) == "http://llm.example.tw/v1")
        await #expect(throws: TransportError.addressRefused(origin: "http://other.example.tw:80")) {
            _ = try await client.send(HTTPRequest(.get, "http://other.example.tw/", route: route))
        }
        // A loopback address is this machine's; through a proxy it would be the proxy's.
        await #expect(throws: TransportError.addressRefused(origin: "http://127.0.0.1:80")) {
            _ = try await client.send(HTTPRequest(.get, "http://127.0.0.1/", route: route))
        }
        #expect(proxy.record.requests.count == 1)
    }

    @Test(arguments: ["http://192.0.2.1:3128", "socks5://192.0.2.1:1080", "socks5h://u:p@192.0.2.1:1080"])
    func `a proxy outside the rule is not connected to, whatever the host is`(proxy: String) async throws {
        let rule = try AddressRule(allowing: ["llm.example.tw"])
        let route = HTTPRoute(addresses: rule, proxy: HiddenText(proxy))
        await #expect(throws: TransportError.addressRefused(origin: "http://llm.example.tw:80")) {
            _ = try await HTTPClient().send(HTTPRequest(.get, "http://llm.example.tw/", route: route))
        }
    }

    @Test func `a proxy of the environment is not used`() async throws {
        await #expect(processExitsWith: .success) {
            setenv("http_proxy", "http://127.0.0.1:1", 1)
            setenv("ALL_PROXY", "http://127.0.0.1:1", 1)
            let server = try pageServer { _ in .page(200, "direct") }
            let bytes = try await HTTPClient().send(HTTPRequest(.get, server.origin)).body.bytes()
            exit(bytes == Array("direct".utf8) ? 0 : 1)
        }
    }
}
