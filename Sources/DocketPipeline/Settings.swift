public import DocketArchive
import DocketCore
public import DocketIngest
public import Foundation
internal import Yams

/// What `docket.yaml` of a library says; a key that is absent keeps its default.
public struct Settings: Sendable, Equatable, Codable {
    /// What the archive allows.
    public var library: LibraryConfiguration
    /// Limits of the readers.
    public var limits: ReaderLimits

    /// Settings around a configuration of the archive.
    public init(library: LibraryConfiguration = LibraryConfiguration(), limits: ReaderLimits = ReaderLimits()) {
        self.library = library
        self.limits = limits
    }

    private enum CodingKeys: String, CodingKey {
        case limits
    }

    /// Reads the keys of the archive's configuration at the top level, and `limits`, a table of names and numbers.
    public init(from decoder: any Decoder) throws {
        library = try LibraryConfiguration(from: decoder)
        limits = ReaderLimits()
        let values = try decoder.container(keyedBy: CodingKeys.self)
        for (name, value) in try values.decodeIfPresent([String: Int].self, forKey: .limits) ?? [:] {
            guard let key = ReaderLimits.Key(rawValue: name), value > 0 else {
                throw DecodingError.dataCorruptedError(forKey: .limits, in: values, debugDescription: name)
            }
            limits[key] = value
        }
    }

    /// Writes the keys of the archive's configuration at the top level, and `limits`.
    public func encode(to encoder: any Encoder) throws {
        try library.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(
            Dictionary(uniqueKeysWithValues: ReaderLimits.Key.allCases.map { ($0.rawValue, limits[$0]) }),
            forKey: .limits)
    }

    /// Name of the file in a library's folder.
    public static let fileName = "docket.yaml"

    /// Largest settings file that is read, in bytes.
    private static let maximumBytes = 1 << 20

    /// Settings of the library in `folder`; nil when it has no settings file.
    /// - Throws: `PipelineError.malformed` with the place when the file is not of its form.
    public static func load(from folder: URL) throws -> Settings? {
        let url = folder.appending(path: fileName)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        let data: Data
        do { data = try Data(contentsOf: url) } catch {
            throw PipelineError.cannotRead(file: url.path)
        }
        guard data.count <= maximumBytes else {
            throw PipelineError.malformed(
                file: url.path, place: .nowhere, problem: LocalizedText(zhHant: "超過 1 MiB", en: "over 1 MiB"))
        }
        return try decode(data, file: url.path)
    }

    static func decode(_ data: Data, file: String) throws -> Settings {
        do {
            let settings = try YAMLDecoder().decode(Settings.self, from: data)
            if let key = try unknownKey(in: data) {
                throw PipelineError.malformed(
                    file: file, place: .name(key), problem: LocalizedText(zhHant: "沒有這個設定", en: "there is no such key"))
            }
            return settings
        } catch let error as DecodingError {
            throw PipelineError.malformed(file: file, place: .name(error.place), problem: error.problem)
        } catch let error as YamlError {
            throw PipelineError.malformed(file: file, place: .nowhere, problem: error.problem)
        }
    }

    /// The first key that means nothing: a setting that is misspelt must not be passed over, since it may be a ceiling.
    private static func unknownKey(in data: Data) throws -> String? {
        guard let written = try Yams.compose(yaml: String(decoding: data, as: UTF8.self)) else { return nil }
        // What settings are written as is what can be read.
        let known = try JSONSerialization.jsonObject(with: JSONEncoder().encode(Settings()))
        return unknownKey(in: written, known, path: [])
    }

    private static func unknownKey(in written: Node, _ known: Any, path: [String]) -> String? {
        guard let mapping = written.mapping, let known = known as? [String: Any] else { return nil }
        for (key, value) in mapping {
            let name = path + [key.string ?? "?"]
            guard let inner = known[name[path.count]] else { return name.joined(separator: ".") }
            if let deeper = unknownKey(in: value, inner, path: name) { return deeper }
        }
        return nil
    }

    /// The text of a new settings file: every key with its meaning in both languages.
    public func fileText() -> String {
        """
        # Docket 資料庫設定 / settings of this library

        # 名稱 / name for people
        name: "\(library.name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))"

        # 可收錄的最高密等；高於此者拒收 / highest classification taken in; above it a source is refused
        # public, internal, restricted, confidential, secret, topSecret
        ceiling: \(library.ceiling.rawValue)

        # 何者阻擋核定 / what blocks approval
        review:
          blockingVerdicts: [contradicted, unsupported]
          blockingSeverities: [error]
          toleratedRules: []
          # 可否敘明理由後核定 / may a person approve what is blocked, with a reason
          approvalWithReason: true

        # 列管規則：無佐證即解除列管的程度；超過幾次會議仍未解除即提示
        # tracked items: severity of a release without evidence; meetings after which an open item is reported
        tracking:
          releaseWithoutEvidence: error
          openMeetings: 6

        # 讀取上限，名稱見 docs/limits.md / limits of the readers, named in docs/limits.md
        # limits:
        #   documentBytes: 268435456

        """
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
