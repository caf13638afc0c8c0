/// Finds the numbers that files are kept under: tracking, document and file numbers (DOMAIN.md sections 4.2 to 4.4).
enum IdentifierScanner {
    /// All identifiers in order; they do not overlap.
    static func identifiers(in text: ByteText) -> [Mention] {
        var found: [Mention] = []
        var index = 0
        while index < text.count {
            let (scalar, width) = text.scalar(at: index)
            if scalar == documentWord,
                let mention = documentNumber(in: text, at: index, after: found.last?.range.upperBound ?? 0)
            {
                found.append(mention)
                index = mention.range.upperBound
            } else if ByteText.isLatinWord(scalar) {
                let mention =
                    text.isWordBefore(index)
                    ? nil
                    : spokenTrackingNumber(in: text, at: index) ?? fileNumber(in: text, at: index)
                        ?? trackingNumber(in: text, at: index, after: found.last)
                if let mention { found.append(mention) }
                index = mention?.range.upperBound ?? wordEnd(in: text, at: index)
            } else if NumeralScanner.digit(scalar) != nil || scalar == NumeralScanner.ten {
                let mention = spokenTrackingNumber(in: text, at: index)
                if let mention { found.append(mention) }
                index = mention?.range.upperBound ?? numeralEnd(in: text, at: index)
            } else {
                index += max(1, width)
            }
        }
        return found
    }

    private static func wordEnd(in text: ByteText, at index: Int) -> Int {
        var end = index
        while text.isWordAt(end) { end += text.scalar(at: end).width }
        return max(end, index + 1)
    }

    // MARK: - Tracking numbers

    /// `205-2`, `211-2(觀傳局部分)`.
    private static func trackingNumber(in text: ByteText, at index: Int, after last: Mention?) -> Mention? {
        guard let (meeting, afterMeeting) = digits(in: text, at: index, atMost: 4),
            case let (dash, width) = text.scalar(at: afterMeeting), dash == 0x2D,
            let (item, end) = digits(in: text, at: afterMeeting + width, atMost: 3)
        else { return nil }
        let (before, _) = text.scalar(before: index)
        let (after, _) = text.scalar(at: end)
        guard before != 0x2D, before != 0x2E, before != 0x2F, after != 0x2D, after != 0x2E || !digitFollows(text, end),
            after != 0x2F, !ByteText.isLatinWord(after), after != 0x3A, before != 0x3A || isLabelled(text, index)
        else { return nil }
        let follows =
            last.map { $0.kind == .trackingNumber && isListJoint(text, from: $0.range.upperBound, to: index) } ?? false
        let isLabelled = follows || isLabelled(text, index)
        guard isLabelled || (meeting.utf8.count >= 2 && item.utf8.count <= 2 && !isCounted(text, end)) else {
            return nil
        }
        guard isLabelled || !isFiscalYear(meeting, item) else { return nil }
        var mention = Mention(
            kind: .trackingNumber, range: index..<end, words: text.words(index..<end), parts: [meeting, item])
        readScope(into: &mention, in: text)
        return mention
    }

    /// 六十二之三, 63之2: a tracking number as people say it.
    ///
    /// Articles (第59條之1, 第六十二之三) are no such numbers.
    private static func spokenTrackingNumber(in text: ByteText, at index: Int) -> Mention? {
        guard text.scalar(before: index).value != DateWords.ordinal,
            let first = NumeralScanner.numeral(in: text, at: index, decimals: false), let meeting = first.whole,
            (10...9999).contains(meeting), first.upper == nil, !first.isGrouped,
            let join = text.end(of: "之", at: first.range.upperBound),
            let second = NumeralScanner.numeral(in: text, at: join, decimals: false), second.style == first.style,
            let (item, end) = item(second, in: text), (1...99).contains(item)
        else { return nil }
        let range = index..<end
        let isCounted = UnitTable.chinese.longest(in: text, at: range.upperBound).map {
            !["案", "部", "點", "號"].contains($0.value)
        }
        guard isCounted != true else { return nil }
        var mention = Mention(
            kind: .trackingNumber, range: range, words: text.words(range), parts: [String(meeting), String(item)])
        readScope(into: &mention, in: text)
        return mention
    }

