public import DocketArchive
import DocketCore
public import DocketIngest
public import Foundation

/// What `docket.yaml` of a library says; a key that is absent keeps its default.
public struct Settings: Sendable, Equatable, Codable {
    /// What the archive allows.
    public var library: LibraryConfiguration
    /// Limits of the readers.
    public var limits: ReaderLimits
    /// Who drafts, and what becomes of claims that nothing supports.
    public var drafting: DraftingSettings
    /// Public key that a site policy must be signed with, Ed25519, 32 bytes in Base64; empty for none.
    public var policyKey: String

    /// Settings around a configuration of the archive.
    public init(
        library: LibraryConfiguration = LibraryConfiguration(), limits: ReaderLimits = ReaderLimits(),
        drafting: DraftingSettings = DraftingSettings(), policyKey: String = ""
    ) {
        self.library = library
        self.limits = limits
        self.drafting = drafting
        self.policyKey = policyKey
    }

    private enum CodingKeys: String, CodingKey {
        case limits, drafting, policyKey
    }

    /// Reads the keys of the archive's configuration at the top level, and `limits`, a table of names and numbers.
    public init(from decoder: any Decoder) throws {
        library = try LibraryConfiguration(from: decoder)
        limits = ReaderLimits()
        let values = try decoder.container(keyedBy: CodingKeys.self)
        drafting = try values.decodeIfPresent(DraftingSettings.self, forKey: .drafting) ?? DraftingSettings()
        policyKey = try values.decodeIfPresent(String.self, forKey: .policyKey) ?? ""
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
        try values.encode(drafting, forKey: .drafting)
        try values.encode(policyKey, forKey: .policyKey)
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
        // What settings are written as is what can be read.
        try StrictYAML.decode(Settings.self, from: data, file: file, like: Settings())
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
          # 僅警告而不阻擋的差異種類，如 wording / kinds of difference that only warn, such as wording
          toleratedReasons: []
          # 可否敘明理由後核定 / may a person approve what is blocked, with a reason
          approvalWithReason: true

        # 列管規則：無佐證即解除列管的程度；超過幾次會議仍未解除即提示
        # tracked items: severity of a release without evidence; meetings after which an open item is reported
        tracking:
          releaseWithoutEvidence: error
          openMeetings: 6

        # 起草：engine 為 extractive（內建）或 chat-completion（以 endpoints 所列端點，名稱見 models/endpoints）
        # unsupported：無來源佐證的文句 replace 換成摘句、flag 標示保留、drop 刪去
        # drafting: the engine is extractive (embedded) or chat-completion (over the named endpoints of models/endpoints);
        # unsupported claims are replaced by sentences of the source, flagged, or dropped
        drafting:
          engine: \(drafting.engine.rawValue)
          endpoints: []
          unsupported: \(drafting.unsupported.rawValue)

        # 密等為「密」以上者，須有以此金鑰簽署的 policy.yaml 才得交模型起草（Ed25519 公鑰，Base64）
        # public key of the signed policy.yaml without which no model drafts from papers marked 密 or above
        policyKey: ""

        # 讀取上限，名稱見 docs/limits.md / limits of the readers, named in docs/limits.md
        # limits:
        #   documentBytes: 268435456

        """
    }
}
