public import DocketCore

/// Why the stages could not be run on something, in words of the pipeline itself.
public enum PipelineError: ExplainedError, Equatable {
    /// A roster or series file is not of its form.
    case malformed(file: String, place: LocalizedText, problem: LocalizedText)
    /// Nothing has this identity, or the viewer may not see it.
    case unknown(id: String)
    /// No series of this name.
    case unknownSeries(name: String)
    /// No meeting of this name.
    case unknownMeeting(name: String)
    /// A source has a role in a meeting that nobody names.
    case noMeeting(source: String)
    /// A source of this kind cannot be used so.
    case wrongKind(id: String, kind: SourceKind, needed: SourceKind)
    /// Policy lets no engine draft from a source of this classification.
    case classified(id: String, classification: Classification)
    /// An endpoint is not cleared for a source: nothing was sent.
    case notCleared(id: String, classification: Classification, endpoint: String, clearance: Classification)
    /// No profile has this name.
    case unknownEndpoint(name: String, known: [String])
    /// An engine that needs an endpoint was asked for, and none is named.
    case noEndpoint(known: [String])
    /// The site's policy cannot be relied on.
    case policy(file: String, problem: LocalizedText)
    /// The source has no such segment.
    case noSegment(id: String, segment: Int, count: Int)
    /// A file of claims, queries or records has a bad line.
    case badLine(file: String, line: Int, problem: LocalizedText)
    /// This version has no such prediction task.
    case unknownTask(name: String)
    /// A task lacks one of its inputs.
    case missingInput(task: String, option: String)
    /// No vocabulary of the name, or none is named and the library has none or several.
    case noVocabulary(name: String?, known: [String])
    /// Nobody has reviewed a subject term of a vocabulary yet.
    case nothingToLearn(vocabulary: String)
    /// A file could not be opened.
    case cannotRead(file: String)
    /// A file could not be written.
    case cannotWrite(file: String)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .malformed(let file, let place, let problem):
            LocalizedText(
                zhHant: "\(file)\(place.zhHant.isEmpty ? "" : " ")\(place.zhHant)：\(problem.zhHant)。請修正後再試。",
                en: "\(file)\(place.en.isEmpty ? "" : " ")\(place.en): \(problem.en). Mend it and try again.")
        case .unknown(let id):
            LocalizedText(
                zhHant: "資料庫中沒有 \(id)，或您無權閱覽。以 docket list 查看編號。",
                en: "There is no \(id) in the library, or you may not see it. docket list shows the ids.")
        case .unknownSeries(let name):
            LocalizedText(
                zhHant: "找不到會議系列「\(name)」。以 docket add --kind series 加入，或檢查名稱。",
                en: "There is no series \"\(name)\". Add it with docket add --kind series, or check the name.")
        case .unknownMeeting(let name):
            LocalizedText(
                zhHant: "「\(name)」未指明是哪一次會議。請寫「系列#次別」、「系列@日期」或 docket list meetings 所列的識別碼。",
                en: "\"\(name)\" does not say which meeting. Write SERIES#ORDINAL, SERIES@DATE, or an id that"
                    + " docket list meetings shows.")
        case .noMeeting(let source):
            LocalizedText(
                zhHant: "「\(source)」未指明所屬會議，無從記載其角色。請以 --meeting（或 meeting=）指定會議。",
                en: "\"\(source)\" names no meeting to have a role in. Name it with --meeting (or meeting=).")
        case .wrongKind(let id, let kind, let needed):
            LocalizedText(
                zhHant:
                    "\(id) 的種類是 \(kind.rawValue)，此處需要 \(needed.rawValue)。以 docket set \(id) kind=\(needed.rawValue) 更正，或改用別的來源。",
                en: "\(id) is of kind \(kind.rawValue), and \(needed.rawValue) is needed here."
                    + " Correct it with docket set \(id) kind=\(needed.rawValue), or name another source.")
        default: otherExplanation
        }
    }

    private var otherExplanation: LocalizedText {
        switch self {
        case .classified(let id, let classification):
            LocalizedText(
                zhHant: "來源 \(id) 的密等為 \(classification.rawValue)，政策不允許引擎起草。請由承辦人親自撰寫，或由資料庫管理者調整上限。",
                en: "Source \(id) is classified \(classification.rawValue), and policy lets no engine draft from it."
                    + " Write it by hand, or have the library's ceiling changed.")
        case .noSegment(let id, let segment, let count):
            LocalizedText(
                zhHant: "\(id) 沒有第 \(segment) 段；共 \(count) 段，由 0 起。",
                en: "\(id) has no segment \(segment); it has \(count), counted from 0.")
        case .badLine(let file, let line, let problem):
            LocalizedText(
                zhHant: "\(file) 第 \(line) 行：\(problem.zhHant)。請修正該行。",
                en: "\(file) line \(line): \(problem.en). Mend that line.")
        case .unknownTask(let name):
            LocalizedText(
                zhHant: "這個版本沒有工作「\(name)」；可用：\(Self.tasks)。",
                en: "This version has no task \"\(name)\"; it has: \(Self.tasks).")
        case .missingInput(let task, let option):
            LocalizedText(zhHant: "工作 \(task) 需要 \(option)。", en: "Task \(task) needs \(option).")
        case .noVocabulary(let name?, let known):
            LocalizedText(
                zhHant: "資料庫中沒有詞彙表「\(name)」；現有：\(known.joined(separator: "、"))。請以 docket add --kind vocabulary 加入。",
                en: "There is no vocabulary \"\(name)\" in the library; there are: \(known.joined(separator: ", "))."
                    + " Add it with docket add --kind vocabulary.")
        case .noVocabulary(nil, let known):
            LocalizedText(
                zhHant: known.isEmpty
                    ? "資料庫中沒有詞彙表。請以 docket add --kind vocabulary 加入。"
                    : "資料庫中有數個詞彙表（\(known.joined(separator: "、"))）。請以 --vocabulary 指定。",
                en: known.isEmpty
                    ? "The library has no vocabulary. Add one with docket add --kind vocabulary."
                    : "The library has several vocabularies (\(known.joined(separator: ", "))). Name one with --vocabulary."
            )
        case .nothingToLearn(let vocabulary):
            LocalizedText(
                zhHant: "詞彙表「\(vocabulary)」還沒有經審核的主題項可供學習。請先以 docket catalogue review 採用或駁回。",
                en: "No subject term of vocabulary \"\(vocabulary)\" was reviewed yet. Accept or reject some with"
                    + " docket catalogue review first.")
        case .cannotRead(let file):
            LocalizedText(
                zhHant: "無法讀取 \(file)。請檢查路徑與權限。", en: "Cannot read \(file). Check the path and your rights.")
        case .cannotWrite(let file):
            LocalizedText(
                zhHant: "無法寫入 \(file)。請檢查路徑、權限與磁碟空間。",
                en: "Cannot write \(file). Check the path, your rights and the disk.")
        default: endpointExplanation
        }
    }

    private var endpointExplanation: LocalizedText {
        switch self {
        case .notCleared(let id, let classification, let endpoint, let clearance):
            LocalizedText(
                zhHant: "來源 \(id) 的密等為 \(classification.rawValue)，端點 \(endpoint) 只獲准至 \(clearance.rawValue)，未送出任何內容。"
                    + Self.clearanceRemedy(classification).zhHant,
                en: "Source \(id) is classified \(classification.rawValue) and endpoint \(endpoint) is cleared up to"
                    + " \(clearance.rawValue); nothing was sent. " + Self.clearanceRemedy(classification).en)
        case .unknownEndpoint(let name, let known):
            LocalizedText(
                zhHant: "沒有名為「\(name)」的端點設定檔；可用：\(known.joined(separator: "、"))。請將設定檔放入資料庫的 models/endpoints。",
                en: "There is no endpoint profile \"\(name)\"; there are: \(known.joined(separator: ", "))."
                    + " Put a profile into models/endpoints of the library.")
        case .noEndpoint(let known):
            LocalizedText(
                zhHant: "未指定端點。請以 --endpoint 或 docket.yaml 的 drafting.endpoints 指定：\(known.joined(separator: "、"))。",
                en: "No endpoint is named. Name one with --endpoint or drafting.endpoints of docket.yaml:"
                    + " \(known.joined(separator: ", ")).")
        case .policy(let file, let problem):
            LocalizedText(
                zhHant: "\(file)：\(problem.zhHant)。請重新簽署政策檔，或移除後再試。",
                en: "\(file): \(problem.en). Have the policy signed again, or remove it.")
        default: LocalizedText(zhHant: "", en: "")
        }
    }

    private static func clearanceRemedy(_ classification: Classification) -> LocalizedText {
        classification > SitePolicy.clearanceWithout
            ? LocalizedText(
                zhHant: "「密」以上須有簽署的 policy.yaml；否則請以內建引擎起草。",
                en: "Above internal a signed policy.yaml must allow it; else draft with the embedded engine.")
            : LocalizedText(
                zhHant: "請以內建引擎起草（--engine extractive），或調高設定檔的 clearance。",
                en: "Draft with the embedded engine (--engine extractive), or raise the clearance in its profile.")
    }

    private static let tasks = PredictionTask.allCases.map(\.rawValue).joined(separator: ", ")
}
