import DocketCore

/// What the commands of the catalogue say, in both languages.
enum CatalogueWords {
    static let abstract = words(
        "編目：建議、審核、訓練、匯入匯出、彙送與統計", "Catalogues: proposes, reviews, trains, imports, exports, submits, counts")
    static let suggest = words(
        "為來源建議案件著錄，並為所屬案卷撰擬案情摘要", "Proposes entries for sources and for the folders they belong to")
    static let list = words("列出著錄", "Lists entries")
    static let show = words("顯示一筆著錄，連同根據與理由", "Shows an entry with what it rests on and why")
    static let review = words(
        "逐筆審核：著錄與原文對照，以鍵盤採用、修改或駁回", "Reviews entries one by one beside their sources, by keyboard")
    static let accept = words("採用欄位或主題項", "Accepts fields or subject terms")
    static let reject = words("駁回欄位或主題項，或駁回整筆著錄", "Rejects fields or subject terms, or a whole entry")
    static let edit = words("填寫欄位（欄位=值），或新增主題項", "Writes fields (field=value), or adds subject terms")
    static let verify = words("確認著錄，可以彙送", "Verifies entries, so that they can go out")
    static let train = words("由已審核的主題項重新訓練", "Trains anew from reviewed subject terms")
    static let stats = words("半年統計：編目、彙送、屆期應檢討", "Half-yearly counts: catalogued, submitted, due for review")
    static let importing = words(
        "匯入目錄檔（CSV、XML、EAD3、JSONL、Annif）", "Imports a file of entries (CSV, XML, EAD3, JSONL, Annif)")
    static let export = words("以指定格式匯出著錄", "Exports entries in a form")
    static let submit = words("製作彙送批次：分檔、清單、檢核報告", "Makes a submission batch: files, manifest, validation report")

    static let sources = words("來源編號；不指定則為所有尚未編目者", "Sources; those without an entry when none is named")
    static let entry = words("著錄的編號或檔號", "Identity or file number of an entry")
    static let entries = words("著錄的編號或檔號；案號代表整卷", "Identities or file numbers; the number of a folder means all of it")
    static let vocabulary = words("主題項所用的詞彙表", "Vocabulary of the subject terms")
    static let exclude = words("不建議的概念（URI），可重複", "Concept that is not suggested (URI), may be repeated")
    static let scheme = words(
        "只在此概念之下建議（URI），可重複", "Concept below which alone terms are suggested (URI), may be repeated")
    static let most = words("主題項至多幾個", "Most subject terms of an entry")
    static let noFolders = words("不描述案卷", "Describes no folders")
    static let level = words("層級：item、folder", "Level: item, folder")
    static let status = words("狀態，以逗號分隔", "Statuses, separated by commas")
    static let folder = words("案號", "Number of a folder")
    static let fields = words("欄位名稱；不指定則為全部", "Names of fields; all when none is named")
    static let subject = words("主題項（詞或 URI），可重複", "Subject term (label or URI), may be repeated")
    static let add = words("新增主題項（詞彙表中的詞），可重複", "Subject term of the vocabulary to add, may be repeated")
    static let number = words("檔號", "File number")
    static let reason = words("理由", "Reason")
    static let values = words("欄位=值；多值以「|」分隔", "field=value; several values with | between")
    static let period = words("半年期，例如 2024H1、113H1", "Half year, as 2024H1 or 113H1")
    static let csv = words("輸出 CSV", "Prints CSV")
    static let chart = words("將圖表（HTML）寫入檔案", "Writes a page with the chart (HTML) to a file")
    static let agency = words("機關全銜", "Name of the agency")
    static let agencyCode = words("機關代碼", "Code of the agency")
    static let profile = words("格式：\(profiles)", "Form: \(profiles)")
    static let output = words("輸出檔，不指定則為標準輸出", "File to write; standard output when none is named")
    static let into = words("放置批次的資料夾", "Folder that gets the batch")
    static let batchName = words("批次名稱，不指定則依期別", "Name of the batch; after the period when none is given")
    static let file = words("檔案或資料夾", "File or folder")
    static let mapping = words("欄位對照檔（YAML）", "Mapping file (YAML)")
    static let preview = words("只顯示前幾筆與問題，不匯入", "Shows the first entries and problems, imports nothing")
    static let checkAll = words(
        "檢核著錄（可用 --level、--status、--folder 篩選）", "Checks catalogue entries (of --level, --status, --folder)")
    static let classified = words("包含機密著錄（封閉區專用）", "Includes classified entries (closed zone only)")

