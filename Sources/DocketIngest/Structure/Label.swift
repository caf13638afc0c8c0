/// A word at the start of a line or field that says what follows, followed by a colon, blanks or the end of the line.
enum Label: String, Sendable {
    // Header fields.
    case time, place, chair, minuteTaker, attendees, observers, excused, absent, classification, meetingName
    // Parts of an agenda item.
    case subject, explanation, proposal, sponsor, progress, discussion, attachment
    // What a meeting decides, and around it.
    case outcome, action, owner, due, note, closing
    /// A field of an official letter.
    case letterField

    var isHeader: Bool {
        switch self {
        case .time, .place, .chair, .minuteTaker, .attendees, .observers, .excused, .absent, .classification,
            .meetingName:
            true
        default: false
        }
    }

    /// True for a header field that lists people.
    var listsPeople: Bool {
        switch self {
        case .attendees, .observers, .excused, .absent: true
        default: false
        }
    }

    var isItemDetail: Bool {
        switch self {
        case .subject, .explanation, .proposal, .progress, .discussion, .attachment: true
        default: false
        }
    }
}

/// A label found in the text.
struct LabelHit: Sendable {
    let label: Label
    /// The label as written, without blanks between its characters and without the colon.
    let words: String
    /// From its first character to after the colon and the blanks behind it.
    let range: Range<Int>
    /// True when a colon follows; without one only blanks or the line's end do.
    let hasColon: Bool
    /// Number written after the label: 案由二, 提案3.
    let number: Int?
}

/// Finds labels: a table of words, not a grammar, so that another house's words are one line more.
enum LabelTable {
    private static let words: [(Label, [String])] = [
        (.time, ["時間", "會議時間", "開會時間", "日期", "會議日期", "開會日期", "開會日期時間", "時間日期"]),
        (.time, ["date", "time", "date and time", "meeting date", "when", "held on"]),
        (.place, ["地點", "會議地點", "開會地點", "開會方式", "會議方式"]),
        (.place, ["place", "venue", "location", "where"]),
        (.chair, ["主席", "主持人", "會議主席", "主席人", "召集人", "會議主持人"]),
        (.chair, ["chair", "chairperson", "chairman", "chairwoman", "chaired by", "presiding", "in the chair"]),
        (.minuteTaker, ["紀錄", "記錄", "紀錄人", "記錄人", "紀錄人員", "記錄人員", "紀錄者", "會議紀錄人"]),
        (
            .minuteTaker,
            [
                "minutes", "minutes taken by", "minutes by", "minute taker", "minute-taker", "note taker", "notes by",
                "recorder", "recorded by", "secretary", "taken by",
            ]
        ),
        (
            .attendees,
            [
                "出席", "出席者", "出席人員", "出席單位", "出席機關", "出席委員", "出席單位及人員", "出席人", "與會人員",
                "出席議員", "參加人員", "出席名單", "出(列)席", "出（列）席", "出席(列席)人員", "出席（列席）人員",
                "出(列)席人員", "出（列）席人員", "出席及列席人員", "出列席人員", "出(列)席單位及人員",
            ]
        ),
        (.attendees, ["present", "attendees", "attending", "participants", "members present", "attendance"]),
        (.observers, ["列席", "列席者", "列席人員", "列席單位", "列席機關", "列席單位及人員", "列席人", "旁聽"]),
        (.observers, ["observers", "in attendance", "also present", "guests"]),
        (.excused, ["請假", "請假者", "請假人員", "請假委員", "請假議員", "請假名單", "公假", "公出"]),
        (.excused, ["apologies", "apologies for absence", "regrets", "excused"]),
        (.absent, ["缺席", "缺席者", "缺席人員", "缺席委員", "缺席議員", "未出席", "未出席人員"]),
        (.absent, ["absent", "not present"]),
        (.classification, ["密等", "機密等級", "密等及解密條件或保密期限"]),
        (.meetingName, ["會議名稱", "會議事由", "開會事由", "會議主題", "meeting", "subject of meeting"]),
        (.subject, ["案由", "提案", "議案", "報告案", "討論案", "報告案由", "提案案由", "審議案", "proposal", "motion"]),
        (.explanation, ["說明", "提案說明", "案情說明", "提案理由", "理由", "background", "explanation"]),
        (.proposal, ["擬辦", "辦法", "建議", "建議辦法", "擬議", "初步建議", "擬處意見", "recommendation"]),
        (
            .sponsor,
            [
                "提案單位", "提案機關", "提案人", "報告單位", "報告機關", "報告人", "主辦單位", "主辦機關", "proposer",
                "proposed by", "presented by",
            ]
        ),
        (.progress, ["辦理情形", "執行情形", "處理情形", "辦理狀況", "status", "update"]),
        (
            .discussion,
            [
                "討論", "討論情形", "討論摘要", "發言", "發言摘要", "發言紀錄", "發言要點", "委員意見", "委員發言",
                "與會人員意見", "discussion",
            ]
        ),
        (.attachment, ["附件", "參考資料", "papers", "paper", "attachment", "attachments"]),
        (
            .outcome,
            [
                "會議結論", "決議", "決定", "裁示", "主席裁示", "結論", "主席結論", "主席裁(指)示", "主席裁（指）示",
                "主席指(裁)示", "主席指（裁）示", "裁(指)示", "裁（指）示", "主席指示", "指示", "指示事項", "裁示事項",
                "主席裁指示", "裁指示", "會議決議", "會議決定", "附帶決議", "審議結果", "審查結果", "討論結果", "表決結果",
                "決議事項", "結論事項", "會議裁示", "主席決定", "主席決議",
            ]
        ),
        (
            .outcome,
            [
                "decision", "decisions", "resolved", "resolution", "resolutions", "agreed", "conclusion", "conclusions",
                "decided", "outcome",
            ]
        ),
        (.action, ["action", "actions", "action item", "action items", "action point", "action points"]),
        (.owner, ["owner", "responsible", "assigned to"]),
        (.due, ["due", "due date", "deadline", "by when"]),
        (.note, ["備註", "附註", "註", "note", "correction"]),
        (
            .letterField,
            [
                "受文者", "發文者", "發文機關", "發文日期", "發文字號", "速別", "主旨", "正本", "副本", "承辦人", "聯絡人", "電話",
                "聯絡電話", "傳真", "地址", "機關地址", "電子信箱", "電子郵件", "聯絡方式", "聯絡人及電話", "抄本", "依據", "公告事項",
            ]
        ),
        (.closing, ["散會", "散會時間", "結束時間", "close", "adjournment", "closed", "adjourned", "meeting closed"]),
    ]

