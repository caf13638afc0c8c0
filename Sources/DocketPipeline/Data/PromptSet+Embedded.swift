public import DocketDrafting
public import Foundation

extension PromptSet {
    /// The prompts that the binary carries, each file replaced by that of a library's `models/prompts` where there is one.
    /// - Throws: `PromptError` when a replaced file is not of its form.
    public static func embedded(overrides: URL? = nil) throws(PromptError) -> PromptSet {
        let files = EmbeddedFiles(overrides: overrides)
        let prefix = "Models/prompts/"
        var found: [String: Data] = [:]
        for path in EmbeddedFiles.paths where path.hasPrefix(prefix) {
            found[String(path.dropFirst(prefix.count))] = files.data(path)
        }
        return try PromptSet(files: found)
    }
}
