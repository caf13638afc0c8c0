internal import DocketCore
internal import Foundation
internal import Yams

/// Reads small YAML files of which every key must mean something: a setting that is misspelt must not be passed over,
/// since it may be a ceiling.
enum StrictYAML {
    /// Largest file that is read, in bytes.
    static let maximumBytes = 1 << 20

    /// The value in `data`; `sample` is a value with every optional key set, which says what keys there are, but for those
    /// below `openKeys`, which are the writer's own.
    /// - Throws: `PipelineError.malformed` with the key.
    static func decode<Value: Codable>(
        _ type: Value.Type, from data: Data, file: String, like sample: Value, openKeys: Set<String> = []
    ) throws -> Value {
        guard data.count <= maximumBytes else {
            throw PipelineError.malformed(
                file: file, place: .nowhere, problem: LocalizedText(zhHant: "超過 1 MiB", en: "over 1 MiB"))
        }
        do {
            let value = try YAMLDecoder().decode(type, from: data)
            if let key = try unknownKey(in: data, like: sample, openKeys) {
                throw PipelineError.malformed(
                    file: file, place: .name(key), problem: LocalizedText(zhHant: "沒有這個設定", en: "there is no such key"))
            }
            return value
        } catch let error as DecodingError {
            throw PipelineError.malformed(file: file, place: .name(error.place), problem: error.problem)
        } catch let error as YamlError {
            throw PipelineError.malformed(file: file, place: .nowhere, problem: error.problem)
        }
    }

    /// The first key that means nothing.
    private static func unknownKey(in data: Data, like sample: some Encodable, _ openKeys: Set<String>) throws
        -> String?
    {
        guard let written = try Yams.compose(yaml: String(decoding: data, as: UTF8.self)) else { return nil }
        let known = try JSONSerialization.jsonObject(with: JSONEncoder().encode(sample))
        return unknownKey(in: written, known, openKeys, path: [])
    }

    private static func unknownKey(in written: Node, _ known: Any, _ openKeys: Set<String>, path: [String]) -> String? {
        guard let mapping = written.mapping, let known = known as? [String: Any] else { return nil }
        for (key, value) in mapping {
            let name = path + [key.string ?? "?"]
            guard let inner = known[name[path.count]] else { return name.joined(separator: ".") }
            if openKeys.contains(name.joined(separator: ".")) { continue }
            if let deeper = unknownKey(in: value, inner, openKeys, path: name) { return deeper }
        }
        return nil
    }
}

extension DecodingError {
    /// Path of the offending key, "review.blockingVerdicts".
    var place: String {
        let path: [any CodingKey] =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context.codingPath
            @unknown default: []
            }
        return path.map(\.stringValue).joined(separator: ".")
    }

    /// What is wrong, in a few words and without values of the file.
    var problem: LocalizedText {
        switch self {
        case .typeMismatch(let type, _): LocalizedText(zhHant: "應為 \(type)", en: "not a \(type)")
        case .valueNotFound: LocalizedText(zhHant: "沒有值", en: "no value")
        case .keyNotFound(let key, _):
            LocalizedText(zhHant: "缺少 \(key.stringValue)", en: "\(key.stringValue) is missing")
        case .dataCorrupted where isOfWhole: LocalizedText(zhHant: "格式無法解讀", en: "cannot be read")
        case .dataCorrupted: LocalizedText(zhHant: "不是可用的值", en: "not a value that is known here")
        @unknown default: LocalizedText(zhHant: "格式不符", en: "not of its form")
        }
    }

    /// True when the whole is not of its form, rather than one value in it.
    var isOfWhole: Bool {
        if case .dataCorrupted(let context) = self { context.codingPath.isEmpty } else { false }
    }

    /// What is wrong, and at which key.
    var located: LocalizedText {
        guard !place.isEmpty else { return problem }
        return LocalizedText(zhHant: "\(problem.zhHant)（\(place)）", en: "\(problem.en) (\(place))")
    }
}

extension YamlError {
    /// What is wrong, without words of the file.
    var problem: LocalizedText { LocalizedText(zhHant: "不是 YAML", en: "not YAML") }
}

extension LocalizedText {
    /// No place in particular.
    static let nowhere = LocalizedText(zhHant: "", en: "")

    /// A name that is the same in both languages.
    static func name(_ name: String) -> LocalizedText { LocalizedText(zhHant: name, en: name) }
}
