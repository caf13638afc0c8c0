import DocketCore

extension Classification {
    /// The level that the words of a field 密等 begin with, "密（本件於…解密）"; nil for none and for 普通.
    init?(written words: String) {
        let ink = words.filter { !$0.isWhitespace }
        switch ink {
        case _ where ink.hasPrefix("絕對機密"): self = .topSecret
        case _ where ink.hasPrefix("極機密"): self = .secret
        case _ where ink.hasPrefix("機密"): self = .confidential
        case _ where ink.hasPrefix("密"): self = .restricted
        default: return nil
        }
    }
}
