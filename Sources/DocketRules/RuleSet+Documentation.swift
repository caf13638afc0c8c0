internal import DocketCore

extension RuleSet {
    /// The Markdown of docs/rules.md: the standard rules and those of other stages, in English and Chinese.
    ///
    /// For each its severity, what it finds, what to do and what it leaves alone.
    public static func documentation() -> String { standard.documentation(with: RuleCard.ofOtherStages) }

    /// The Markdown of this set and of `others`, each family by number.
    public func documentation(with others: [RuleCard] = []) -> String {
        var cards = rules.map(\.card)
        for card in others {
            let family = card.id.prefix(4)
            let place = cards.lastIndex { $0.id.hasPrefix(family) && $0.id < card.id }.map { $0 + 1 }
            cards.insert(card, at: place ?? cards.firstIndex { $0.id.hasPrefix(family) } ?? cards.count)
        }
        var lines = Self.introduction
        lines += ["", "| rule | severity | finds |", "| --- | --- | --- |"]
        lines += cards.map { card in
            "| [\(card.id)](#\(card.id.lowercased())) | \(card.severity.rawValue) | \(card.finds.en) |"
        }
        for card in cards { lines += Self.section(card) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let introduction = [
        "# Rules", "",
        "Written by `docket documentation rules`; do not edit by hand.", "",
        "Each finding names its rule, its place in the source and what to do. Errors are wrong by the rules of "
            + "the house,",
        "warnings are probably wrong, information is worth knowing. No rule changes a document.", "",
        "本表由 `docket documentation rules` 產生，請勿手動修改。各項檢核結果載明規則編號、原文位置與處理方式；",
        "「錯誤」為不合規定，「警告」為疑有錯誤，「提示」供參考。任何規則均不更動文件。",
    ]

    private static func section(_ card: RuleCard) -> [String] {
        [
            "", "## \(card.id)", "",
            "**\(card.severity.label.en)** · \(card.finds.en)", "",
            "- Remedy: \(card.remedy.en)",
            "- Silent about: \(card.silent.en)", "",
            "**\(card.severity.label.zhHant)** · \(card.finds.zhHant)", "",
            "- 處理方式：\(card.remedy.zhHant)",
            "- 不檢核：\(card.silent.zhHant)",
        ]
    }
}

extension Finding.Severity {
    /// The word for people.
    var label: LocalizedText {
        switch self {
        case .error: LocalizedText("錯誤", "Error")
        case .warning: LocalizedText("警告", "Warning")
        case .information: LocalizedText("提示", "Information")
        }
    }
}
