/// Labels that begin a line of a record: 時間：, 決議：, 教育局吳主秘補充說明：.
enum LineLabels {
    /// Longest label, in characters.
    private static let longest = 16

    private static let labels: Set<String> = [
        "時間", "會議時間", "開會時間", "地點", "開會地點", "主席", "主持人", "紀錄", "記錄", "出席", "出席者", "出席人員", "列席", "列席人員", "請假", "缺席",
        "決議", "決定", "結論", "會議結論", "裁示", "主席裁示", "說明", "案由", "擬辦", "辦法", "主旨", "依據", "附件", "正本", "副本", "受文者", "發文日期",
        "發文字號", "速別", "備註", "提案單位", "提案人", "報告單位", "報告人", "散會", "密等及解密條件或保密期限", "聯絡人", "電話", "地址", "傳真",
        "檔號", "保存年限", "案名", "案號", "收件日期", "收文字號", "歸檔日期", "公告事項",
    ]
    private static let endings = ["補充說明", "說明", "報告", "發言", "表示", "結論", "決議", "裁示", "答復", "答覆", "回應"]

    /// Labels whose values are never longer than a line, so that what follows begins anew.
    private static let closed: Set<String> = ["檔號", "保存年限"]

    /// True when the line at `range` begins with a label and a colon.
    static func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        label(bytes, range).map { label in labels.contains(label) || endings.contains(where: label.hasSuffix) } ?? false
    }

    /// True when the line at `range` is a whole record: the number or the period that a file is kept under.
    static func isClosed(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        label(bytes, range).map(closed.contains) ?? false
    }

    /// The Han characters before the first colon of a line; nil when there is none or something else stands before it.
    private static func label(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String? {
        var (index, characters) = (range.lowerBound, 0)
        while index < range.upperBound, characters <= longest {
            let (code, width) = UTF8Bytes.decode(bytes, index)
            if code == 0xFF1A || code == 0x3A {
                return characters > 1 ? UTF8Bytes.string(bytes, range.lowerBound..<index) : nil
            }
            guard UTF8Bytes.isHan(code) || code == 0xFF08 || code == 0xFF09 else { return nil }
            (index, characters) = (index + width, characters + 1)
        }
        return nil
    }
}
