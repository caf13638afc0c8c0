/// One HTTP request, with the way to its server and the limits of its answer.
public struct HTTPRequest: Sendable {
    /// Method.
    public var method: Method
    /// Absolute address, `http` or `https`, without a user name or password in it.
    public var url: String
    /// Headers beside those that the client sets itself.
    public var headers: [HTTPHeader]
    /// Value of the `Authorization` header.
    public var authorization: HiddenText?
    /// Body; nil for none.
    public var body: [UInt8]?
    /// Way to the server.
    public var route: HTTPRoute
    /// Limits of time and size.
    public var limits: HTTPLimits

    /// A request.
    public init(
        _ method: Method = .get, _ url: String, headers: [HTTPHeader] = [], authorization: HiddenText? = nil,
        body: [UInt8]? = nil, route: HTTPRoute = HTTPRoute(), limits: HTTPLimits = HTTPLimits()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.authorization = authorization
        self.body = body
        self.route = route
        self.limits = limits
    }

    /// Method of a request.
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }
}

/// One header line.
public struct HTTPHeader: Sendable, Hashable {
    /// Name; of an answer in lower case.
    public var name: String
    /// Value without blanks around it.
    public var value: String

    /// A header.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// True when nothing in it could begin another header.
    var isWellFormed: Bool {
        let isToken: (UInt8) -> Bool = { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x5F
        }
        return !name.isEmpty && name.utf8.allSatisfy(isToken) && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

/// Limits of one request.
public struct HTTPLimits: Sendable, Equatable {
    /// Until the connection stands, name resolution and TLS included.
    public var connect: Duration
    /// From the start to the first byte of the answer's body.
    public var firstByte: Duration
    /// Between two pieces of the body, while they are wanted.
    public var idle: Duration
    /// For the whole.
    public var total: Duration
    /// Bytes of the body.
    public var bodyBytes: Int
    /// Bytes of status line, headers and trailers.
    public var headBytes: Int
    /// Bytes of the body that wait for a slow reader before the server is made to wait.
    public var bufferBytes: Int

    /// Limits.
    public init(
        connect: Duration = .seconds(5), firstByte: Duration = .seconds(300), idle: Duration = .seconds(60),
        total: Duration = .seconds(1800), bodyBytes: Int = 16 << 20, headBytes: Int = 64 << 10,
        bufferBytes: Int = 256 << 10
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
        self.total = total
        self.bodyBytes = bodyBytes
        self.headBytes = headBytes
        self.bufferBytes = bufferBytes
    }
}

/// Way to a server: what may be connected to, and through what.
public struct HTTPRoute: Sendable, Hashable {
    /// Addresses that may be connected to.
    public var addresses: AddressRule
    /// Path of a unix-domain socket that stands for the host.
    public var socket: String?
    /// Proxy, "http://proxy:3128"; nil for none, whatever the environment says.
    public var proxy: HiddenText?
    /// PEM file of the authorities to trust instead of the system's.
    public var authorities: String?
    /// PEM file of the client's certificate.
    public var certificate: String?
    /// PEM file of that certificate's key.
    public var certificateKey: String?

    /// A way; without arguments to loopback addresses only.
    public init(
        addresses: AddressRule = AddressRule(), socket: String? = nil, proxy: HiddenText? = nil,
        authorities: String? = nil, certificate: String? = nil, certificateKey: String? = nil
    ) {
        self.addresses = addresses
        self.socket = socket
        self.proxy = proxy
        self.authorities = authorities
        self.certificate = certificate
        self.certificateKey = certificateKey
    }
}
