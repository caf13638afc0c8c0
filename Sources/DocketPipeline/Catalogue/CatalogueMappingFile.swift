internal import DocketCore
public import DocketIngest
public import Foundation
internal import Yams

/// A mapping file: YAML that says which column of a list is which part of an entry (docs/exchange.md).
public enum CatalogueMappingFile {
    /// The mapping of `data`, whose file is called `file` in messages.
    /// - Throws: `PipelineError.malformed` with the key that is wrong.
    public static func mapping(_ data: Data, file: String) throws -> CatalogueMapping {
        guard data.count <= StrictYAML.maximumBytes else {
            throw PipelineError.malformed(
                file: file, place: .nowhere, problem: LocalizedText(zhHant: "超過 1 MiB", en: "over 1 MiB"))
        }
        do {
            return try CatalogueMapping(keys: YAMLDecoder().decode([String: MappingValue].self, from: data))
        } catch let error as CatalogueMappingError {
            switch error {
            case .unknownKey(let key):
                throw PipelineError.malformed(
                    file: file, place: .name(key), problem: LocalizedText(zhHant: "沒有這個設定", en: "there is no such key"))
            case .badValue(let key):
                throw PipelineError.malformed(
                    file: file, place: .name(key),
                    problem: LocalizedText(zhHant: "不是可用的值", en: "not a value that is known here"))
            }
        } catch let error as DecodingError {
            throw PipelineError.malformed(file: file, place: .name(error.place), problem: error.problem)
        } catch let error as YamlError {
            throw PipelineError.malformed(file: file, place: .nowhere, problem: error.problem)
        }
    }
}
