import DocketCore
import DocketText

/// Reads corrections: a note in old minutes that cites a later meeting, or a conclusion that corrects earlier minutes.
struct NoteReader {
    let work: WorkingText
    let dates: DateFinder

    private var text: ByteText { work.text }

    /// True when a paragraph begins with 備註 in brackets or not.
    static func startsNote(_ text: ByteText, _ range: Range<Int>) -> Bool {
        var start = text.afterBlanks(range)
        if let open = text.scalar(at: start, before: range.upperBound), Bracket.opening.contains(open.value) {
            start = open.next
        }
        guard let hit = LabelTable.hit(in: text, at: start, before: range.upperBound) else { return false }
        return hit.label == .note && hit.hasColon
    }

    /// A correction read from a working range; nil when the words do not change any.
    ///
    /// Both 將「甲」修正文字為「乙」 and 「甲」修正為「乙」 are read.
    func correction(in range: Range<Int>) -> Correction? {
        let verbs: [Needle] = ["修正", "更正", "改為", "修改", "訂正"]
        guard let from = quotation(in: range),
            let verb = verbs.compactMap({
                text.first($0, in: from.upperBound + 3..<max(from.upperBound + 3, range.upperBound))
            }).min(),
            verb - from.upperBound < 60,
            let to = quotation(in: verb..<range.upperBound)
        else { return nil }
        let head = range.lowerBound..<from.lowerBound
        let meeting = meeting(in: head)
        return Correction(
            target: target(in: head), from: text.words(from), to: text.words(to), byMeeting: meeting?.ordinal,
            on: meeting?.date, note: work.words(range), targetFound: false, bodyStillHasFrom: false)
    }

    /// What stands between 「 and the 」 that closes it.
    private func quotation(in range: Range<Int>) -> Range<Int>? {
        guard let open = text.first("「", in: range) else { return nil }
        var depth = 1
        var offset = open + 3
        while let next = text.scalar(at: offset, before: range.upperBound) {
            if next.value == 0x300C { depth += 1 }
            if next.value == 0x300D {
                depth -= 1
                if depth == 0 { return open + 3..<offset }
            }
            offset = next.next
        }
        return nil
    }

    /// 經110年11月24日第214次主任秘書會報 → 214 and its date.
    private func meeting(in range: Range<Int>) -> (ordinal: Int, date: DatedWords?)? {
        let words = text.words(range)
        guard let found = MinutesTitle.ordinal(in: words) else { return nil }
        let date = dates.expressions(in: words).last { $0.start?.day != nil }
        return (
            found.number,
            date.map { expression in
                dates.dated(expression) { local in
                    work.original(local.lowerBound + range.lowerBound..<local.upperBound + range.lowerBound)
                }
            }
        )
    }

    /// 參、綜合會議結論第三項 → 參.三; 參、討論事項第一案決議第二點 → 參.一.（二）.
    private func target(in range: Range<Int>) -> String? {
        var parts: [String] = []
        var offset = range.lowerBound
        while offset < range.upperBound, parts.isEmpty {
            if let marker = OutlineMarker.parse(text.string, lineAt: offset..<range.upperBound),
                marker.range.lowerBound == offset, marker.level.rawValue <= 2
            {
                parts.append(OutlinePath.component(marker))
                offset = marker.range.upperBound
            } else {
                offset += 1
                while offset < range.upperBound, text.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            }
        }
        guard !parts.isEmpty else { return nil }
        // 參、三、 written out in full.
        if let marker = OutlineMarker.parse(text.string, lineAt: offset..<range.upperBound), marker.level.rawValue == 2
        {
            parts.append(OutlinePath.component(marker))
        }
        while let sign = text.first("第", in: offset..<range.upperBound) {
            offset = sign + 3
            var end = offset
            while let next = text.scalar(at: end, before: range.upperBound),
                (0x30...0x39).contains(next.value) || Numerals.digit(next.value) != nil
            {
                end = next.next
            }
            let numeral = text.words(offset..<end)
            guard let value = Int(numeral) ?? ChineseNumeral.value(of: numeral), value > 0 else { continue }
            for unit: Needle in ["項", "案", "點", "款", "條"] where text.has(unit, at: end, before: range.upperBound) {
                let numeral = ChineseNumeral.string(value)
                parts.append(parts.count == 1 ? numeral : "（" + numeral + "）")
            }
        }
        return parts.joined(separator: ".")
    }
}