    /// The number of an item and its end; 之一兩案 is item 1 and two cases, not one or two.
    private static func item(_ numeral: Numeral, in text: ByteText) -> (Int, Int)? {
        guard numeral.upper != nil else { return numeral.whole.map { ($0, numeral.range.upperBound) } }
        let end = numeral.range.lowerBound + text.scalar(at: numeral.range.lowerBound).width
        let digit = text.words(numeral.range.lowerBound..<end)
        guard text.end(of: "兩", at: end) != nil,
            let value = Array("一二三四五六七八九").firstIndex(where: { String($0) == digit })
        else { return nil }
        return (value + 1, end)
    }

    private static func numeralEnd(in text: ByteText, at index: Int) -> Int {
        max(NumeralScanner.numeral(in: text, at: index)?.range.upperBound ?? 0, index + text.scalar(at: index).width)
    }

    /// 2018-19: a year that begins in one calendar year and ends in the next.
    private static func isFiscalYear(_ first: String, _ second: String) -> Bool {
        guard first.utf8.count == 4, second.utf8.count == 2, let year = Int(first), let next = Int(second) else {
            return false
        }
        return (1900...2099).contains(year) && next == (year + 1) % 100
    }

    /// True when a unit follows, so that the two numbers are a range: "39-81 年", "10-15 人", "50-60%".
    private static func isCounted(_ text: ByteText, _ end: Int) -> Bool {
        let start = text.skippingBlanks(end)
        let scalar = text.scalar(at: start).value
        if scalar == 0x25 || scalar == DateWords.year || scalar == DateWords.month || scalar == DateWords.day {
            return true
        }
        guard let unit = UnitTable.chinese.longest(in: text, at: start) else {
            return start > end && ByteText.isLatinLetter(scalar)
        }
        // 60-4本會: an agency speaks of itself, and counts no books.
        if unit.value == "本", "局處會府部署院所科室".contains(text.words(unit.end..<unit.end + text.scalar(at: unit.end).width)) {
            return false
        }
        // 案 and 等 follow lists of tracking numbers.
        return unit.value != "案" && unit.value != "等"
    }

    private static func isLabelled(_ text: ByteText, _ index: Int) -> Bool {
        var position = index
        while position > 0, text.scalar(before: position).value == 0x20 || text.scalar(before: position).value == 0x3A {
            position = text.scalar(before: position).start
        }
        return ["列管編號", "編號", "案號", "列管"].contains { word in
            let start = position - word.utf8.count
            return start >= 0 && text.words(start..<position) == word
        }
    }

    private static func isListJoint(_ text: ByteText, from start: Int, to end: Int) -> Bool {
        guard end - start <= 8 else { return false }
        var position = start
        while position < end {
            let (scalar, width) = text.scalar(at: position)
            guard scalar == 0x3001 || scalar == 0x20 || scalar == 0x2C || scalar == 0x53CA || scalar == 0x548C else {
                return false
            }
            position += width
        }
        return true
    }

    private static func digitFollows(_ text: ByteText, _ index: Int) -> Bool {
        NumeralScanner.isDigit(text.scalar(at: index + text.scalar(at: index).width).value)
    }

    /// The bracket after a tracking number: an agency's part, or a proviso.
    private static func readScope(into mention: inout Mention, in text: ByteText) {
        let open = text.skippingBlanks(mention.range.upperBound)
        let (bracket, width) = text.scalar(at: open)
        guard bracket == 0x28 else { return }
        var end = open + width
        while end < text.count, end - open < 240 {
            let (scalar, width) = text.scalar(at: end)
            if scalar == 0x29 {
                let inside = text.words(open + text.scalar(at: open).width..<end)
                if inside.hasSuffix("部分") || inside.hasSuffix("部份") {
                    mention.agency = String(inside.dropLast(2))
                } else {
                    mention.proviso = inside
                }
                mention.range = mention.range.lowerBound..<end + width
                mention.words = text.words(mention.range)
                return
            }
            if scalar == 0x28 || scalar == 0x0A { return }
            end += max(1, width)
        }
    }

