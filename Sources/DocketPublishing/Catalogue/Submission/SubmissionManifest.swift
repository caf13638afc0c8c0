public import DocketCore
import Foundation

/// What a batch holds: `manifest.json`.
public struct SubmissionManifest: Sendable, Equatable, Codable {
    /// Form of this file.
    public var format = "docket-submission/1"
    /// Name of the batch, that of its folder.
    public var name: String
    /// Agency that hands it over, 全銜.
    public var agency: String
    /// 機關代碼; absent where it is not known.
    public var agencyCode: String?
    /// Half year, "2021H2".
    public var period: String
    /// First day of it.
    public var from: String
    /// Last day of it.
    public var to: String
    /// Day on which the batch was made.
    public var created: String
    /// Encoding of all files.
    public var encoding = "UTF-8"
    /// Files with entries, in order.
    public var files: [File] = []
    /// Entries that were offered.
    public var offered = 0
    /// Entries in the files.
    public var written = 0
    /// Number of entries left out, by reason; `left-out.csv` names them.
    public var leftOut: [String: Int] = [:]
    /// Number of findings on the entries in the files, by rule.
    public var findings: [String: Int] = [:]

    /// One file with entries.
    public struct File: Sendable, Equatable, Codable {
        /// Its name in the folder.
        public var name: String
        /// Form of it.
        public var profile: CatalogueProfile
        /// Number of entries, 1...3,000.
        public var records: Int
        /// Number of bytes.
        public var bytes: Int
        /// Digest of the bytes.
        public var sha256: SHA256Digest
    }

    /// Why an entry is not in a batch.
    public enum Reason: String, Sendable, CaseIterable, Codable {
        /// 密 or above: never submitted (CAT-10).
        case classified
        /// No person has verified it.
        case notVerified
        /// A rule found an error.
        case hasErrors
        /// Catalogued after the end of the period.
        case afterPeriod
        /// No profile of the batch has a place for its level.
        case otherLevel
        /// A control character stands in it, which no file may have.
        case forbiddenCharacter

        /// Its words for people.
        public var name: LocalizedText {
            switch self {
            case .classified: LocalizedText(zhHant: "機密檔案目錄不彙送", en: "classified, never submitted")
            case .notVerified: LocalizedText(zhHant: "尚未審核", en: "not verified")
            case .hasErrors: LocalizedText(zhHant: "檢核有錯誤", en: "rules found errors")
            case .afterPeriod: LocalizedText(zhHant: "編目日期在期間之後", en: "catalogued after the period")
            case .otherLevel: LocalizedText(zhHant: "所選格式不收此層級", en: "no profile takes its level")
            case .forbiddenCharacter: LocalizedText(zhHant: "含控制字元", en: "a control character stands in it")
            }
        }
    }

    /// JSON with sorted keys, indented.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // Plain values: encoding cannot fail, and an empty file would show it if it did.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
    }

    /// The same for people, in the language of the batch.
    func text(_ context: CatalogueExport.Context) -> String {
        func word(_ zhHant: String, _ en: String) -> String { context.text(LocalizedText(zhHant: zhHant, en: en)) }
        var lines = [
            word("檔案目錄彙送批次 ", "Submission of catalogue entries ") + name, "",
            word("彙送機關：", "Agency: ") + agency + (agencyCode.map { "（\($0)）" } ?? ""),
            word("期間：", "Period: ") + "\(period)（\(from) – \(to)）",
            word("製作日期：", "Made on: ") + created,
            word("編碼：", "Encoding: ") + encoding,
            word("應彙送 \(offered) 筆，已納入 \(written) 筆", "\(offered) entries offered, \(written) in the files"), "",
        ]
        for file in files {
            lines.append(
                "\(file.name)  \(file.profile.rawValue)  "
                    + word("\(file.records) 筆  \(file.bytes) 位元組", "\(file.records) entries  \(file.bytes) bytes"))
            lines.append("  SHA-256 \(file.sha256.hex)")
        }
        lines += ["", word("未納入：", "Left out:")]
        for reason in Reason.allCases {
            guard let count = leftOut[reason.rawValue] else { continue }
            lines.append("  \(context.text(reason.name))  \(count)")
        }
        if leftOut.isEmpty { lines.append(word("  無", "  none")) }
        lines += ["", word("檢核發現：", "Findings:")]
        for (rule, count) in findings.sorted(by: { $0.key < $1.key }) { lines.append("  \(rule)  \(count)") }
        if findings.isEmpty { lines.append(word("  無", "  none")) }
        return lines.joined(separator: "\n") + "\n"
    }
}
