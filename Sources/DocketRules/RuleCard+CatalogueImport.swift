internal import DocketCore

extension RuleCard {
    /// Checked by DocketIngest when a file of catalogue entries is read; what a record says is never guessed at.
    static let ofCatalogueImport: [RuleCard] = [
        RuleCard(
            "IMP-01", .error,
            finds: LocalizedText(
                "匯入的一筆無法使用：引號未結束、過長、儲存格多於標題列、看不出層級、不是該格式。",
                "A record that cannot be used: an open quote, too long, more cells than the head, no level, not of its form."
            ),
            remedy: LocalizedText("請更正該筆後再匯入；其餘各筆已照常讀入。", "Correct it and import it again; the others were read."),
            silent: LocalizedText("空白列。", "Blank rows.")),
        RuleCard(
            "IMP-02", .warning,
            finds: LocalizedText(
                "一欄的值不是該欄的形式（日期、年限、數量、代碼 …）；該欄留空，原文存於附註。",
                "A value that is not of its field's form (date, retention, count, code …); the field is empty, the words are in a note."
            ),
            remedy: LocalizedText(
                "請更正該值，或於欄位對照檔指定日期寫法。", "Correct it, or state how dates are written in the mapping file."),
            silent: LocalizedText(
                "各種民國與西元日期；保存年限 99 視為永久。",
                "Dates of either calendar in their usual forms; 99 years, which stand for permanent.")),
        RuleCard(
            "IMP-03", .warning,
            finds: LocalizedText(
                "一欄或一個元素沒有對應的著錄項目。", "A column or element that no part of an entry stands for."),
            remedy: LocalizedText("請於欄位對照檔指定，或標為 ignore。", "Name its field in the mapping file, or `ignore` it."),
            silent: LocalizedText("標為 ignore 者；標題空白的欄。", "Columns that are ignored, or whose head is blank.")),
        RuleCard(
            "IMP-04", .warning,
            finds: LocalizedText(
                "有位元組不是該編碼的字元，以 U+FFFD 代替。", "Bytes that are no characters of the encoding and became U+FFFD."),
            remedy: LocalizedText("請對照原件，或指定編碼。", "Compare with the original, or state the encoding."),
            silent: LocalizedText("正確的 UTF-8、UTF-16、CP950、GB18030。", "Well-formed UTF-8, UTF-16, CP950, GB18030.")),
        RuleCard(
            "IMP-05", .warning,
            finds: LocalizedText("檔號不完整，留空。", "A file number with a part missing; it is left empty."),
            remedy: LocalizedText("請補正檔號。", "Complete it."),
            silent: LocalizedText("三段的案號；前導零與英文字母。", "Numbers of a folder, of three parts; leading zeros and letters.")),
        RuleCard(
            "IMP-06", .error,
            finds: LocalizedText(
                "密等的文字不是任何等級；該筆暫以密處理。", "Words of 密等 that name no level; the entry is held to be 密."),
            remedy: LocalizedText("請更正密等；普通件請留空。", "Correct it; leave it empty for what is not classified."),
            silent: LocalizedText(
                "四種等級及其後的解密條件；普通、無、空白。", "The four levels, with conditions behind them; 普通, 無, blank.")),
    ]
}