    static func proposed(_ added: Int, _ renewed: Int, _ unchanged: Int) -> LocalizedText {
        words(
            "新增 \(added) 筆、更新 \(renewed) 筆、未變 \(unchanged) 筆建議。以 docket catalogue review 審核。",
            "\(added) proposed, \(renewed) renewed, \(unchanged) unchanged. Review them with docket catalogue review.")
    }
    static let nothingNew = words("沒有尚未編目的來源。", "No source is without an entry.")
    static let none = words("沒有符合的著錄。", "No entry is like that.")
    static let noneWaiting = words("沒有待審的著錄。", "No entry waits for review.")
    static func notWithdrawn(_ id: String) -> LocalizedText {
        words(
            "\(id) 是著錄，不撤回；請以 docket catalogue reject \(id) --reason 駁回。",
            "\(id) is a catalogue entry, which is not withdrawn; reject it with docket catalogue reject \(id) --reason."
        )
    }
    static func unknownField(_ name: String) -> LocalizedText {
        words(
            "沒有欄位「\(name)」。可用的名稱見 docs/cataloguing.md。",
            "There is no field \"\(name)\"; docs/cataloguing.md names them all.")
    }
    static func unknownTerm(_ label: String, _ vocabulary: String) -> LocalizedText {
        words(
            "詞彙表「\(vocabulary)」沒有「\(label)」。主題項只能取自詞彙表。",
            "Vocabulary \"\(vocabulary)\" has no \"\(label)\". Subject terms come from the vocabulary alone.")
    }
    static func badNumber(_ text: String) -> LocalizedText {
        words("「\(text)」不是檔號，例如 113/0301/2/1/004。", "\"\(text)\" is no file number such as 113/0301/2/1/004.")
    }
    static func badPeriod(_ text: String) -> LocalizedText {
        words("「\(text)」不是半年期，例如 2024H1。", "\"\(text)\" is no half year such as 2024H1.")
    }
    static func verified(_ count: Int) -> LocalizedText { words("已確認 \(count) 筆。", "\(count) verified.") }
    static func rejected(_ count: Int) -> LocalizedText { words("已駁回 \(count) 筆。", "\(count) rejected.") }
    static func trained(_ vocabulary: String, _ records: Int) -> LocalizedText {
        words("已由 \(records) 筆審核過的著錄訓練「\(vocabulary)」。", "Trained \"\(vocabulary)\" from \(records) reviewed entries.")
    }
    static func imported(_ added: Int, _ renewed: Int, _ unchanged: Int, _ bad: Int) -> LocalizedText {
        words(
            "匯入：新增 \(added)、更新 \(renewed)、未變 \(unchanged)、無法使用 \(bad)。",
            "Imported: \(added) new, \(renewed) renewed, \(unchanged) unchanged, \(bad) of no use.")
    }
    static func exported(_ count: Int, _ classified: Int, _ other: Int) -> LocalizedText {
        words(
            "匯出 \(count) 筆；略去機密 \(classified) 筆、其他層級 \(other) 筆。",
            "\(count) exported; \(classified) classified and \(other) of another level left out.")
    }
    static func submitted(_ written: Int, _ offered: Int, _ folder: String) -> LocalizedText {
        words(
            "批次已製作：\(offered) 筆中 \(written) 筆，見 \(folder)（report.html 為檢核報告）。",
            "Batch made: \(written) of \(offered) entries, in \(folder) (report.html is the validation report).")
    }
    static let evidence = words("根據", "rests on")
    static let empty = words("（空白）", "(empty)")
    static let subjects = words("主題項", "Subject terms")
    static let proposals = words("新詞建議", "Proposed new terms")
    static let notes = words("附註項", "Notes")
    static let findings = words("檢核", "Findings")
    static let sourceText = words("原文", "Source")
    static let path = words("層級", "path")
    static let similar = words("相似案件", "like")
    static let matched = words("詞語", "words")
    static let progress = words("編目中", "Cataloguing")
    static let previewColumns = words("欄位對照", "Columns")
    static let previewUnknown = words("無法辨識的欄位", "Columns that nothing explains")

    static let keys = words(
        "a 全部採用並確認  v 確認  f 採用欄位  e 修改欄位  s 主題項（採用/駁回）  + 新增主題項  x 駁回著錄  o 原文  n 下一筆  p 上一筆  q 結束",
        "a accept all and verify  v verify  f accept fields  e edit a field  s subject term (accept/reject)  + add a term  x reject the entry  o source  n next  p previous  q quit"
    )
    static let askField = words("欄位名稱：", "Name of the field: ")
    static let askValue = words("新內容：", "New words: ")
    static let askSubject = words("主題項號碼（駁回請加「-」）：", "Number of the term (with - before it to reject): ")
    static let askTerm = words("新增的詞：", "Term to add: ")
    static let askReason = words("駁回理由：", "Why it is rejected: ")
    static func reviewed(_ done: Int, _ left: Int) -> LocalizedText {
        words("本次審核 \(done) 筆，尚有 \(left) 筆待審。", "\(done) reviewed, \(left) waiting.")
    }

    private static var profiles: String {
        "neutral-xml, archives-xml, ead3, dublin-core, csv-items, csv-folders, jsonl"
    }

    private static func words(_ zhHant: String, _ en: String) -> LocalizedText { LocalizedText(zhHant: zhHant, en: en) }
}

extension CatalogueEntry.Level {
    /// Its name in the language of this run.
    var shown: String {
        switch self {
        case .item: LocalizedText(zhHant: "案件", en: "item").shown
        case .folder: LocalizedText(zhHant: "案卷", en: "folder").shown
        }
    }
}

extension CatalogueEntry.Status {
    /// Its name in the language of this run.
    var shown: String {
        let zhHant =
            switch self {
            case .suggested: "建議"
            case .edited: "審核中"
            case .verified: "已確認"
            case .exported: "已匯出"
            case .submitted: "已彙送"
            case .accepted: "已收錄"
            case .rejected: "已駁回"
            }
        return LocalizedText(zhHant: zhHant, en: rawValue).shown
    }
}

extension DescribedField.State {
    /// Its name in the language of this run.
    var shown: String {
        let zhHant =
            switch self {
            case .suggested: "建議"
            case .accepted: "採用"
            case .edited: "人工"
            case .rejected: "駁回"
            }
        return LocalizedText(zhHant: zhHant, en: rawValue).shown
    }
}