    // MARK: - File numbers

    /// `100/1551/09900250/2/12`, `100=M3B05=001=101=001`.
    private static func fileNumber(in text: ByteText, at index: Int) -> Mention? {
        var parts: [String] = []
        var position = index
        var separator: UInt32 = 0
        while parts.count < 6 {
            guard let (part, end) = component(in: text, at: position) else { return nil }
            parts.append(part)
            position = end
            let (scalar, width) = text.scalar(at: end)
            guard scalar == 0x2F || scalar == 0x2D || scalar == 0x3D, separator == 0 || scalar == separator,
                component(in: text, at: end + width) != nil
            else { break }
            separator = scalar
            position = end + width
        }
        guard parts.count == 5, (1...4).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy(isASCIIDigit),
            parts[2].utf8.count <= 12, parts[3].utf8.count <= 4, parts[4].utf8.count <= 4,
            parts.dropFirst().allSatisfy({ $0.utf8.contains(where: isASCIIDigit) })
        else { return nil }
        return Mention(kind: .fileNumber, range: index..<position, words: text.words(index..<position), parts: parts)
    }

    /// Capital letters, digits and points of one part of a file number, at most 20.
    private static func component(in text: ByteText, at index: Int) -> (String, Int)? {
        var end = index
        var value = ""
        while value.utf8.count <= 20 {
            let (scalar, width) = text.scalar(at: end)
            guard NumeralScanner.isDigit(scalar) || (0x41...0x5A).contains(scalar) || (scalar == 0x2E && end > index)
            else { break }
            value.unicodeScalars.append(Unicode.Scalar(UInt8(scalar)))
            end += width
        }
        return value.isEmpty || value.utf8.count > 20 || value.hasSuffix(".") ? nil : (value, end)
    }

    private static func isASCIIDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func digits(in text: ByteText, at index: Int, atMost limit: Int) -> (String, Int)? {
        var end = index
        var value = ""
        while value.utf8.count <= limit {
            let (scalar, width) = text.scalar(at: end)
            guard NumeralScanner.isDigit(scalar) else { break }
            value.unicodeScalars.append(Unicode.Scalar(UInt8(scalar)))
            end += width
        }
        return (1...limit).contains(value.utf8.count) ? (value, end) : nil
    }

    // MARK: - Document numbers

    private static let documentWord = FoldedWord("字").scalars[0]

    /// `府研二字第85040025號`; `index` is that of 字.
    private static func documentNumber(in text: ByteText, at index: Int, after earliest: Int) -> Mention? {
        guard let start = text.end(of: "字第", at: index) else { return nil }
        var end = text.skippingBlanks(start)
        var serial = ""
        while serial.utf8.count <= 16 {
            let (scalar, width) = text.scalar(at: end)
            guard NumeralScanner.isDigit(scalar) else { break }
            serial.unicodeScalars.append(Unicode.Scalar(UInt8(scalar)))
            end += width
        }
        let mark = text.skippingBlanks(end)
        guard (4...16).contains(serial.utf8.count), let close = text.end(of: "號", at: mark) else { return nil }
        var first = index
        for _ in 0..<10 {
            let (scalar, before) = text.scalar(before: first)
            guard before >= earliest, ByteText.isHan(scalar), !leads.contains(scalar) else { break }
            first = before
        }
        guard first < index else { return nil }
        let code = text.words(first..<index)
        return Mention(
            kind: .documentNumber, range: first..<close, words: text.words(first..<close), parts: [code, serial])
    }

    /// Characters that lead to a document number and are no part of it: 依 … 日府授…字第…號函.
    private static let leads = Set(FoldedWord("依經以奉據查按日及函案前以").scalars)
}
