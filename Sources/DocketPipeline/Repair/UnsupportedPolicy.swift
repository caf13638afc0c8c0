/// What becomes of a sentence that a model wrote and the source does not support: the setting `drafting.unsupported`.
///
/// Whatever it says, the model is first asked once for other words. Sentences of the embedded engine are always kept with
/// their verdicts: they are the source's own words.
public enum UnsupportedPolicy: String, Sendable, Codable, CaseIterable {
    /// Words of the cited passages stand for it; where none fit, it is left out with a finding.
    case replace
    /// It stays on the page and is flagged; approval is blocked by the verdict.
    case flag
    /// It is left out with a finding.
    case drop
}
