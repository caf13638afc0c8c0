internal import CLibCURL
internal import Foundation

/// One request on libcurl: its handle, its limits, and what has come of its answer.
final class Transfer: @unchecked Sendable {
    // @unchecked Sendable because all variables are touched on the worker's thread only, from `open` to `close`.

    let exchange: Exchange
    let request: HTTPRequest
    let address: WebAddress

    private(set) var handle: UnsafeMutableRawPointer?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var body: UnsafeMutableRawBufferPointer?

    private var status = 0
    private var headers: [HTTPHeader] = []
    private var headBytes = 0
    private var headIsDelivered = false
    private var bodyBytes = 0
    private var started = ContinuousClock.now
    private var lastByte: ContinuousClock.Instant?
    /// True from the pause that was asked of libcurl to its end: the reader's own view changes a moment earlier.
    private var isHeld = false
    /// Why a callback stopped the transfer, where libcurl knows only that it did.
    private var failure: TransportError?

    init(_ request: HTTPRequest, to address: WebAddress) {
        self.request = request
        self.address = address
        exchange = Exchange(capacity: request.limits.bufferBytes)
    }

    // MARK: Life

    /// Makes the handle; the worker adds it to its multi handle.
    func open() throws(TransportError) -> UnsafeMutableRawPointer {
        guard let handle = curl_easy_init() else { throw .other(origin: address.origin, code: 27) }
        self.handle = handle
        started = .now
        do {
            try configure(handle)
        } catch {
            close()
            throw error
        }
        return handle
    }

    func close() {
        if let handle { curl_easy_cleanup(handle) }
        curl_slist_free_all(headerList)
        body?.deallocate()
        (handle, headerList, body) = (nil, nil, nil)
    }

    /// The limit that has passed at `now`, and the moment of the next one.
    func deadline(at now: ContinuousClock.Instant) -> (passed: TransportError?, next: ContinuousClock.Instant) {
        let limits = request.limits
        let total = started + limits.total
        if now >= total { return (.timedOut(origin: address.origin, phase: .total, after: limits.total), total) }
        guard let lastByte else {
            let first = started + limits.firstByte
            guard now >= first else { return (nil, min(total, first)) }
            return (.timedOut(origin: address.origin, phase: .firstByte, after: limits.firstByte), first)
        }
        // A server that we made to wait is not idle.
        guard !isHeld else { return (nil, total) }
        let idle = lastByte + limits.idle
        guard now >= idle else { return (nil, min(total, idle)) }
        return (.timedOut(origin: address.origin, phase: .idle, after: limits.idle), idle)
    }

    /// Goes on after a pause; what libcurl held back comes at once, and an error there is one of the transfer.
    func resume() -> CURLcode {
        guard let handle, isHeld else { return CURLE_OK }
        isHeld = false
        if lastByte != nil { lastByte = .now }
        return curl_easy_pause(handle, docket_curl_unpause)
    }

    /// The end as libcurl tells it.
    func finish(_ code: CURLcode) {
        if let failure {
            exchange.fail(failure, dropping: true)
        } else if code != CURLE_OK {
            exchange.fail(explain(code))
        } else if !headIsDelivered {
            exchange.fail(TransportError.notHTTP(origin: address.origin))
        } else {
            exchange.finish()
        }
    }

    // MARK: Callbacks

    func receive(header line: UnsafeRawBufferPointer) -> Bool {
        headBytes += line.count
        guard headBytes <= request.limits.headBytes else {
            return stop(.headTooLarge(origin: address.origin, limit: request.limits.headBytes))
        }
        // After the head only trailers come, which nobody needs.
        guard !headIsDelivered else { return true }
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if text.hasPrefix("HTTP/") {
            let parts = text.split(separator: " ", maxSplits: 2)
            status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
            headers = []
        } else if text.isEmpty {
            return endOfHead()
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            headers.append(HTTPHeader(text[..<colon].lowercased(), value))
        }
        return true
    }

    private func endOfHead() -> Bool {
        guard status >= 200 else { return true }
        let encoding = headers.first { $0.name == "content-encoding" }?.value.lowercased() ?? "identity"
        guard encoding == "identity" || encoding.isEmpty else {
            return stop(.encodingRefused(origin: address.origin))
        }
        headIsDelivered = true
        exchange.deliver(head: Exchange.Head(status: status, headers: headers))
        return true
    }

