internal import CLibCURL

/// An address of the web, taken apart by the same parser that later connects to it.
struct WebAddress: Sendable, Equatable {
    /// The whole, absolute.
    let url: String
    /// "http" or "https".
    let scheme: String
    /// Host without brackets, in lower case.
    let host: String
    /// Port, the scheme's own where none is written.
    let port: Int

    /// Scheme, host and port: what people are told of an address.
    var origin: String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// Reads an absolute address, or one that is relative to `base`.
    ///
    /// Nil for other schemes than http and https, for a user name or password, and for what cannot be read.
    init?(_ text: String, relativeTo base: WebAddress? = nil) {
        guard !text.isEmpty, text.utf8.count <= 8192, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
            let handle = curl_url()
        else { return nil }
        defer { curl_url_cleanup(handle) }
        let flags = UInt32(CURLU_DISALLOW_USER)
        if let base, curl_url_set(handle, CURLUPART_URL, base.url, flags) != CURLUE_OK { return nil }
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else { return nil }
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, part, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value)
        }
        guard let url = part(CURLUPART_URL), let scheme = part(CURLUPART_SCHEME)?.lowercased(),
            ["http", "https"].contains(scheme), let host = part(CURLUPART_HOST), !host.isEmpty,
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap(Int.init)
        else { return nil }
        (self.url, self.scheme, self.port) = (url, scheme, port)
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        self.host = bare.lowercased()
    }

    /// Host of a proxy's address, which may have a user and the schemes that libcurl knows for proxies.
    static func proxyHost(_ proxy: HiddenText) -> String? {
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        var scheme: UnsafeMutablePointer<CChar>?
        var host: UnsafeMutablePointer<CChar>?
        defer {
            curl_free(scheme)
            curl_free(host)
        }
        guard curl_url_set(handle, CURLUPART_URL, proxy.revealed, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK,
            curl_url_get(handle, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK, let scheme,
            ["http", "https", "socks5", "socks5h"].contains(String(cString: scheme).lowercased()),
            curl_url_get(handle, CURLUPART_HOST, &host, 0) == CURLUE_OK, let host
        else { return nil }
        let name = String(cString: host).lowercased()
        return name.isEmpty ? nil : name
    }
}
