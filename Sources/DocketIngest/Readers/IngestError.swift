public import DocketCore

/// Why bytes could not be read into a source.
///
/// The explanation is one line: what, where, remedy. It never holds words of the document.
public enum IngestError: ExplainedError, Equatable, Sendable {
    /// The file system refused; `errno` is the system's number.
    case unreadable(file: String, errno: Int32)
    /// A folder, device or pipe where a file is needed.
    case notAFile(file: String)
    /// No bytes at all.
    case empty(file: String)
    /// Bytes of a known format in which no text was found.
    case noText(file: String, format: String)
    /// A limit of `ReaderLimits` was reached; `value` is the limit in force.
    case limitExceeded(file: String, limit: ReaderLimits.Key, value: Int, place: Place)
    /// The end of the file is missing.
    case truncated(file: String, format: String, place: Place)
    /// The bytes break the rules of their format.
    case malformed(file: String, format: String, place: Place, problem: LocalizedText)
    /// Protected by a password.
    case encrypted(file: String, format: String)
    /// A known format that no reader accepts.
    case unsupported(file: String, format: String, remedy: LocalizedText)
    /// Bytes that are no text in any known encoding and no known format.
    case binary(file: String, place: Place)
    /// A program that a format needs is not installed; `package` is its Debian package.
    case toolMissing(tool: String, package: String)
    /// A program gave up; `status` is its exit status or signal, as words.
    case toolFailed(file: String, tool: String, status: String)

    /// Where in the file something is; whatever is known.
    public struct Place: Equatable, Sendable {
        /// Line from 1.
        public var line: Int?
        /// Byte offset from 0.
        public var byte: Int?
        /// Name of an entry inside a container.
        public var entry: String?
        /// Page from 1.
        public var page: Int?
        /// Column from 1, in characters.
        public var column: Int?

        /// A place of whatever is known.
        public init(
            line: Int? = nil, byte: Int? = nil, entry: String? = nil, page: Int? = nil, column: Int? = nil
        ) {
            self.column = column
            self.line = line
            self.byte = byte
            self.entry = entry
            self.page = page
        }
    }
}

extension IngestError {
    /// One line in both languages: what, where, remedy.
    public var explanation: LocalizedText {
        let (what, remedy) = (what, remedy)
        return LocalizedText(zhHant: what.zhHant + "。" + remedy.zhHant + "。", en: what.en + "; " + remedy.en)
    }

    private var what: LocalizedText {
        switch self {
        case .unreadable(let file, let errno):
            let reason = LocalizedText.system(errno)
            return LocalizedText(
                zhHant: "無法讀取 \(file)（\(reason.zhHant)）", en: "\(file): cannot be opened (\(reason.en))")
        case .notAFile(let file):
            return LocalizedText(zhHant: "\(file) 不是一般檔案", en: "\(file): not a regular file")
        case .empty(let file):
            return LocalizedText(zhHant: "\(file) 是空檔", en: "\(file): empty file")
        case .noText(let file, let format):
            return LocalizedText(zhHant: "\(file)（\(format)）沒有文字", en: "\(file): no text in this \(format) file")
        case .limitExceeded(let file, let limit, let value, let place):
            let where_ = place.words
            return LocalizedText(
                zhHant: "\(file) 超過上限 \(limit.rawValue) = \(value)\(where_.zhHant)",
                en: "\(file): over the limit \(limit.rawValue) = \(value)\(where_.en)")
        case .truncated(let file, let format, let place):
            let where_ = place.words
            return LocalizedText(
                zhHant: "\(file)（\(format)）不完整，後段遺失\(where_.zhHant)",
                en: "\(file): this \(format) file is cut short\(where_.en)")
        case .malformed(let file, let format, let place, let problem):
            let where_ = place.words
            return LocalizedText(
                zhHant: "\(file) 不是正確的 \(format)：\(problem.zhHant)\(where_.zhHant)",
                en: "\(file): not valid \(format): \(problem.en)\(where_.en)")
        default: return whatOfContent
        }
    }