    /// What a write callback returns: the bytes taken, or the sign for a pause.
    func receive(body piece: UnsafeRawBufferPointer) -> Int {
        guard !piece.isEmpty else { return 0 }
        guard bodyBytes + piece.count <= request.limits.bodyBytes else {
            _ = stop(.bodyTooLarge(origin: address.origin, limit: request.limits.bodyBytes))
            return 0
        }
        lastByte = .now
        guard exchange.deliver(piece: piece) else {
            isHeld = true
            return docket_curl_pause
        }
        bodyBytes += piece.count
        return piece.count
    }

    func permits(_ remote: NetworkAddress?) -> Bool {
        // Through a proxy the connection is the proxy's, and is judged by the proxy's name.
        let host = request.route.proxy.map { WebAddress.proxyHost($0) ?? "" } ?? address.host
        guard let remote, request.route.addresses.permits(remote, host: host) else {
            return stop(.addressRefused(origin: address.origin))
        }
        return true
    }

    /// Keeps the first reason; always false.
    private func stop(_ error: TransportError) -> Bool {
        failure = failure ?? error
        return false
    }

    // MARK: What libcurl's codes mean

    private func explain(_ code: CURLcode) -> TransportError {
        let origin = address.origin
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .unresolved(origin: origin)
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: return .proxyFailed(origin: origin)
        case CURLE_COULDNT_CONNECT: return connectionFailure()
        case CURLE_OPERATION_TIMEDOUT:
            return .timedOut(origin: origin, phase: .connect, after: request.limits.connect)
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            return .cut(origin: origin, afterBytes: bodyBytes)
        case CURLE_PEER_FAILED_VERIFICATION: return .insecure(origin: origin, problem: .untrusted)
        case CURLE_SSL_CERTPROBLEM: return .insecure(origin: origin, problem: .clientCertificate)
        case CURLE_SSL_CACERT_BADFILE: return .unreadableFile(.authorities)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED:
            return .insecure(origin: origin, problem: .handshake)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
            return .notHTTP(origin: origin)
        default: return .other(origin: origin, code: Int(code.rawValue))
        }
    }

    private func connectionFailure() -> TransportError {
        var number = 0
        if let handle { docket_curl_get_long(handle, CURLINFO_OS_ERRNO, &number) }
        return number == Int(ECONNREFUSED)
            ? .connectionRefused(origin: address.origin) : .unreachable(origin: address.origin)
    }

    fileprivate func keep(_ list: UnsafeMutablePointer<curl_slist>?, _ bytes: UnsafeMutableRawBufferPointer?) {
        (headerList, body) = (list, bytes)
    }
}

// MARK: - Settings of the handle

