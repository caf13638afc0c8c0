public import DocketCore
internal import DocketTransport
public import Foundation

/// The prompts and answer schemas of the chat engine, as read from the files below `Models/prompts`.
///
/// Each prompt is a folder: `zh-Hant.txt` and `en.txt` with a part for the system and one for the user, `schema.json`
/// with the form of the answer, and `card.yaml` for people. `rules` has no schema: it stands in every other prompt.
public struct PromptSet: Sendable, Equatable {
    /// What a prompt is for; the name of its folder.
    public enum Name: String, Sendable, CaseIterable {
        case minutesItem = "minutes-item"
        case summary
        case speakerDigest = "speaker-digest"
        case answer
        case abstract
        case subject
        case title
        case merge
        case mergeConclusions = "merge-conclusions"
        case mergeTitle = "merge-title"
        case repair

        /// Words in double braces that the prompt's text may have.
        var placeholders: Set<String> {
            switch self {
            case .minutesItem, .mergeConclusions, .repair: ["rules", "script", "data"]
            case .summary, .speakerDigest, .abstract, .subject, .title, .merge, .mergeTitle:
                ["rules", "script", "data", "length"]
            case .answer: ["rules", "script", "data", "length", "question"]
            }
        }
    }

    /// Version of the set, raised with every change of a file.
    public let version: String
    /// Digest of all texts.
    public let promptDigest: SHA256Digest
    /// Digest of all schemas.
    public let schemaDigest: SHA256Digest
    private let prompts: [Key: Prompt]
    private let schemas: [Name: AnswerSchema]

    private struct Key: Hashable {
        var name: Name
        var isChinese: Bool
    }

    /// One prompt in one language.
    struct Prompt: Sendable, Equatable {
        var system: String
        var user: String
    }

    /// Largest file that is taken for a prompt, in bytes.
    static let maximumBytes = 64 << 10

    /// Reads a set from its files by path below the folder of prompts: "minutes-item/zh-Hant.txt", "version.txt".
    /// - Throws: `PromptError` with the file that is absent or not of its form.
    public init(files: [String: Data]) throws(PromptError) {
        version = try Self.text("version.txt", files).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !version.isEmpty, version.count <= 20 else { throw .malformed(file: "version.txt", problem: .version) }
        var prompts: [Key: Prompt] = [:]
        var schemas: [Name: AnswerSchema] = [:]
        var written: [String] = []
        for isChinese in [true, false] {
            let language = isChinese ? "zh-Hant" : "en"
            let rules = try Self.text("rules/\(language).txt", files)
            for name in Name.allCases {
                let file = "\(name.rawValue)/\(language).txt"
                let prompt = try Self.prompt(name, rules: rules, file: file, files)
                prompts[Key(name: name, isChinese: isChinese)] = prompt
                written += [file, prompt.system, prompt.user]
            }
        }
        for name in Name.allCases {
            let file = "\(name.rawValue)/schema.json"
            let json = try Self.text(file, files)
            guard let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)), object is [String: Any] else {
                // What is wrong with it helps nobody more than its name.
                throw .malformed(file: file, problem: .json)
            }
            schemas[name] = AnswerSchema(name: name.rawValue, json: json)
        }
        self.prompts = prompts
        self.schemas = schemas
        promptDigest = Self.digest([version] + written)
        schemaDigest = Self.digest(Name.allCases.flatMap { [$0.rawValue, schemas[$0]?.json ?? ""] })
    }

    /// Form of the answer to a prompt.
    func schema(_ name: Name) -> AnswerSchema? { schemas[name] }

    /// The messages of a prompt with its placeholders filled; what is filled in is not searched for placeholders.
    func messages(_ name: Name, isChinese: Bool, _ values: [String: String]) -> [ChatMessage] {
        guard let prompt = prompts[Key(name: name, isChinese: isChinese)] else { return [] }
        return [
            ChatMessage(.system, PromptTemplate(prompt.system).filled(values)),
            ChatMessage(.user, PromptTemplate(prompt.user).filled(values)),
        ]
    }

    // MARK: - Reading

    private static func text(_ file: String, _ files: [String: Data]) throws(PromptError) -> String {
        guard let data = files[file] else { throw .missing(file: file) }
        guard data.count <= maximumBytes else { throw .malformed(file: file, problem: .size) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .malformed(file: file, problem: .encoding)
        }
        return text.trimmingCharacters(in: .newlines)
    }

    private static func prompt(
        _ name: Name, rules: String, file: String, _ files: [String: Data]
    ) throws(PromptError) -> Prompt {
        let parts = try text(file, files).split(separator: "\n", omittingEmptySubsequences: false)
        guard let user = parts.firstIndex(of: "=== user"), parts.first == "=== system", user > 1 else {
            throw .malformed(file: file, problem: .parts)
        }
        let system = parts[1..<user].joined(separator: "\n")
        let body = parts[(user + 1)...].joined(separator: "\n")
        let unknown = (PromptTemplate(system).names + PromptTemplate(body).names + PromptTemplate(rules).names)
            .first { !name.placeholders.contains($0) }
        if let unknown { throw .malformed(file: file, problem: .placeholder(unknown)) }
        guard PromptTemplate(body).names.contains("data"), PromptTemplate(system).names.contains("rules") else {
            throw .malformed(file: file, problem: .parts)
        }
        return Prompt(system: PromptTemplate(system).filled(["rules": rules], keepingUnknown: true), user: body)
    }

    private static func digest(_ texts: [String]) -> SHA256Digest {
        SHA256Digest(of: texts.map { "\($0.utf8.count):\($0)" }.joined())
    }
}

