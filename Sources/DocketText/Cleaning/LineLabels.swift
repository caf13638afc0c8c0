/// Labels that begin a line of a record: 時間：, 決議：, 教育局吳主秘補充說明：.
enum LineLabels {
    /// Longest label, in characters.
    private static let longest = 16

    private static let labels: Set<String> = [
        "時間", "會議時間", "開會時間", "地點", "開會地點", "主席", "主持人", "紀錄", "記錄", "出席", "出席者", "出席人員", "列席", "列席人員", "請假", "缺席",
        "決議", "決定", "結論", "會議結論", "裁示", "主席裁示", "說明", "案由", "擬辦", "辦法", "主旨", "依據", "附件", "正本", "副本", "受文者", "發文日期",
        "發文字號", "速別", "備註", "提案單位", "提案人", "報告單位", "報告人", "散會", "密等及解密條件或保密期限", "聯絡人", "電話", "地址", "傳真",
    ]
    private static let endings = ["補充說明", "說明", "報告", "發言", "表示", "結論", "決議", "裁示", "答復", "答覆", "回應"]

    /// True when the line at `range` begins with a label and a colon.
    static func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var (index, characters) = (range.lowerBound, 0)
        while index < range.upperBound, characters <= longest {
            let (code, width) = UTF8Bytes.decode(bytes, index)
            if code == 0xFF1A || code == 0x3A {
                guard characters > 1 else { return false }
                let label = UTF8Bytes.string(bytes, range.lowerBound..<index)
                return labels.contains(label) || endings.contains(where: label.hasSuffix)
            }
            guard UTF8Bytes.isHan(code) || code == 0xFF08 || code == 0xFF09 else { return false }
            (index, characters) = (index + width, characters + 1)
        }
        return false
    }
}
