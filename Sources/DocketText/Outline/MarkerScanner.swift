/// Finds outline markers in bytes, without making strings.
struct MarkerScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    /// End of the line.
    let end: Int

    /// A marker as offsets.
    struct Hit {
        var level: OutlineMarker.Level
        var number: Int
        var numeral: Range<Int>
        var range: Range<Int>
        var contentStart: Int
        /// A bullet before the marker with the blanks after it.
        var bullet: Range<Int>?
    }

    /// The marker at or after the blanks at `start`.
    func marker(at start: Int) -> Hit? {
        let head = skipBlanks(start)
        guard head < end, Self.mayBegin(bytes[head]) else { return nil }
        let (code, width) = UTF8Bytes.decode(bytes, head)
        if Self.bullets.contains(code), head + width < end {
            let next = skipBlanks(head + width)
            guard next > head + width, next < end, var hit = bare(at: next) else { return nil }
            hit.bullet = head..<next
            return hit
        }
        return bare(at: head)
    }

    /// The marker exactly at `index`.
    func bare(at index: Int) -> Hit? {
        guard index < end, Self.mayBegin(bytes[index]) else { return nil }
        let (code, width) = UTF8Bytes.decode(bytes, index)
        if let close = Self.closing(code) { return bracketed(from: index, width: width, close: close) }
        if let (level, number) = Self.enclosed(code) {
            return hit(level, number, index..<index + width, index..<index + width)
        }
        return open(at: index)
    }

    /// Markers in brackets: （一）, （1）, （甲）, <一>.
    private func bracketed(from start: Int, width: Int, close: (UInt32, UInt32)) -> Hit? {
        guard let numeral = Numeral(bytes, at: skipBlanks(start + width), end: end) else { return nil }
        let tail = skipBlanks(numeral.range.upperBound)
        guard tail < end else { return nil }
        let (code, closeWidth) = UTF8Bytes.decode(bytes, tail)
        guard code == close.0 || code == close.1 else { return nil }
        let level: OutlineMarker.Level =
            switch numeral.kind {
            case .everyday, .formal: .l3
            case .arabic: .l5
            case .stem: .l7
            }
        return hit(level, numeral.value, numeral.range, start..<tail + closeWidth)
    }

    /// 壹、 一、 1、 甲、 and the same with a full stop.
    private func open(at index: Int) -> Hit? {
        guard let numeral = Numeral(bytes, at: index, end: end) else { return nil }
        var tail = numeral.range.upperBound
        if numeral.kind != .arabic { tail = skipBlanks(tail) }
        guard tail < end else { return nil }
        let (mark, width) = UTF8Bytes.decode(bytes, tail)
        let after = tail + width
        switch mark {
        case 0x3001: if isEnumeration(numeral, after) { return nil }
        case 0x2E, 0xFF0E: if numeral.kind == .arabic, after < end, Numeral.isDigit(bytes, after) { return nil }
        case 0x29, 0xFF09: guard numeral.kind == .arabic else { return nil }
        default: return nil
        }
        let level: OutlineMarker.Level =
            switch numeral.kind {
            case .formal: .l1
            case .everyday: .l2
            case .arabic: .l4
            case .stem: .l6
            }
        return hit(level, numeral.value, numeral.range, index..<after)
    }

    /// True for 一、二級 or 三、四月: neighbours in counting with a unit behind, not a marker.
    private func isEnumeration(_ numeral: Numeral, _ after: Int) -> Bool {
        guard let next = Numeral(bytes, at: after, end: end), next.kind == numeral.kind,
            next.value == numeral.value + 1,
            next.range.upperBound < end
        else { return false }
        let unit = UTF8Bytes.decode(bytes, next.range.upperBound).code
        return Self.units.contains(unit)
    }

    private func hit(_ level: OutlineMarker.Level, _ number: Int, _ numeral: Range<Int>, _ range: Range<Int>) -> Hit? {
        guard (1...999).contains(number) else { return nil }
        return Hit(
            level: level, number: number, numeral: numeral, range: range, contentStart: skipBlanks(range.upperBound))
    }

    private func skipBlanks(_ start: Int) -> Int {
        var index = start
        while index < end {
            if bytes[index] == 0x20 || bytes[index] == 0x09 {
                index += 1
            } else if bytes[index] == 0xE3, index + 2 < end, bytes[index + 1] == 0x80, bytes[index + 2] == 0x80 {
                index += 3
            } else {
                break
            }
        }
        return index
    }
}

