public import DocketCore

/// Why the archive could not do what was asked: a closed list, each case one line that names the file and the remedy.
public enum ArchiveError: ExplainedError, Equatable {
    /// Somebody else changed the object since it was read, or its name is taken.
    case conflict(Conflict)
    /// The store cannot be reached or written now; `retryable` says whether the same call may succeed later.
    case unavailable(file: String, reason: LocalizedText, retryable: Bool)
    /// An answer would lack a part of the library, which is never given as if it were whole.
    case incomplete(part: String)
    /// A rule of the library forbids it.
    case refused(Refusal)
    /// Stored bytes do not say what they should.
    case corrupt(file: String, detail: String)
    /// Nothing of this name is visible to the viewer.
    case notFound(String)
    /// The folder holds no library.
    case notALibrary(folder: String)
    /// The folder already holds a library or other files.
    case exists(folder: String)
    /// A later version of Docket wrote the library.
    case newerVersion(file: String, version: Int, supported: Int)
    /// The folder or its file system cannot be written.
    case readOnly(folder: String)
    /// No space is left on the disk.
    case diskFull(file: String)
    /// Another program held the library longer than the wait allows.
    case locked(file: String, waitedMilliseconds: Int)
    /// The query cannot be read; `offset` is the UTF-8 byte of the first bad token.
    case malformedQuery(offset: Int, reason: LocalizedText)

    /// What collided.
    public enum Conflict: Sendable, Equatable {
        /// The row is at revision `found`, the write named `expected`.
        case revision(object: String, expected: Int, found: Int)
        /// The name belongs to another object.
        case identity(object: String)
        /// The text version after `current` is the only one that can be added.
        case version(object: String, given: Int, current: Int)
    }

    /// Which rule forbids a call.
    public enum Refusal: Sendable, Equatable {
        /// SEC-01: the source is above the library's ceiling.
        case aboveCeiling(level: Classification, ceiling: Classification)
        /// The draft is approved and its text locked.
        case locked(object: String)
        /// The state machine of review has no such step.
        case state(object: String, from: String, to: String)
        /// Claims or findings block approval by the library's policy.
        case blocked(object: String, claims: Int, findings: Int)
        /// A machine would overwrite what a person wrote.
        case machineEdit(object: String)
        /// The object was withdrawn.
        case withdrawn(object: String)
        /// A reason or an authority must be named.
        case missingReason(field: String)
        /// The value does not keep its promises: passages that do not partition the text, an empty name …
        case invalid(object: String, reason: LocalizedText)
        /// What the caller wrote for a field, a page token or the like is no value of it.
        case badValue(object: String, reason: LocalizedText)
        /// Larger than the library takes.
        case tooLarge(object: String, bytes: Int, limit: Int)
        /// The actor does not hold the job any more.
        case leaseLost(job: String)
        /// A saved search cannot be had or made.
        case search(name: String, SavedSearchProblem)
    }
}

extension ArchiveError {
    /// The line for a person: what, where, remedy.
    public var explanation: LocalizedText {
        switch self {
        case .conflict(let conflict): conflict.explanation
        case .refused(let refusal): refusal.explanation
        case .unavailable(let file, let reason, let retryable):
            LocalizedText(
                zhHant: "\(file)：暫時無法使用（\(reason.zhHant)）；" + (retryable ? "請稍後再試" : "請檢查該檔案"),
                en: "\(file): not usable now (\(reason.en)); " + (retryable ? "try again later" : "check the file"))
        case .incomplete(let part):
            LocalizedText(
                zhHant: "\(part)：目前不完整，結果會缺漏；請執行 docket reindex",
                en: "\(part): not complete, so the answer would lack parts; run docket reindex")
        case .corrupt(let file, let detail):
            LocalizedText(
                zhHant: "\(file)：內容毀損（\(detail)）；請由備份還原，並執行 docket doctor",
                en: "\(file): damaged (\(detail)); restore it from a copy and run docket doctor")
        case .notFound(let object):
            LocalizedText(
                zhHant: "\(object)：查無此項；請以 docket list 確認識別碼",
                en: "\(object): nothing of this name; look it up with docket list")
        default: folderExplanation
        }
    }

    private var folderExplanation: LocalizedText {
        switch self {
        case .notALibrary(let folder):
            LocalizedText(
                zhHant: "\(folder)：不是 Docket 資料庫；請以 docket init 建立，或用 --library 指定",
                en: "\(folder): not a Docket library; make one with docket init or name one with --library")
        case .exists(let folder):
            LocalizedText(
                zhHant: "\(folder)：已有資料；請選擇空的資料夾", en: "\(folder): already in use; choose an empty folder")
        case .newerVersion(let file, let version, let supported):
            LocalizedText(
                zhHant: "\(file)：由較新版本寫入（結構 \(version)，本程式支援至 \(supported)）；請更新 Docket",
                en:
                    "\(file): written by a later version (schema \(version), this program knows \(supported)); update Docket"
            )
        case .readOnly(let folder):
            LocalizedText(
                zhHant: "\(folder)：僅能讀取，無法寫入；請調整資料夾權限或改用可寫入的資料庫",
                en: "\(folder): can be read but not written; change its permissions or use another library")
        case .diskFull(let file):
            LocalizedText(
                zhHant: "\(file)：磁碟空間不足，本次未寫入任何內容；請清出空間後重試",
                en: "\(file): no space left on the disk, nothing was written; free some space and try again")
        case .locked(let file, let waited):
            LocalizedText(
                zhHant: "\(file)：其他程式使用中，已等候 \(waited) 毫秒；請待其結束後重試",
                en: "\(file): in use by another program for more than \(waited) ms; try again when it has finished")
        case .malformedQuery(let offset, let reason):
            LocalizedText(
                zhHant: "查詢第 \(offset) 位元組無法解讀（\(reason.zhHant)）；請修正後重試",
                en: "query: cannot be read at byte \(offset) (\(reason.en)); correct it and try again")
        default: LocalizedText(zhHant: "", en: "")
        }
    }
}

