extension Classification {
    /// The level that the words of a 密等 field or of a mark on a paper name.
    ///
    /// 密, 機密, 極機密, 絕對機密 and their English names are known, whatever stands behind them (密（本件於公布時解密）); nil for an
    /// empty field and for words that name none.
    public init?(words: String) {
        let lowered = words.lowercased()
        let marks: [(String, Classification)] = [
            ("絕對機密", .topSecret), ("top secret", .topSecret), ("極機密", .secret), ("機密", .confidential),
            ("confidential", .confidential), ("secret", .secret), ("restricted", .restricted), ("普通", .internal),
            ("公開", .public), ("public", .public), ("internal", .internal),
        ]
        if let hit = marks.first(where: { lowered.contains($0.0) }) {
            self = hit.1
        } else if words.unicodeScalars.first(where: { !$0.properties.isWhitespace && $0 != "【" && $0 != "（" }) == "密" {
            self = .restricted
        } else {
            return nil
        }
    }
}
