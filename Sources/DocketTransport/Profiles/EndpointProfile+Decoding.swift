internal import DocketCore

// The keys are not private: encoding is synthesised in the files of the types.
extension EndpointProfile {
    enum CodingKeys: String, CodingKey {
        case name, kind, baseURL, socket, model, contextTokens, slots, structuredOutput, sampling, tokens, limits
        case clearance, allow, key, tls, proxy
    }

    /// Reads a profile; what is absent keeps its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try values.decode(String.self, forKey: .name),
            baseURL: try values.decode(String.self, forKey: .baseURL),
            model: try values.decode(String.self, forKey: .model))
        func read<T: Decodable>(_ key: CodingKeys, into value: inout T) throws {
            value = try values.decodeIfPresent(T.self, forKey: key) ?? value
        }
        try read(.kind, into: &kind)
        try read(.contextTokens, into: &contextTokens)
        try read(.slots, into: &slots)
        try read(.structuredOutput, into: &structuredOutput)
        try read(.sampling, into: &sampling)
        try read(.tokens, into: &tokens)
        try read(.limits, into: &limits)
        try read(.clearance, into: &clearance)
        try read(.allow, into: &allow)
        try read(.tls, into: &tls)
        socket = try values.decodeIfPresent(String.self, forKey: .socket)
        key = try values.decodeIfPresent(Secret.self, forKey: .key)
        proxy = try values.decodeIfPresent(String.self, forKey: .proxy)
    }
}

extension EndpointProfile.Sampling {
    enum CodingKeys: String, CodingKey {
        case temperature, topP, seed
    }

    /// Reads sampling settings; what is absent keeps its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            temperature: try values.decodeIfPresent(Double.self, forKey: .temperature) ?? 0,
            topP: try values.decodeIfPresent(Double.self, forKey: .topP))
        if values.contains(.seed) { seed = try values.decodeIfPresent(Int.self, forKey: .seed) }
    }
}

extension EndpointProfile.Limits {
    enum CodingKeys: String, CodingKey {
        case connectSeconds, firstByteSeconds, idleSeconds, totalSeconds, loadingSeconds, answerBytes, answerTokens
        case retries
    }

    /// Reads limits; what is absent keeps its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        func read<T: Decodable>(_ key: CodingKeys, into value: inout T) throws {
            value = try values.decodeIfPresent(T.self, forKey: key) ?? value
        }
        try read(.connectSeconds, into: &connectSeconds)
        try read(.firstByteSeconds, into: &firstByteSeconds)
        try read(.idleSeconds, into: &idleSeconds)
        try read(.totalSeconds, into: &totalSeconds)
        try read(.loadingSeconds, into: &loadingSeconds)
        try read(.answerBytes, into: &answerBytes)
        try read(.answerTokens, into: &answerTokens)
        try read(.retries, into: &retries)
    }
}

extension TokenEstimate {
    enum CodingKeys: String, CodingKey {
        case perWideCharacter, perASCIIByte, perMessage
    }

    /// Reads weights; what is absent keeps its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        perWideCharacter = try values.decodeIfPresent(Double.self, forKey: .perWideCharacter) ?? perWideCharacter
        perASCIIByte = try values.decodeIfPresent(Double.self, forKey: .perASCIIByte) ?? perASCIIByte
        perMessage = try values.decodeIfPresent(Int.self, forKey: .perMessage) ?? perMessage
    }
}
