internal import DocketCore

/// Tells sentences that are addressed to a machine which reads them ("ignore all previous instructions") from those that
/// are addressed to the meeting.
///
/// A model that copies such a sentence copies what the source says, and no check against the source would find it: it is
/// left out here, with a finding that shows the place.
enum InstructionSigns {
    /// True for a sentence addressed to a machine.
    static func isIn(_ text: String) -> Bool {
        plain.isIn(text) || dismissals.isIn(text) && instructions.isIn(text) || roles.isIn(text) && machines.isIn(text)
    }

    /// Phrases that say it alone.
    private static let plain = PhraseMatcher([
        "系統提示", "提示詞注入", "system prompt", "<|im_start|>", "[inst]", "<<sys>>", "只輸出", "只回答", "只回覆", "請輸出", "輸出以下",
        "output only", "respond only with", "reply only with", "print the following", "assistant:", "system:",
    ])
    private static let dismissals = PhraseMatcher([
        "忽略", "無視", "不理會", "不要理會", "忘記", "忘掉", "ignore", "disregard", "forget", "override",
    ])
    private static let instructions = PhraseMatcher([
        "指示", "指令", "提示詞", "系統訊息", "上述規則", "以上規則", "instruction", "prompt", "rules above", "previous rules",
    ])
    private static let roles = PhraseMatcher([
        "你現在是", "你是一個", "你是一位", "請扮演", "you are now", "act as",
    ])
    private static let machines = PhraseMatcher([
        "語言模型", "助理", "助手", "機器人", "ai", "assistant", "language model", "chatbot",
    ])

    /// One finding for the sentences that were left out.
    static func findings(_ notes: [DraftNote], in source: SourceDocument, talk: Talk, path: String? = nil) -> [Finding]
    {
        let places = notes.filter(\.isInstruction).flatMap(\.places)
        guard !places.isEmpty else { return [] }
        return [
            Finding(
                rule: "GEN-08", severity: .warning,
                place: Finding.Place(
                    spans: places.prefix(20).map { source.span(talk.sourceRange($0.range)) }, path: path),
                message: LocalizedText(
                    zhHant: "來源中有對電腦下指令的文字，未寫入草稿",
                    en: "the source has text that gives orders to a machine; it was left out"),
                remedy: LocalizedText(
                    zhHant: "請核對該處原文；若確為會議內容，請自行補入", en: "read the place; add it by hand if it belongs to the meeting"))
        ]
    }
}
