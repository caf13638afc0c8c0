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
    /// The source has no such segment.
    case noSegment(id: String, segment: Int, count: Int)
    /// A file of claims, queries or records has a bad line.
    case badLine(file: String, line: Int, problem: LocalizedText)
    /// This version has no such prediction task.
    case unknownTask(name: String)
    /// A task lacks one of its inputs.
    case missingInput(task: String, option: String)
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
        case .cannotRead(let file):
            LocalizedText(
                zhHant: "無法讀取 \(file)。請檢查路徑與權限。", en: "Cannot read \(file). Check the path and your rights.")
        case .cannotWrite(let file):
            LocalizedText(
                zhHant: "無法寫入 \(file)。請檢查路徑、權限與磁碟空間。",
                en: "Cannot write \(file). Check the path, your rights and the disk.")
        default: LocalizedText(zhHant: "", en: "")
        }
    }

    private static let tasks = PredictionTask.allCases.map(\.rawValue).joined(separator: ", ")
}
