internal import DocketCore

extension RuleCard {
    /// Cards of the rules that other stages check.
    ///
    /// Generated text is held against its source by one, tracked items where their history is kept by another, vocabularies
    /// where they are read, catalogue entries where they are made and where they come in. They are here so that one page lists
    /// every rule.
    public static let ofOtherStages: [RuleCard] =
        ofGrounding + ofDrafting + ofLedger + ofVocabularies + ofCatalogueEntries + ofCatalogueKeeping
        + ofCatalogueImport + ofSecurity

    private static let correct = LocalizedText(
        "依來源更正，或改引用正確之處。", "Correct it from the source, or cite the right place.")

    /// Checked by DocketGrounding on every claim of a draft.
    private static let ofGrounding: [RuleCard] = [
        RuleCard(
            "TXT-04", .error,
            finds: LocalizedText(
                "草稿中的數字、單位、序數或列管編號，在引用之處沒有。",
                "A number, unit, ordinal or tracking number of a draft that is not in what it cites."),
            remedy: correct,
            silent: LocalizedText(
                "同值的不同寫法（3萬7,113 與 37113）、四捨五入並註明約數者。",
                "Other ways of writing the same value; roundings that are marked as such.")),
        RuleCard(
            "TXT-05", .error,
            finds: LocalizedText("草稿中的日期或期限，在引用之處沒有。", "A date or due date of a draft that is not in what it cites."),
            remedy: correct,
            silent: LocalizedText("民國與西元互換、口語與書面寫法。", "The same date in the other calendar, or as it is spoken.")),
        RuleCard(
            "TXT-06", .error,
            finds: LocalizedText("草稿中的人名或機關，在引用之處沒有。", "A person or agency of a draft that is not in what it cites."),
            remedy: correct,
            silent: LocalizedText("名冊所載的簡稱與別名。", "Short forms and other names that the roster gives.")),
        RuleCard(
            "GEN-01", .error,
            finds: LocalizedText("草稿中的句子未引用任何來源。", "A sentence of a draft that cites no source."),
            remedy: LocalizedText("補上來源，或刪去此句。", "Cite a source or delete the sentence."),
            silent: LocalizedText(
                "固定格式用語；與來源資料相符的會議名稱及時間。", "Set phrases; a title or date that the source's own data gives.")),
        RuleCard(
            "GEN-02", .error,
            finds: LocalizedText("草稿中的事實不在引用之處。", "A fact of a draft that is not in what it cites."), remedy: correct,
            silent: LocalizedText("濃縮或合併而意思不變者。", "What is condensed or merged without a change of sense.")),
        RuleCard(
            "GEN-04", .error,
            finds: LocalizedText(
                "草稿的否定、語氣（擬、應、得、已）、增減或解除與賡續，與來源相反。",
                "Negation, modality, direction, or release against continuation, that turns what the source says."),
            remedy: correct, silent: LocalizedText("同義詞。", "Words that stand for each other.")),
        RuleCard(
            "GEN-05", .error,
            finds: LocalizedText("結論的受文對象與來源不同。", "A conclusion that addresses another agency than its source."),
            remedy: correct, silent: LocalizedText("名冊所載的簡稱與別名。", "Short forms and other names that the roster gives.")),
    ]

    /// Reported by the engine that writes a draft, and by the repair behind it.
    private static let ofDrafting: [RuleCard] = [
        RuleCard(
            "GEN-06", .warning,
            finds: LocalizedText(
                "模型所擬語句在來源查無根據，已略去，或改用原文語句（提示）。",
                "A sentence of a model that the source does not support and that was left out, or (as a note) replaced by "
                    + "words of the source."),
            remedy: LocalizedText("請核對該處原文是否有應記載之事項。", "Read the place and add what the record needs."),
            silent: LocalizedText("有據之語句；內建引擎所擬者。", "Supported sentences; those of the embedded engine.")),
        RuleCard(
            "GEN-07", .warning,
            finds: LocalizedText(
                "來源各部分就同一事項說法不一。", "Parts of a source that say different things of the same matter."),
            remedy: LocalizedText("請核對兩處原文，確認以何者為準。", "Compare the two places and decide which one holds."),
            silent: LocalizedText(
                "同一部分之內者；字句雖異而數字、是否相同者。", "Differences within one part; other words of the same sense.")),
        RuleCard(
            "GEN-08", .warning,
            finds: LocalizedText(
                "來源中對電腦下指令的文字，未寫入草稿。", "Text of a source that gives orders to a machine; it was left out."),
            remedy: LocalizedText(
                "請核對該處原文；若確為會議內容，請自行補入。", "Read the place; add it by hand if it belongs to the meeting."),
            silent: LocalizedText("對與會者所作之指示。", "Directions to the people of the meeting.")),
    ]

    /// Checked by DocketArchive on the items of a series.
    private static let ofLedger: [RuleCard] = [
        RuleCard(
            "TRK-01", .error,
            finds: LocalizedText("同一列管編號在會議系列中立案兩次。", "A tracking number that is opened twice in a series."),
            remedy: LocalizedText("請改編其中一案。", "Give one of the items another number."),
            silent: LocalizedText("同一會議紀錄之修訂版本。", "New versions of the same minutes.")),
        RuleCard(
            "TRK-02", .error,
            finds: LocalizedText(
                "自上次賡續列管後無辦理情形即解除列管。", "An item released without any progress since it was last continued."),
            remedy: LocalizedText(
                "請補連結執行情形資料，或確認解除依據。", "Link the progress report, or confirm what the release rests on."),
            silent: LocalizedText("其間會議紀錄未收錄者。", "Items with a meeting in between whose minutes the library lacks.")),
        RuleCard(
            "TRK-03", .warning,
            finds: LocalizedText("列管多次會議仍未解除。", "An item open for more meetings than the library's limit."),
            remedy: LocalizedText("請主辦機關說明進度或提報督導長官。", "Ask the agency in charge for a date, or escalate."),
            silent: LocalizedText("門檻次數以內者。", "Items within the limit.")),
        RuleCard(
            "TRK-04", .error,
            finds: LocalizedText(
                "列管案各部分的機關範圍重疊，或部分解除而其餘未交代。",
                "Parts of an item that overlap, or a part released with nothing said of the rest."),
            remedy: LocalizedText(
                "請註明各部分之主辦機關及其餘部分之處置。", "Say for each part which agency it means, and what becomes of the rest."),
            silent: LocalizedText("全案解除或賡續者。", "Items released or continued as a whole.")),
        RuleCard(
            "TRK-05", .error,
            finds: LocalizedText("已解除列管後又恢復而未附理由。", "An item taken up again after its release, without a reason."),
            remedy: LocalizedText("請於括弧內註明恢復列管之理由。", "Give the reason in parentheses behind the number."),
            silent: LocalizedText("附理由者。", "Items with a reason.")),
        RuleCard(
            "TRK-06", .error,
            finds: LocalizedText("處置日期早於前次處置。", "An action dated before the item's earlier action."),
            remedy: LocalizedText("請核對會議日期與次別。", "Check the meeting's date and ordinal."),
            silent: LocalizedText("未載日期之會議。", "Meetings without a date.")),
    ]
}