extension ArchiveError.Conflict {
    /// The line for a person.
    public var explanation: LocalizedText {
        switch self {
        case .revision(let object, let expected, let found):
            LocalizedText(
                zhHant: "\(object)：已被他人修改（讀取時為第 \(expected) 版，現為第 \(found) 版）；請重新讀取後再改",
                en:
                    "\(object): changed by somebody else (read at revision \(expected), now \(found)); read it again first"
            )
        case .identity(let object):
            LocalizedText(
                zhHant: "\(object)：識別碼已被使用；請換一個", en: "\(object): the name is taken; use another")
        case .version(let object, let given, let current):
            LocalizedText(
                zhHant: "\(object)：文字版本 \(given) 無法接在版本 \(current) 之後；請重新讀取",
                en: "\(object): text version \(given) cannot follow version \(current); read it again first")
        }
    }
}

extension ArchiveError.Refusal {
    /// The line for a person.
    public var explanation: LocalizedText {
        switch self {
        case .aboveCeiling(let level, let ceiling):
            LocalizedText(
                zhHant: "SEC-01：密等 \(level.rawValue) 高於本資料庫上限 \(ceiling.rawValue)，未予收錄；請存入上限較高的資料庫",
                en: "SEC-01: \(level.rawValue) is above this library's ceiling \(ceiling.rawValue); "
                    + "use a library with a higher ceiling")
        case .locked(let object):
            LocalizedText(
                zhHant: "\(object)：已核定，文字不得再改；請另立更正", en: "\(object): approved and locked; correct it by a new draft")
        case .state(let object, let from, let to):
            LocalizedText(
                zhHant: "\(object)：狀態為 \(from)，不能轉為 \(to)；請以 docket show 確認",
                en: "\(object): is \(from) and cannot become \(to); look at it with docket show")
        case .blocked(let object, let claims, let findings):
            LocalizedText(
                zhHant: "\(object)：有 \(claims) 句未獲來源支持、\(findings) 項檢核未通過，不得核定；請修正後再送",
                en: "\(object): \(claims) claims and \(findings) findings block approval; correct them first")
        case .machineEdit(let object):
            LocalizedText(
                zhHant: "\(object)：程式不得覆寫人工內容；請另建草稿",
                en: "\(object): a program may not overwrite it; make a new draft instead")
        default: valueExplanation
        }
    }

    private var valueExplanation: LocalizedText {
        switch self {
        case .withdrawn(let object):
            LocalizedText(
                zhHant: "\(object)：已撤回；請以 docket list 查其他項目",
                en: "\(object): withdrawn; look for another with docket list")
        case .missingReason(let field):
            LocalizedText(zhHant: "缺少 \(field)；請註明後重試", en: "\(field): missing; name it and try again")
        case .invalid(let object, let reason):
            LocalizedText(
                zhHant: "\(object)：內容不符規定（\(reason.zhHant)）；請修正後重試",
                en: "\(object): not valid (\(reason.en)); correct it first")
        case .badValue(let object, let reason):
            LocalizedText(
                zhHant: "\(object)：不是可用的值（\(reason.zhHant)）；請修正後重試",
                en: "\(object): not a value for it (\(reason.en)); correct it and try again")
        case .tooLarge(let object, let bytes, let limit):
            LocalizedText(
                zhHant: "\(object)：\(bytes) 位元組，超過上限 \(limit)；請分割後再加入",
                en: "\(object): \(bytes) bytes, the limit is \(limit); split it first")
        case .search(let name, let problem): problem.explanation(name)
        case .leaseLost(let job):
            LocalizedText(
                zhHant: "\(job)：工作已由他人接手；結果不予採用", en: "\(job): another worker took the job over; drop the result")
        default: LocalizedText(zhHant: "", en: "")
        }
    }
}

extension ArchiveError {
    /// A page token that no list of this kind has printed.
    static let badPageToken = ArchiveError.refused(
        .badValue(object: "--page", reason: LocalizedText(zhHant: "不是這個清單印出的接續記號", en: "not written by this list")))

    /// A query that cannot be read from byte `offset` on.
    static func badQuery(at offset: Int, _ zhHant: String, _ en: String) -> ArchiveError {
        .malformedQuery(offset: offset, reason: LocalizedText(zhHant: zhHant, en: en))
    }
}

extension LocalizedText {
    /// A file that did not hold still.
    static let changedWhileRead = LocalizedText(zhHant: "讀取期間內容有變動", en: "its bytes changed while it was read")
}
