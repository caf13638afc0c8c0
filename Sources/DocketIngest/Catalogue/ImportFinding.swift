import DocketCore

/// Findings on records of a file of catalogue entries: rules IMP-01 to IMP-06.
enum ImportFinding {
    /// The record cannot be used.
    case unusable(LocalizedText, remedy: LocalizedText)
    /// A value is not of its field's form and was left out.
    case badValue(CatalogueField, words: String)
    /// A column or element that no part of an entry stands for.
    case unmapped(String)
    /// Bytes that are no characters.
    case replaced
    /// A file number that is not one.
    case badNumber(words: String)
    /// Words of 密等 that name no level; the entry is held to be classified.
    case unknownLevel(words: String)

    /// The finding at `line` of `file`.
    func finding(file: String, line: Int) -> Finding {
        let (rule, severity, field, message, remedy) = parts
        let place = field.map { "\(file):\(line) \($0)" } ?? "\(file):\(line)"
        return Finding(
            rule: rule, severity: severity,
            place: .init(path: place, field: field.flatMap(CatalogueField.init(rawValue:))),
            message: LocalizedText(
                zhHant: "\(file) 第 \(line) 行：\(message.zhHant)", en: "\(file), line \(line): \(message.en)"),
            remedy: remedy)
    }

    /// Longest part of a value that a message repeats, in characters.
    private static let longestWords = 40

    private static func quoted(_ words: String) -> String {
        let tidy = words.tidied
        return tidy.count > longestWords ? tidy.prefix(longestWords) + "…" : tidy
    }

    private var parts: (String, Finding.Severity, String?, LocalizedText, LocalizedText) {
        switch self {
        case .unusable(let what, let remedy): return ("IMP-01", .error, nil, what, remedy)
        case .badValue(let field, let words):
            let words = Self.quoted(words)
            return (
                "IMP-02", .warning, field.rawValue,
                LocalizedText(
                    zhHant: "\(field.name.zhHant)「\(words)」無法辨識，該欄留空，原文存於附註",
                    en:
                        "\(field.name.en) \"\(words)\" is not of a known form; the field is empty, the words are in a note"
                ),
                Self.remedy(field)
            )
        case .unmapped(let name):
            let name = Self.quoted(name)
            return (
                "IMP-03", .warning, name,
                LocalizedText(zhHant: "「\(name)」沒有對應欄位", en: "nothing in an entry stands for \"\(name)\""),
                LocalizedText(zhHant: "請於欄位對照檔指定，或標為 ignore", en: "name its field in the mapping file, or `ignore`")
            )
        case .replaced:
            return (
                "IMP-04", .warning, nil,
                LocalizedText(zhHant: "有位元組不是此編碼的字元，以 U+FFFD 代替", en: "bytes that are no characters became U+FFFD"),
                LocalizedText(zhHant: "請對照原件；或於對照檔指定 encoding", en: "compare with the original, or state `encoding`")
            )
        case .badNumber(let words):
            let words = Self.quoted(words)
            return (
                "IMP-05", .warning, "fileNumber",
                LocalizedText(
                    zhHant: words.isEmpty ? "檔號不完整，留空" : "檔號「\(words)」不完整，留空，原文存於附註",
                    en: words.isEmpty
                        ? "the file number is incomplete and left empty"
                        : "\"\(words)\" is no file number; it is empty, the words are in a note"),
                LocalizedText(
                    zhHant: "檔號為年度號/分類號/案次號（/卷次號/目次號）",
                    en: "a file number is year/class/case, or year/class/case/volume/item")
            )
        case .unknownLevel(let words):
            let words = Self.quoted(words)
            return (
                "IMP-06", .error, CatalogueField.classification.rawValue,
                LocalizedText(
                    zhHant: "密等「\(words)」不是密、機密、極機密或絕對機密，暫以密處理",
                    en: "\"\(words)\" names no level of secrecy; the entry is held to be 密"),
                LocalizedText(zhHant: "請更正密等；普通件請留空", en: "correct it; leave it empty for what is not classified")
            )
        }
    }

    private static func remedy(_ field: CatalogueField) -> LocalizedText {
        switch field.form {
        case .date:
            LocalizedText(
                zhHant: "請寫為 110/10/26 或 2021-10-26，或於對照檔指定 dates",
                en: "write 110/10/26 or 2021-10-26, or state `dates` in the mapping file")
        case .retention: LocalizedText(zhHant: "請寫年數或「永久」", en: "write years, or `permanent`")
        case .agencyCode:
            LocalizedText(zhHant: "機關代碼為 8 至 10 碼數字及大寫字母", en: "a code has 8 to 10 digits and capital letters")
        default: LocalizedText(zhHant: "請更正該值", en: "correct the value")
        }
    }
}