    /// Entries by first scalar (lower-case), longest first.
    private static let entries: [UInt32: [(scalars: [UInt32], label: Label)]] = {
        var table: [UInt32: [(scalars: [UInt32], label: Label)]] = [:]
        for (label, list) in words {
            for word in list {
                let scalars = word.unicodeScalars.map(\.value).filter { $0 != 0x20 || word.utf8.first ?? 0 < 0x80 }
                guard let head = scalars.first else { continue }
                table[head, default: []].append((scalars, label))
            }
        }
        return table.mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
    }()

    private static func lowered(_ value: UInt32) -> UInt32 { (0x41...0x5A).contains(value) ? value + 32 : value }

    /// The label at `start`, if one stands there and what follows lets it be one.
    ///
    /// Blanks between the characters of a Chinese label do not matter (時　　間). Square brackets or asterisks around it
    /// are taken as part of it (【決議】, **Decision:**).
    static func hit(in text: ByteText, at start: Int, before end: Int) -> LabelHit? {
        var first = start
        while let next = text.scalar(at: first, before: end), next.value == 0x2A || isSquare(next.value) {
            first = next.next
        }
        guard let head = text.scalar(at: first, before: end), let candidates = entries[lowered(head.value)] else {
            return nil
        }
        for candidate in candidates {
            guard let after = match(candidate.scalars, in: text, at: first, before: end),
                let hit = finish(candidate.label, text, first..<after, before: end)
            else { continue }
            return hit
        }
        return nil
    }

