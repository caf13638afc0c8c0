import DocketTestSupport

/// Random text for properties: every kind of character that the text layer treats by itself.
enum RandomText {
    private static let alphabet: [String] = [
        "a", "B", "é", "e\u{301}", "ß", " ", "  ", "\n", "\n\n", "\t", ".", "?", "!", ",", "(", ")", "「", "」", "（", "）",
        "。",
        "，", "：", "；", "、", "臺", "台", "議", "议", "會", "紀", "錄", "一", "十", "百", "萬", "1", "２", "3", "0", "年", "月", "日",
        "\u{3000}", "ｶﾞ", "カ", "㎡", "①", "㈠", "\u{200B}", "\u{FE0F}", "👩‍⚖️", "𠮷", "\u{E001}", "한", "ж", "Ａ", "-", "—",
        "\r\n",
        "壹、", "一、", "（二）", "3、", "市政府", "秘書處", "the ", "running ", "committee ", "……", "\u{F9D1}",
    ]

    /// `count` random pieces.
    static func mixed(count: Int, seed: UInt64) -> String {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
    }
}

extension String {
    /// The text of a byte range.
    func slice(_ range: Range<Int>) -> String {
        String(decoding: Array(utf8)[range], as: UTF8.self)
    }
}
