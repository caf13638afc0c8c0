internal import DocketCore
internal import DocketText

/// The paragraphs of a written source: unwrapped, without running headers, form fields and table rows.
///
/// Offsets are those of the cleaned text; `map` leads back to the source.
struct DocumentLines {
    /// Paragraphs in order, `start` in the cleaned text.
    private(set) var paragraphs: [Talk.Utterance] = []
    /// From the source's text to the cleaned one.
    let map: OffsetMap

    init(_ source: SourceDocument, passages numbers: ClosedRange<Int>?) {
        let clean = TextCleaner().clean(source.text)
        map = clean.map
        let bytes = Array(clean.text.utf8)
        var start = 0
        var next = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            let origin = clean.original(start..<max(start, end))
            while next + 1 < source.passages.count, source.passages[next].end <= origin.lowerBound { next += 1 }
            if next < source.passages.count, numbers?.contains(source.passages[next].number) ?? true {
                add(clean.text, start..<end, String(decoding: bytes[start..<end], as: UTF8.self), source.passages[next])
            }
            start = end + 1
        }
    }

    private mutating func add(_ text: String, _ range: Range<Int>, _ line: String, _ passage: Passage) {
        guard passage.kind != .tableRow, !line.contains("\t") else { return }
        var start = range.lowerBound
        if let marker = OutlineMarker.parse(text, lineAt: range) { start = min(marker.contentStart, range.upperBound) }
        var words = String(decoding: Array(line.utf8).dropFirst(start - range.lowerBound), as: UTF8.self)
        var mark: String?
        if let label = Self.label(of: words) {
            if Self.formLabels.contains(label.name) { return }
            if Self.purposeLabels.contains(label.name) {
                mark = Self.purpose
            } else if Self.weightyLabels.contains(label.name) {
                mark = Self.weighty
            }
            if mark != nil {
                start += label.length
                words = String(decoding: Array(words.utf8).dropFirst(label.length), as: UTF8.self)
            }
        }
        while words.first == " " || words.first == "\u{3000}" {
            start += words.prefix(1).utf8.count
            words.removeFirst()
        }
        guard Terms.contentCount(words) > 1 else { return }
        let isTitle =
            passage.kind == .heading && !words.contains("。") && words.count < 30
            || !words.contains(where: { "。；，,.：".contains($0) }) && words.count < 40
        paragraphs.append(
            Talk.Utterance(
                passage: passage.number, speaker: nil, text: words, start: start, mark: mark,
                kind: isTitle ? .heading : .paragraph, time: nil))
    }

    /// Mark of the paragraph that says what the paper is about.
    static let purpose = "purpose"
    /// Mark of a paragraph that concludes or asks for something.
    static let weighty = "weighty"

    /// The words before a colon near the start, without spaces, and their length in bytes, colon included.
    private static func label(of words: String) -> (name: String, length: Int)? {
        guard let colon = words.prefix(14).firstIndex(where: { $0 == "：" || $0 == ":" }) else { return nil }
        let name = words[..<colon].filter { $0 != " " && $0 != "\u{3000}" }
        return (name, words[...colon].utf8.count)
    }

    /// Fields of letters and minutes that carry no matter.
    private static let formLabels: Set<String> = [
        "受文者", "發文日期", "發文字號", "速別", "密等", "密等及解密條件或保密期限", "附件", "正本", "副本", "地址", "聯絡方式", "承辦人", "電話", "傳真", "電子郵件",
        "電子信箱",
        "案號", "收件日期", "來源", "時間", "會議時間", "開會時間", "地點", "主席", "紀錄", "記錄", "出席", "出席人員", "列席", "列席人員", "請假", "日期",
        "通知日期", "廠商", "報告人",
        "說明", "檔號", "保存年限", "Date", "Time", "Place", "Chair", "Present", "Apologies", "From", "To", "Subject",
        "Minute taker",
    ]

    private static let purposeLabels: Set<String> = ["主旨", "事由", "案由", "Purpose"]

    /// Labels of what a paper concludes or asks for.
    private static let weightyLabels: Set<String> = [
        "結論", "會議結論", "決議", "決定", "裁示", "摘要", "建議", "擬辦", "辦法", "公告事項", "Decision", "Decisions",
        "Summary",
    ]
}