    private static func isSquare(_ value: UInt32) -> Bool {
        value == 0x3010 || value == 0x3011 || value == 0x5B || value == 0x5D || value == 0x3014 || value == 0x3015
    }

    private static func match(_ scalars: [UInt32], in text: ByteText, at start: Int, before end: Int) -> Int? {
        var offset = start
        for (index, wanted) in scalars.enumerated() {
            guard var next = text.scalar(at: offset, before: end) else { return nil }
            if index > 0, wanted > 0x7F || scalars[0] > 0x7F {
                var blanks = 0
                while Blank.contains(next.value), next.value != 0x0A, blanks < 8 {
                    guard let following = text.scalar(at: next.next, before: end) else { return nil }
                    next = following
                    blanks += 1
                }
            }
            guard lowered(next.value) == wanted else { return nil }
            offset = next.next
        }
        return offset
    }

    private static func finish(_ label: Label, _ text: ByteText, _ word: Range<Int>, before end: Int) -> LabelHit? {
        var offset = word.upperBound
        var number: Int?
        if label == .subject || label == .outcome, let found = numeral(in: text, at: offset, before: end) {
            number = found.value
            offset = found.end
        }
        while let next = text.scalar(at: offset, before: end), next.value == 0x2A || isSquare(next.value) {
            offset = next.next
        }
        let afterBlanks = text.afterBlanks(offset..<end)
        var hasColon = false
        var stop = afterBlanks
        if let next = text.scalar(at: afterBlanks, before: end), Stop.colon.contains(next.value) {
            hasColon = true
            stop = next.next
            while let star = text.scalar(at: stop, before: end), star.value == 0x2A { stop = star.next }
            stop = text.afterBlanks(stop..<end)
        } else if afterBlanks < end, afterBlanks == offset || !label.isHeader {
            // Without a colon the label must stand alone, or be a header field with a gap behind it.
            guard label == .closing || label == .note, opensBracket(text, at: afterBlanks, before: end) else {
                return nil
            }
        }
        if !hasColon, afterBlanks < end, text.bytes[word.lowerBound] < 0x80, label.isHeader {
            // "Minutes of meeting 7" is no field; a tab or a wide gap makes one.
            guard text.bytes[offset..<afterBlanks].contains(0x09) || afterBlanks - offset > 1 else { return nil }
        }
        let written = text.words(word).filter { !$0.unicodeScalars.allSatisfy { Blank.contains($0.value) } }
        let words = text.bytes[word.lowerBound] < 0x80 ? text.words(word) : written
        return LabelHit(
            label: label, words: words, range: word.lowerBound..<stop, hasColon: hasColon, number: number)
    }

    private static func opensBracket(_ text: ByteText, at offset: Int, before end: Int) -> Bool {
        guard let next = text.scalar(at: offset, before: end) else { return false }
        return Bracket.opening.contains(next.value)
    }

    /// A short numeral directly after a label: 一, 12, 第二案.
    private static func numeral(in text: ByteText, at start: Int, before end: Int) -> (value: Int, end: Int)? {
        var offset = start
        var value = 0
        while let next = text.scalar(at: offset, before: end) {
            if (0x30...0x39).contains(next.value), value < 1000 {
                value = value * 10 + Int(next.value - 0x30)
            } else if let digit = Numerals.digit(next.value), digit <= 10, value <= 20 {
                value = digit == 10 ? (value == 0 ? 10 : value * 10) : (value >= 10 ? value + digit : digit)
            } else {
                break
            }
            offset = next.next
        }
        return offset > start ? (value, offset) : nil
    }
}

/// Values of single Chinese numerals, ordinary and formal.
enum Numerals {
    private static let digits: [UInt32: Int] = {
        var table: [UInt32: Int] = [:]
        for (value, forms) in [
            "〇零○", "一壹", "二貳貮弍两兩", "三參叁叄", "四肆", "五伍", "六陸", "七柒", "八捌", "九玖", "十拾",
        ].enumerated() {
            for scalar in forms.unicodeScalars { table[scalar.value] = value }
        }
        return table
    }()

    static func digit(_ value: UInt32) -> Int? { digits[value] }
}
