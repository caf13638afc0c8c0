internal import DocketText

/// The script of an answer.
enum AnswerScript {
    /// True when a good part of the characters that tell the scripts apart are Simplified.
    ///
    /// Names of keys and a few quoted characters do not count; one in five does.
    static func isSimplified(_ text: String) -> Bool {
        let profile = ScriptProfile(of: text)
        let telling = profile.simplifiedCount + profile.traditionalCount
        return profile.simplifiedCount >= 2 && profile.simplifiedCount * 5 > telling
    }
}
