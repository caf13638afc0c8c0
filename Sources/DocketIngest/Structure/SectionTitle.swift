import DocketCore

/// What kind of items a section of minutes holds, by the words of its title.
enum SectionTitle {
    private static let kinds: [(AgendaItem.Kind, [Needle])] = [
        (.adHoc, ["臨時動議", "臨時提案", "any other business", "other business", "aob"]),
        (
            .trackingReview,
            [
                "結論事項執行情形", "決議事項辦理情形", "決議事項執行情形", "列管事項辦理情形", "列管事項執行情形",
                "列管案件", "決議辦理情形", "決議執行情形", "指示事項辦理情形", "裁示事項辦理情形", "裁示事項執行情形",
                "指示事項執行情形", "決定事項辦理情形", "會議辦理情形", "matters arising", "action log", "actions from",
                "review of actions", "previous actions",
            ]
        ),
        (
            .readPrevious,
            [
                "宣讀", "確認上次", "上次會議紀錄", "前次會議紀錄", "議事錄確認", "紀錄確認", "確認前次", "確認第",
                "minutes of the previous", "minutes of the last", "previous minutes", "approval of minutes",
                "approval of the minutes", "confirmation of minutes", "confirmation of the minutes",
                "minutes of meeting",
            ]
        ),
        (
            .general,
            [
                "綜合會議結論", "綜合結論", "綜合裁示", "綜合決議", "主席結論", "主席綜合", "會議結論", "主席裁示",
                "主席指示", "裁示事項", "裁指示", "指示事項", "general conclusions", "general decisions",
            ]
        ),
        (
            .discussion,
            [
                "討論事項", "討論提案", "提案討論", "審議事項", "審議案", "討論案", "提案事項", "議題討論", "for discussion",
                "for decision", "discussion items",
            ]
        ),
        (
            .report,
            [
                "報告事項", "專案報告", "工作報告", "業務報告", "報告案", "施政報告", "for information", "reports",
            ]
        ),
    ]

    /// Whole titles of sections that may stand without a marker.
    private static let bare: Set<String> = [
        "報告事項", "討論事項", "臨時動議", "綜合會議結論", "綜合結論", "提案討論", "專案報告", "質詢事項", "選舉事項",
        "主席致詞", "主席致辭", "主席報告", "主席宣布開會", "審議事項", "其他事項", "確認上次會議紀錄", "宣讀上次會議紀錄",
        "decisions", "resolutions", "conclusions", "action items", "actions", "actions agreed", "decisions taken",
        "頒獎", "業務報告", "主席裁示", "主席結論", "確認事項", "追認事項", "承認事項", "意見交流", "綜合討論",
    ]

    /// True for a line that only announces the list of items: "Agenda items".
    static func isContainer(_ line: String) -> Bool {
        ["agenda items", "agenda", "items", "議程", "會議內容", "會議議程"].contains(line.trimmingBlanks.lowercased())
    }

    /// The kind a title shows; nil when its words say nothing.
    static func kind(of title: String) -> AgendaItem.Kind? {
        let text = ByteText(title.lowercased())
        if title.utf8.first ?? 0 < 0x80, isBare(title) { return .general }
        for (kind, needles) in kinds where needles.contains(where: { text.first($0, in: 0..<text.count) != nil }) {
            return kind
        }
        return nil
    }

    /// True for a line that is nothing but a section's title.
    static func isBare(_ line: String) -> Bool {
        var words = line
        while let last = words.unicodeScalars.last, last == "：" || last == ":" || last == "。" { words.removeLast() }
        if words.utf8.first ?? 0 < 0x80 { return bare.contains(words.trimmingBlanks.lowercased()) }
        return bare.contains(words.split(whereSeparator: { $0 == " " || $0 == "\u{3000}" }).joined())
    }

    /// True when a numbered title names a section rather than an item: 報告事項, 臨時動議 and the like, and little else.
    static func isSection(_ title: String) -> Bool {
        isBare(title) || (title.unicodeScalars.count <= 14 && (kind(of: title).map { $0 != .trackingReview } ?? false))
    }
}
