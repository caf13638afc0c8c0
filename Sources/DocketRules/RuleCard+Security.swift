internal import DocketCore

extension RuleCard {
    /// Secrecy and provenance, wherever they are checked: each card says where.
    static let ofSecurity: [RuleCard] = [
        RuleCard(
            "SEC-01", .error,
            finds: LocalizedText(
                "文件或目錄之密等高於資料庫上限（收錄時由檔案庫拒收，目錄另行檢核）。",
                "A source or entry above the ceiling of the library (refused by the archive when it is added; checked on entries)."
            ),
            remedy: LocalizedText("請移至上限較高之資料庫。", "Keep it in a library whose ceiling allows it."),
            silent: LocalizedText("上限以內者。", "What is within the ceiling.")),
        RuleCard(
            "SEC-02", .error,
            finds: LocalizedText(
                "模型端點非本機或未列入允許清單（連線時由傳輸模組拒絕）。",
                "An endpoint that is neither on this machine nor on the list of the site (refused by the transport when it connects)."
            ),
            remedy: LocalizedText("請改用允許之端點，或由資安人員列入清單。", "Use one that is allowed, or have it put on the list."),
            silent: LocalizedText("內建引擎。", "The embedded engines.")),
        RuleCard(
            "SEC-03", .error,
            finds: LocalizedText(
                "系統產生之內容未載明產生者（草稿必有產生者；目錄於檢核時查）。",
                "Generated text or fields without the engine that made them (a draft cannot be without one; checked on entries)."
            ),
            remedy: LocalizedText("請重新產生。", "Make it again."),
            silent: LocalizedText("人工撰寫或匯入者。", "What people wrote or came in with a file.")),
        RuleCard(
            "SEC-04", .error,
            finds: LocalizedText(
                "衍生資料之密等低於來源（草稿之密等由檔案庫計算；目錄於檢核時查）。",
                "A derived thing classified lower than its sources (computed by the archive for drafts; checked on entries)."
            ),
            remedy: LocalizedText("請提高密等，或先辦理來源文件解密。", "Raise its level, or declassify the sources first."),
            silent: LocalizedText("密等相同或較高者。", "The same level or a higher one.")),
        RuleCard(
            "SEC-05", .error,
            finds: LocalizedText(
                "稽核紀錄中斷（由檔案庫檢查時查）。", "A break in the audit trail (found by the check of the archive)."),
            remedy: LocalizedText("請保全資料庫並通知資安人員。", "Keep the library as it is and tell the security officer."),
            silent: LocalizedText("完整之紀錄。", "A whole chain.")),
        RuleCard(
            "SEC-06", .error,
            finds: LocalizedText(
                "XML 含外部實體，或逾深度、大小限制（讀取時由讀取器拒絕）。",
                "XML with an external entity, or beyond the limits of depth and size (refused by the readers)."),
            remedy: LocalizedText("請向提供者索取不含外部實體之檔案。", "Ask for a file without them."),
            silent: LocalizedText("限制以內之檔案。", "Files within the limits.")),
        RuleCard(
            "SEC-07", .warning,
            finds: LocalizedText(
                "著錄建議逾草稿保留期限仍未採用（目錄檢核時查）。", "A proposal older than drafts are kept (checked on entries)."),
            remedy: LocalizedText("請審認採用，或刪除該建議。", "Take it up, or withdraw it."),
            silent: LocalizedText("已審認者；期限可於設定中調整。", "What has been reviewed; the time is a setting.")),
    ]
}
