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
