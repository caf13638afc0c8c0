import DocketCore

/// What of a document tells its subjects: not the labels and addresses around it.
///
/// Of a letter it is 主旨, 說明 and 辦法; of another document the passages that are not a labelled line of its head. Labels would
/// suggest themselves: every letter has 發文日期 and 保存年限, and is about neither.
enum SubjectContent {
    static func ranges(of source: DescribedSource) -> [Range<Int>] {
        if let letter = source.structure.letter {
            let parts = [letter.purpose].compactMap(\.self) + letter.explanation + letter.action
            if !parts.isEmpty { return parts.map(\.range) }
        }
        let document = source.document
        let ranges = document.passages.map(\.range).filter { !isLabelled(document.text(in: $0)) }
        return ranges.isEmpty ? [0..<document.text.utf8.count] : ranges
    }

    /// Labels of heads: numbers, dates, persons, places, addressees.
    private static let labels = [
        "檔號", "保存年限", "發文日期", "發文字號", "速別", "密等", "附件", "受文者", "正本", "副本", "地址", "住址", "承辦人", "電話",
        "傳真", "電子信箱", "電子郵件", "收件日期", "案號", "來源", "陳情人", "身分證", "時間", "日期", "地點", "主席", "主持人", "出席", "列席",
        "紀錄", "請假", "聯絡", "file no", "retention", "date", "from", "to", "our ref", "your ref", "time", "place", "chair",
        "present", "copies", "tel", "address", "e-mail",
    ]

    /// True for a short line that begins with a label and a colon or a wide blank.
    private static func isLabelled(_ text: String) -> Bool {
        let line = text.drop { $0.isWhitespace }.lowercased()
        guard line.utf8.count < 300 else { return false }
        return labels.contains { label in
            guard line.hasPrefix(label) else { return false }
            return line.dropFirst(label.count).prefix(12).contains { ":：".contains($0) }
        }
    }
}
