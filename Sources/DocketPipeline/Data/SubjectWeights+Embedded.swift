public import DocketCataloguing
public import Foundation

extension SubjectWeights {
    /// The weights that the binary carries, or those of a library's `models/subjects`.
    /// - Throws: `SubjectError.badWeights` when a replaced file is not of its form.
    public static func embedded(overrides: URL? = nil) throws(SubjectError) -> SubjectWeights {
        guard let data = EmbeddedFiles(overrides: overrides).data("Models/subjects/weights.json") else { return .plain }
        return try SubjectWeights(data)
    }
}

extension KeyphraseModel {
    /// The model that the binary carries, or that of a library's `models/keyphrases`; nil where there is neither.
    /// - Throws: `SubjectError.badPhraseModel` when a replaced file is not of its form.
    public static func embedded(overrides: URL? = nil) throws(SubjectError) -> KeyphraseModel? {
        guard let data = EmbeddedFiles(overrides: overrides).data("Models/keyphrases/weights.json") else { return nil }
        return try KeyphraseModel(data)
    }
}