// MARK: - Characters

extension MarkerScanner {
    private static let units: Set<UInt32> = Set("級级月年日樓楼個个人次項项期季屆届審审段班等類类線线條条款號号分".unicodeScalars.map(\.value))
    static let bullets: Set<UInt32> = Set("-–•‧·*●○■□◆◇▪".unicodeScalars.map(\.value))

    /// Quick refusal by first byte: digits, brackets, bullets and the lead bytes of the characters above.
    @inline(__always)
    static func mayBegin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x28, 0x2A, 0x2D, 0x30...0x39, 0x3C, 0xC2, 0xE2...0xE9, 0xEF: true
        default: false
        }
    }

    /// The narrow and wide closing brackets that may answer an opening one.
    private static func closing(_ code: UInt32) -> (UInt32, UInt32)? {
        switch code {
        case 0x28, 0xFF08, 0xFE59: (0x29, 0xFF09)
        case 0x3C, 0xFF1C, 0x3008: (0x3E, code == 0x3008 ? 0x3009 : 0xFF1E)
        case 0x3014: (0x3015, 0x3015)
        default: nil
        }
    }

    /// ㈠ ① ⑴ ⒈ in one character.
    private static func enclosed(_ code: UInt32) -> (OutlineMarker.Level, Int)? {
        switch code {
        case 0x3220...0x3229: (.l3, Int(code) - 0x321F)
        case 0x2460...0x2473: (.l8, Int(code) - 0x245F)
        case 0x2474...0x2487: (.l5, Int(code) - 0x2473)
        case 0x2488...0x249B: (.l4, Int(code) - 0x2487)
        case 0x2776...0x277F: (.l8, Int(code) - 0x2775)
        default: nil
        }
    }

    /// A numeral at a place of the text.
    struct Numeral {
        enum Kind { case formal, everyday, arabic, stem }
        var kind: Kind
        var value: Int
        var range: Range<Int>

        /// True when an Arabic digit of either width stands at `index`.
        static func isDigit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
            digit(UTF8Bytes.decode(bytes, index).code) != nil
        }

        private static func digit(_ code: UInt32) -> Int? {
            if (0x30...0x39).contains(code) { return Int(code) - 0x30 }
            return (0xFF10...0xFF19).contains(code) ? Int(code) - 0xFF10 : nil
        }

        /// The longest numeral of one kind that begins at `start`, up to five characters.
        init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int) {
            guard start < end else { return nil }
            let first = UTF8Bytes.decode(bytes, start)
            if let stem = stems[first.code] {
                (kind, value, range) = (.stem, stem, start..<start + first.width)
                return
            }
            let isArabic = Self.digit(first.code) != nil
            let table = formal[first.code] != nil ? formal : everyday
            var (index, total, current, length) = (start, 0, 0, 0)
            while index < end, length <= 5 {
                let (code, width) = UTF8Bytes.decode(bytes, index)
                if isArabic {
                    guard let digit = Self.digit(code) else { break }
                    current = current * 10 + digit
                } else if let digit = table[code] {
                    if digit >= 10 {
                        (total, current) = (total + max(1, current) * digit, 0)
                    } else {
                        current = current * 10 + digit
                    }
                } else {
                    break
                }
                (index, length) = (index + width, length + 1)
            }
            guard (1...5).contains(length) else { return nil }
            kind = isArabic ? .arabic : formal[first.code] != nil ? .formal : .everyday
            (value, range) = (total + current, start..<index)
        }
    }

    private static func table(_ words: String, _ values: [Int]) -> [UInt32: Int] {
        Dictionary(zip(words.unicodeScalars.map(\.value), values), uniquingKeysWith: { first, _ in first })
    }

    private static let everyday = table(
        "〇零○一二三四五六七八九十百廿卅", [0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 20, 30])
    private static let formal = table(
        "壹貳參叁参肆伍陸柒捌玖拾佰贰叄陆弍貮", [1, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 100, 2, 3, 6, 2, 2])
    private static let stems = table("甲乙丙丁戊己庚辛壬癸", Array(1...10))
}
