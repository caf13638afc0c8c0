public import DocketCore

/// Why an HTTP exchange failed.
///
/// `origin` is scheme, host and port as the profile names them. No case holds a body, a header, a key or a path.
public enum TransportError: ExplainedError, Equatable {
    /// The address is not one of http or https, or has a password in it.
    case malformedAddress
    /// An entry of the allow-list is no host, address or CIDR block.
    case malformedRule(entry: String)
    /// A header would break the request apart.
    case malformedHeader
    /// A file of the profile cannot be read.
    case unreadableFile(FileRole)
    /// The address is neither loopback nor on the allow-list.
    case addressRefused(origin: String)
    /// No address is known for the host.
    case unresolved(origin: String)
    /// Nothing listens there.
    case connectionRefused(origin: String)
    /// There is no way there.
    case unreachable(origin: String)
    /// A limit of time has passed.
    case timedOut(origin: String, phase: Phase, after: Duration)
    /// The connection ended before the answer did.
    case cut(origin: String, afterBytes: Int)
    /// TLS could not be agreed.
    case insecure(origin: String, problem: SecurityProblem)
    /// The proxy would not pass the request on.
    case proxyFailed(origin: String)
    /// The body is larger than allowed.
    case bodyTooLarge(origin: String, limit: Int)
    /// The headers are larger than allowed.
    case headTooLarge(origin: String, limit: Int)
    /// The answer points elsewhere, and is not followed.
    case redirectRefused(origin: String, problem: RedirectProblem)
    /// The body is packed, which was not asked for.
    case encodingRefused(origin: String)
    /// What answers does not speak HTTP.
    case notHTTP(origin: String)
    /// The client was closed.
    case closed
    /// libcurl failed in another way; its own number.
    case other(origin: String, code: Int)

    /// Which file of a profile.
    public enum FileRole: String, Sendable {
        case authorities, certificate, certificateKey, secret
    }

    /// Which limit of time.
    public enum Phase: String, Sendable, CaseIterable {
        case connect, firstByte, idle, total
    }

    /// What is wrong with TLS.
    public enum SecurityProblem: String, Sendable, CaseIterable {
        case untrusted, clientCertificate, handshake
    }

    /// Why an answer that points elsewhere is not followed.
    public enum RedirectProblem: String, Sendable, CaseIterable {
        case otherServer, tooMany, otherMethod
    }

    /// The line.
    public var explanation: LocalizedText {
        let (zhHant, en) = words
        return LocalizedText(zhHant: zhHant, en: en)
    }

    /// The line as a part of a longer one.
    var clause: LocalizedText {
        var clause = explanation
        if clause.en.hasSuffix(".") { clause.en.removeLast() }
        clause.en = clause.en.prefix(1).lowercased() + clause.en.dropFirst()
        return clause
    }
}
