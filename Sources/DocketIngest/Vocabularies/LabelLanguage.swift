import DocketText

/// Languages of labels in files that state none, and in names of columns.
enum LabelLanguage {
    /// "zh-Hant" or "zh-Hans" for a label with Han characters and no kana; "" for any other, which says nothing.
    static func of(_ label: String) -> String {
        guard label.unicodeScalars.contains(where: { (0x3400...0x9FFF).contains($0.value) }) else { return "" }
        let profile = ScriptProfile(of: label)
        guard profile.kanaCount == 0 else { return "" }
        return profile.simplifiedCount > profile.traditionalCount ? "zh-Hans" : "zh-Hant"
    }
}