    private var whatOfContent: LocalizedText {
        switch self {
        case .encrypted(let file, let format):
            return LocalizedText(
                zhHant: "\(file)（\(format)）有密碼保護", en: "\(file): this \(format) file is protected by a password")
        case .unsupported(let file, let format, _):
            return LocalizedText(zhHant: "\(file) 是 \(format)，無法讀取", en: "\(file): \(format) is not read")
        case .binary(let file, let place):
            let where_ = place.words
            return LocalizedText(
                zhHant: "\(file) 不是文字，也不是已知格式\(where_.zhHant)",
                en: "\(file): neither text nor a known format\(where_.en)")
        case .toolMissing(let tool, _):
            return LocalizedText(zhHant: "找不到程式 \(tool)", en: "the program \(tool) is not installed")
        case .toolFailed(let file, let tool, let status):
            return LocalizedText(zhHant: "\(tool) 無法處理 \(file)（\(status)）", en: "\(file): \(tool) failed (\(status))")
        default: return LocalizedText(zhHant: "", en: "")
        }
    }

    private var remedy: LocalizedText {
        switch self {
        case .unreadable:
            return LocalizedText(zhHant: "請檢查路徑與權限", en: "check the path and its permissions")
        case .notAFile:
            return LocalizedText(zhHant: "請指定檔案", en: "name a file")
        case .empty:
            return LocalizedText(zhHant: "請確認檔案已完整複製", en: "check that it was copied completely")
        case .noText:
            return LocalizedText(zhHant: "請確認檔案內容", en: "check what the file holds")
        case .limitExceeded(_, let limit, _, _):
            return LocalizedText(
                zhHant: "請分割檔案，或於設定調高 limits.\(limit.rawValue)",
                en: "split it, or raise limits.\(limit.rawValue) in the configuration")
        case .truncated:
            return LocalizedText(zhHant: "請重新取得完整檔案", en: "get a complete copy")
        case .malformed:
            return LocalizedText(zhHant: "請以原程式重新存檔", en: "save it again with the program that made it")
        case .encrypted:
            return LocalizedText(zhHant: "請移除密碼後再試", en: "save it without the password")
        case .unsupported(_, _, let remedy): return remedy
        case .binary:
            return LocalizedText(
                zhHant: "請轉存為 UTF-8 文字、ODT、DOCX 或 PDF", en: "save it as UTF-8 text, ODT, DOCX or PDF")
        case .toolMissing(_, let package):
            return LocalizedText(zhHant: "請安裝：apt-get install \(package)", en: "install it: apt-get install \(package)")
        case .toolFailed:
            return LocalizedText(zhHant: "檔案可能已損壞，請重新取得", en: "the file may be damaged; get a fresh copy")
        }
    }
}

extension IngestError.Place {
    /// " at line 3, byte 120" in both languages; empty when nothing is known.
    var words: LocalizedText {
        var zhHant: [String] = []
        var en: [String] = []
        if let entry { (zhHant, en) = (zhHant + ["項目 \(entry)"], en + ["entry \(entry)"]) }
        if let page { (zhHant, en) = (zhHant + ["第 \(page) 頁"], en + ["page \(page)"]) }
        if let line { (zhHant, en) = (zhHant + ["第 \(line) 行"], en + ["line \(line)"]) }
        if let column { (zhHant, en) = (zhHant + ["第 \(column) 欄"], en + ["column \(column)"]) }
        if let byte { (zhHant, en) = (zhHant + ["第 \(byte) 位元組"], en + ["byte \(byte)"]) }
        guard !en.isEmpty else { return LocalizedText(zhHant: "", en: "") }
        return LocalizedText(zhHant: "（" + zhHant.joined(separator: "、") + "）", en: " at " + en.joined(separator: ", "))
    }
}