extension Transfer {
    private func configure(_ handle: UnsafeMutableRawPointer) throws(TransportError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        var options = HandleOptions(handle: handle)
        options.set(CURLOPT_URL, address.url)
        options.set(CURLOPT_PROTOCOLS_STR, "http,https")
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        // Without it, giving up a name that is still being resolved would hold up every other transfer.
        options.set(CURLOPT_QUICK_EXIT, 1)
        options.set(CURLOPT_TCP_KEEPALIVE, 1)
        options.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        options.set(CURLOPT_CONNECTTIMEOUT_MS, request.limits.connect.milliseconds)
        options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        options.set(CURLOPT_USERAGENT, "docket")
        setRoute(&options)
        setBody(&options)
        options.receive(CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA, context) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            return Transfer.at(context).receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        options.receive(CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA, context) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.at(context).receive(header: line) ? line.count : 0
        }
        options.check(context)
        guard options.failed == CURLE_OK else {
            throw .other(origin: address.origin, code: Int(options.failed.rawValue))
        }
    }

    private func setRoute(_ options: inout HandleOptions) {
        let route = request.route
        // An empty text also stops libcurl from looking for a proxy in the environment.
        options.set(CURLOPT_PROXY, route.proxy?.revealed ?? "")
        options.set(CURLOPT_NOPROXY, "")
        if let path = route.socket { options.set(CURLOPT_UNIX_SOCKET_PATH, path) }
        if let path = route.authorities { options.set(CURLOPT_CAINFO, path) }
        if let path = route.certificate { options.set(CURLOPT_SSLCERT, path) }
        if let path = route.certificateKey {
            options.set(CURLOPT_SSLKEY, path)
            // A key with a passphrase fails; without this OpenSSL would ask for it on the terminal.
            options.set(CURLOPT_KEYPASSWD, "")
        }
    }

    private func setBody(_ options: inout HandleOptions) {
        var list: UnsafeMutablePointer<curl_slist>?
        func add(_ line: String) { list = curl_slist_append(list, line) ?? list }
        for header in request.headers { add("\(header.name): \(header.value)") }
        if let authorization = request.authorization { add("Authorization: \(authorization.revealed)") }
        var bytes: UnsafeMutableRawBufferPointer?
        if request.method == .post {
            // A server that does not know 100-continue would cost a second.
            add("Expect:")
            let content = request.body ?? []
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(content.count, 1), alignment: 1)
            copy.copyBytes(from: content)
            options.set(CURLOPT_POST, 1)
            options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: content.count)
            options.set(CURLOPT_POSTFIELDS, pointer: copy.baseAddress)
            bytes = copy
        }
        if let list { options.set(CURLOPT_HTTPHEADER, list: list) }
        keep(list, bytes)
    }

    fileprivate static func at(_ context: UnsafeMutableRawPointer) -> Transfer {
        Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }
}

/// Sets options of one handle, and remembers the first that failed.
private struct HandleOptions {
    let handle: UnsafeMutableRawPointer
    var failed = CURLE_OK

    private mutating func note(_ code: CURLcode) { if failed == CURLE_OK { failed = code } }

    mutating func set(_ option: CURLoption, _ value: Int) { note(docket_curl_set_long(handle, option, value)) }

    mutating func set(_ option: CURLoption, size: Int) {
        note(docket_curl_set_size(handle, option, curl_off_t(size)))
    }

    mutating func set(_ option: CURLoption, _ value: String) { note(docket_curl_set_string(handle, option, value)) }

    mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        note(docket_curl_set_pointer(handle, option, pointer))
    }

    mutating func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>) {
        note(docket_curl_set_list(handle, option, list))
    }

    mutating func receive(
        _ function: CURLoption, _ data: CURLoption, _ context: UnsafeMutableRawPointer,
        _ callback: @escaping docket_curl_bytes
    ) {
        note(docket_curl_set_receiver(handle, function, callback))
        set(data, pointer: context)
    }

    /// Checks of the address: as a socket is made, and again before a request goes out on a connection of an earlier
    /// one.
    mutating func check(_ context: UnsafeMutableRawPointer) {
        set(CURLOPT_OPENSOCKETDATA, pointer: context)
        note(
            docket_curl_set_opener(handle) { context, purpose, address in
                guard let context, let address, purpose == CURLSOCKTYPE_IPCXN else { return docket_curl_no_socket }
                return Transfer.at(context).openSocket(address)
            })
        set(CURLOPT_PREREQDATA, pointer: context)
        note(
            docket_curl_set_check(handle) { context, remote, _, _, _ in
                guard let context else { return docket_curl_check_refused }
                let transfer = Transfer.at(context)
                if transfer.request.route.socket != nil { return docket_curl_check_passed }
                let address = remote.flatMap { NetworkAddress(String(cString: $0)) }
                return transfer.permits(address) ? docket_curl_check_passed : docket_curl_check_refused
            })
    }
}

extension Transfer {
    fileprivate func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        // The C structure ends in a sockaddr that is longer than declared: it must not be copied.
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return docket_curl_no_socket }
        let start = (UnsafeRawPointer(address) + offset).assumingMemoryBound(to: sockaddr.self)
        let length = Int(address.pointee.addrlen)
        let isNamedSocket = address.pointee.family == AF_UNIX && request.route.socket != nil
        guard isNamedSocket || permits(NetworkAddress(start, length: length)) else { return docket_curl_no_socket }
        let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, type, address.pointee.protocol)
    }
}

extension Duration {
    /// Whole milliseconds, at least 1.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(min(seconds, 1 << 40)) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