/// A text with names in double braces.
struct PromptTemplate {
    private let text: Substring

    init(_ text: some StringProtocol) { self.text = Substring(text) }

    /// Names in the text, in order.
    var names: [String] { pieces.compactMap { $0.isName ? String($0.text) : nil } }

    /// The text with its names replaced, in one pass: values are not looked into.
    ///
    /// A name without a value is left out, or left as it is.
    func filled(_ values: [String: String], keepingUnknown: Bool = false) -> String {
        pieces.map { piece in
            guard piece.isName else { return String(piece.text) }
            return values[String(piece.text)] ?? (keepingUnknown ? "{{\(piece.text)}}" : "")
        }.joined()
    }

    private var pieces: [(text: Substring, isName: Bool)] {
        var pieces: [(text: Substring, isName: Bool)] = []
        var rest = text
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            pieces.append((rest[..<open.lowerBound], false))
            pieces.append((rest[open.upperBound..<close.lowerBound], true))
            rest = rest[close.upperBound...]
        }
        pieces.append((rest, false))
        return pieces
    }
}

/// The prompt files cannot be used.
public enum PromptError: ExplainedError, Equatable {
    /// A file is not there.
    case missing(file: String)
    /// A file is not of its form.
    case malformed(file: String, problem: Problem)

    /// What is wrong with a file.
    public enum Problem: Sendable, Equatable {
        case size, encoding, parts, json, version
        case placeholder(String)
    }

    /// One line for a person.
    public var explanation: LocalizedText {
        switch self {
        case .missing(let file):
            LocalizedText(
                zhHant: "缺少提示詞檔 prompts/\(file)；請移除資料庫 models/prompts 的覆寫或補上此檔",
                en: "the prompt file prompts/\(file) is missing; remove the library's models/prompts or add the file")
        case .malformed(let file, let problem):
            LocalizedText(
                zhHant: "提示詞檔 prompts/\(file) 無法使用：\(problem.words.zhHant)",
                en: "the prompt file prompts/\(file) cannot be used: \(problem.words.en)")
        }
    }
}

extension PromptError.Problem {
    /// In a few words.
    fileprivate var words: LocalizedText {
        switch self {
        case .size: LocalizedText(zhHant: "超過 64 KiB", en: "over 64 KiB")
        case .encoding: LocalizedText(zhHant: "不是 UTF-8", en: "not UTF-8")
        case .parts:
            LocalizedText(
                zhHant: "須有「=== system」（含 {{rules}}）與「=== user」（含 {{data}}）兩部分",
                en: "it needs a part \"=== system\" with {{rules}} and a part \"=== user\" with {{data}}")
        case .json: LocalizedText(zhHant: "不是 JSON 物件", en: "not a JSON object")
        case .version: LocalizedText(zhHant: "版本須為 1 至 20 個字", en: "a version has 1 to 20 characters")
        case .placeholder(let name):
            LocalizedText(zhHant: "沒有「\(name.prefix(40))」這個欄位", en: "there is no placeholder \"\(name.prefix(40))\"")
        }
    }
}
