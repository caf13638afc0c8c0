/// References to resources as files write them, and the absolute form of those that are relative (RFC 3986, section 5.2).
enum IRI {
    /// True for an absolute reference: a letter, then letters, digits, `+`, `-` or `.`, then a colon.
    static func hasScheme(_ reference: some StringProtocol) -> Bool {
        var isFirst = true
        for byte in reference.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if isFirst { return false }
            case UInt8(ascii: ":"): return !isFirst
            default: return false
            }
            isFirst = false
        }
        return false
    }

    /// `text` with the characters that no IRI holds as percent signs and digits.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: isForbidden) else { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isForbidden(byte) {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// True for the ASCII characters that may not stand in an IRI.
    static func isForbidden(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x7F || "<>\"{}|^`\\".utf8.contains(byte)
    }

    /// `reference` seen from `base`, which is absolute; without a base the reference as it is.
    static func resolved(_ reference: String, against base: Parts?) -> String {
        guard let base, !hasScheme(reference) else { return reference }
        if reference.hasPrefix("//") { return base.scheme + reference }
        if reference.hasPrefix("#") { return base.scheme + base.authority + base.path + base.query + reference }
        if reference.isEmpty { return base.scheme + base.authority + base.path + base.query }
        if reference.hasPrefix("?") { return base.scheme + base.authority + base.path + reference }
        let end = reference.firstIndex { $0 == "?" || $0 == "#" } ?? reference.endIndex
        let path = reference[..<end]
        let whole = path.hasPrefix("/") ? String(path) : base.folder + path
        return base.scheme + base.authority + withoutDots(whole) + reference[end...]
    }

    /// `path` with the segments `.` and `..` carried out.
    static func withoutDots(_ path: String) -> String {
        guard path.contains("./") || path.hasSuffix("/.") || path.hasSuffix("/..") else { return path }
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                if kept.count > 1 { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return kept.joined(separator: "/")
    }

    /// A base, cut where references need it.
    struct Parts {
        /// With its colon.
        let scheme: String
        /// With its two slashes; empty without one.
        let authority: String
        let path: String
        /// The path up to its last slash.
        let folder: String
        /// With its question mark; empty without one.
        let query: String

        /// The parts of an absolute IRI; nil for one without a scheme.
        init?(_ iri: String) {
            guard hasScheme(iri), let colon = iri.firstIndex(of: ":") else { return nil }
            var rest = iri[iri.index(after: colon)...]
            scheme = String(iri[...colon])
            if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
            if rest.hasPrefix("//") {
                let host = rest.dropFirst(2)
                let end = host.firstIndex { $0 == "/" || $0 == "?" } ?? host.endIndex
                authority = String(rest[..<end])
                rest = host[end...]
            } else {
                authority = ""
            }
            let end = rest.firstIndex(of: "?") ?? rest.endIndex
            path = String(rest[..<end])
            query = String(rest[end...])
            if let slash = path.lastIndex(of: "/") {
                folder = String(path[...slash])
            } else {
                folder = authority.isEmpty ? "" : "/"
            }
        }
    }
}
