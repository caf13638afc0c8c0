import DocketText

extension LanguageTag {
    /// Characters that are looked at; more do not change the answer.
    private static let considered = 20_000

    /// The tag that a format gave, made exact by the text: a bare "zh" gets its script; without any tag the text decides.
    static func refined(_ given: String?, of text: String) -> String {
        guard let given, given.lowercased() != "zh" else {
            return ScriptProfile.languageTag(of: String(text.unicodeScalars.prefix(considered)))
        }
        return given
    }
}
