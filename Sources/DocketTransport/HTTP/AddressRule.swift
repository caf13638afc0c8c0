internal import Foundation

/// Which addresses may be connected to: loopback, and what a list names.
///
/// The rule is asked about the address of the connection itself, not about what a name resolved to at some other
/// moment.
public struct AddressRule: Sendable, Hashable {
    private var hosts: Set<String> = []
    private var blocks: [Block] = []
    private var permitsLoopback = true

    /// Loopback only.
    public init() {}

    /// No address at all.
    static let nowhere: AddressRule = {
        var rule = AddressRule()
        rule.permitsLoopback = false
        return rule
    }()

    /// Loopback, and the hosts ("llm.example.gov.tw"), addresses ("10.1.2.3") and CIDR blocks ("10.0.0.0/8") of a list.
    /// - Throws: `TransportError.malformedRule` for an entry that is none of these.
    public init(allowing entries: [String]) throws(TransportError) {
        for entry in entries {
            if let block = Block(entry) {
                blocks.append(block)
            } else if Self.isHostName(entry) {
                hosts.insert(Self.canonical(entry))
            } else {
                throw .malformedRule(entry: String(entry.prefix(80)))
            }
        }
    }

    /// True when a connection to `address` may be used for requests to `host`.
    func permits(_ address: NetworkAddress, host: String) -> Bool {
        (permitsLoopback && address.isLoopback) || blocks.contains { $0.contains(address) }
            || hosts.contains(Self.canonical(host))
    }

    /// True when the list itself names `host`, so that somebody else may connect to it for us.
    func names(_ host: String) -> Bool {
        if hosts.contains(Self.canonical(host)) { return true }
        guard let address = NetworkAddress(host) else { return false }
        return blocks.contains { $0.contains(address) }
    }

    private static func canonical(_ host: String) -> String {
        let lowered = host.lowercased()
        return lowered.hasSuffix(".") ? String(lowered.dropLast()) : lowered
    }

    private static func isHostName(_ entry: String) -> Bool {
        let isKnown: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        return !entry.isEmpty && entry.utf8.count <= 253 && entry.allSatisfy(isKnown)
            && entry.contains { $0.isLetter }
    }

    /// The addresses that begin with the same bits.
    private struct Block: Hashable {
        var start: NetworkAddress
        var bits: Int

        init?(_ entry: String) {
            let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let start = NetworkAddress(String(parts[0])) else { return nil }
            let width = start.bytes.count * 8
            guard parts.count == 2 else {
                (self.start, bits) = (start, width)
                return
            }
            guard let bits = Int(parts[1]), (0...width).contains(bits) else { return nil }
            (self.start, self.bits) = (start, bits)
        }

        func contains(_ address: NetworkAddress) -> Bool {
            guard address.bytes.count == start.bytes.count else { return false }
            let whole = bits / 8
            guard address.bytes.prefix(whole) == start.bytes.prefix(whole) else { return false }
            guard bits % 8 > 0 else { return true }
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (bits % 8))
            return address.bytes[whole] & mask == start.bytes[whole] & mask
        }
    }
}

/// An IPv4 or IPv6 address; an IPv4 address in IPv6 clothes is the IPv4 address.
struct NetworkAddress: Sendable, Hashable {
    /// 4 or 16 bytes, in network order.
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        let isMapped = bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11] == [0xFF, 0xFF]
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    /// Reads the usual written form, "127.0.0.1", "::1" or "[::1]".
    init?(_ text: String) {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        var storage = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, bare, &storage) == 1 {
            self.init(bytes: Array(storage.prefix(4)))
        } else if inet_pton(AF_INET6, bare, &storage) == 1 {
            self.init(bytes: storage)
        } else {
            return nil
        }
    }

    /// The address of a socket; nil for other families.
    init?(_ address: UnsafePointer<sockaddr>, length: Int) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            let value = raw.loadUnaligned(as: sockaddr_in.self)
            self.init(bytes: withUnsafeBytes(of: value.sin_addr) { Array($0) })
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            let value = raw.loadUnaligned(as: sockaddr_in6.self)
            self.init(bytes: withUnsafeBytes(of: value.sin6_addr) { Array($0) })
        default: return nil
        }
    }

    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }
}
