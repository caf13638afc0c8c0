public import DocketCore

/// A named endpoint as a file of `Models/endpoints` describes it; what is absent has the default of `init`.
///
/// Nothing is sent to an endpoint that no profile names.
public struct EndpointProfile: Sendable, Equatable, Codable {
    /// Name, letters, digits and hyphens; the file is `NAME.yaml`.
    public var name: String
    /// Protocol that it speaks.
    public var kind: Kind
    /// Address up to and with the version, "http://127.0.0.1:11434/v1".
    public var baseURL: String
    /// Path of a unix-domain socket to connect to instead of the host of `baseURL`.
    public var socket: String?
    /// Model that is asked for.
    public var model: String
    /// Tokens that prompt and answer may take together; a setting, since servers do not always say.
    public var contextTokens: Int
    /// Requests that it works on at once.
    public var slots: Int
    /// Ways of asking for JSON, tried in this order; the first that the server takes is kept.
    public var structuredOutput: [StructuredOutput]
    /// Sampling.
    public var sampling: Sampling
    /// Weights of the token estimate.
    public var tokens: TokenEstimate
    /// Limits of time and size.
    public var limits: Limits
    /// Highest classification that may be sent.
    public var clearance: Classification
    /// Hosts, addresses and CIDR blocks that may be connected to beside loopback.
    public var allow: [String]
    /// Where the key is, if the endpoint asks for one.
    public var key: Secret?
    /// Certificates.
    public var tls: TLS
    /// Proxy, "http://proxy:3128"; nil for none, whatever the environment says.
    public var proxy: String?

    /// A profile.
    public init(
        name: String, kind: Kind = .chatCompletions, baseURL: String, socket: String? = nil, model: String,
        contextTokens: Int = 4096, slots: Int = 1, structuredOutput: [StructuredOutput] = StructuredOutput.allCases,
        sampling: Sampling = Sampling(), tokens: TokenEstimate = TokenEstimate(), limits: Limits = Limits(),
        clearance: Classification = .public, allow: [String] = [], key: Secret? = nil, tls: TLS = TLS(),
        proxy: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.baseURL = baseURL
        self.socket = socket
        self.model = model
        self.contextTokens = contextTokens
        self.slots = slots
        self.structuredOutput = structuredOutput
        self.sampling = sampling
        self.tokens = tokens
        self.limits = limits
        self.clearance = clearance
        self.allow = allow
        self.key = key
        self.tls = tls
        self.proxy = proxy
    }

    /// Protocol of an endpoint.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case chatCompletions = "chat-completions"
    }

    /// A way of asking for JSON, the strictest first.
    public enum StructuredOutput: String, Sendable, Codable, CaseIterable {
        /// `response_format` of type json_schema.
        case jsonSchema = "json_schema"
        /// `response_format` of type json_object with a schema beside it.
        case jsonObjectWithSchema = "json_object_schema"
        /// `response_format` of type json_object.
        case jsonObject = "json_object"
        /// The schema in the prompt alone.
        case prompt
    }

    /// Sampling settings; the same seed and temperature 0 make answers repeatable where the server can.
    public struct Sampling: Sendable, Equatable, Codable {
        /// 0 for the likeliest word each time.
        public var temperature: Double
        /// Share of probability that is drawn from; nil leaves it to the server.
        public var topP: Double?
        /// Seed; nil leaves it to the server.
        public var seed: Int?

        /// Settings.
        public init(temperature: Double = 0, topP: Double? = nil, seed: Int? = 7) {
            self.temperature = temperature
            self.topP = topP
            self.seed = seed
        }
    }

    /// Limits of time, in seconds, and of size.
    public struct Limits: Sendable, Equatable, Codable {
        /// Until the connection stands.
        public var connectSeconds: Double
        /// Until the first byte of the answer; a queued request is silent, so this is long.
        public var firstByteSeconds: Double
        /// Between two bytes of an answer.
        public var idleSeconds: Double
        /// For one whole request.
        public var totalSeconds: Double
        /// For a server that loads its model (503).
        public var loadingSeconds: Double
        /// Most bytes of one answer, markup of the stream included.
        public var answerBytes: Int
        /// Most tokens of one answer.
        public var answerTokens: Int
        /// Further tries after 429, 500, 503, a reset or an incomplete answer.
        public var retries: Int

        /// Limits.
        public init(
            connectSeconds: Double = 5, firstByteSeconds: Double = 300, idleSeconds: Double = 60,
            totalSeconds: Double = 1800, loadingSeconds: Double = 600, answerBytes: Int = 4 << 20,
            answerTokens: Int = 1024, retries: Int = 3
        ) {
            self.connectSeconds = connectSeconds
            self.firstByteSeconds = firstByteSeconds
            self.idleSeconds = idleSeconds
            self.totalSeconds = totalSeconds
            self.loadingSeconds = loadingSeconds
            self.answerBytes = answerBytes
            self.answerTokens = answerTokens
            self.retries = retries
        }
    }

    /// Where a secret is; the secret itself is never part of a profile.
    public struct Secret: Sendable, Equatable, Codable {
        /// File that holds it, alone on its first line.
        public var file: String?
        /// Variable of the environment that holds it.
        public var environment: String?

        /// A place.
        public init(file: String? = nil, environment: String? = nil) {
            self.file = file
            self.environment = environment
        }
    }

    /// Certificates, each a path to a PEM file.
    public struct TLS: Sendable, Equatable, Codable {
        /// Authorities to trust instead of the system's.
        public var authorities: String?
        /// Certificate of the client.
        public var certificate: String?
        /// Key of that certificate.
        public var key: String?

        /// Files.
        public init(authorities: String? = nil, certificate: String? = nil, key: String? = nil) {
            self.authorities = authorities
            self.certificate = certificate
            self.key = key
        }
    }
}
