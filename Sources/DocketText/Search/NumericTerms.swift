/// Values of numerals and dates for the index, read fast and only where the meaning is plain.
///
/// The careful reading, with bounds, ranges and warnings, is the number and date parsers'; here it is enough that
/// 三萬七千一百一十三, 3 萬 7,113 and 37113 meet, and 110年10月26日 and 2021-10-26 do.
struct NumericTerms {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let folding = FoldingTable.shared

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// What begins at a place: its range and terms, a date's from fine to coarse.
    struct Match {
        var range: Range<Int>
        var terms: [(SearchToken.Kind, String)]
    }

    /// The numeral or date that begins at `start`; nil for a lone Chinese digit without a counter, as in 三民路.
    func match(at start: Int) -> Match? {
        guard let first = numeral(at: start) else { return nil }
        if let date = date(first, at: start) { return date }
        if first.isChinese, first.characters == 1, !isCounted(first.end), !isOrdinal(start) { return nil }
        return Match(range: start..<first.end, terms: [(.number, "#" + first.text)])
    }

    // MARK: - Dates

    private func date(_ first: Value, at start: Int) -> Match? {
        guard first.isPlain, first.whole > 0 else { return nil }
        let mark = scalar(skip(first.end))
        switch mark.code {
        case 0x5E74: return yearMonthDay(first, start, mark.end)
        case 0x6708: return monthDay(first, start, mark.end)
        case 0x2D, 0x2F, 0x2E: return separated(first, start, mark.code, mark.end)
        default: return nil
        }
    }

    /// Reads 110年10月26日, 2021年10月, 民國110年.
    private func yearMonthDay(_ first: Value, _ start: Int, _ afterYear: Int) -> Match? {
        let isGregorian = (1800...2200).contains(first.whole)
        let isRepublic = first.whole < 200 && (first.whole >= 60 || isAfterEra(start))
        let month = plain(skip(afterYear), mark: [0x6708], upTo: 12)
        guard isGregorian || isRepublic || (first.whole < 200 && month != nil) else { return nil }
        let year = isGregorian ? first.whole : first.whole + 1911
        guard let month else {
            let range = start..<afterYear
            return Match(range: range, terms: [(.date, "@\(year)"), (.number, "#" + first.text)])
        }
        guard let day = plain(skip(month.end), mark: [0x65E5, 0x53F7], upTo: 31) else {
            return Match(range: start..<month.end, terms: terms(year, month.value, nil))
        }
        return Match(range: start..<day.end, terms: terms(year, month.value, day.value))
    }

    /// Reads 10月26日.
    private func monthDay(_ first: Value, _ start: Int, _ afterMonth: Int) -> Match? {
        guard first.whole <= 12, let day = plain(skip(afterMonth), mark: [0x65E5, 0x53F7], upTo: 31) else { return nil }
        return Match(range: start..<day.end, terms: [(.date, Self.monthAndDay(first.whole, day.value))])
    }

    /// Reads 2021-10-26, 2021/10/26, 110.10.26.
    private func separated(_ first: Value, _ start: Int, _ mark: UInt32, _ afterYear: Int) -> Match? {
        guard (1800...2200).contains(first.whole) || (60..<200).contains(first.whole),
            let month = plain(afterYear, mark: [mark], upTo: 12), let day = numeral(at: month.end), day.isPlain,
            (1...31).contains(day.whole), !day.isChinese
        else { return nil }
        let year = first.whole < 200 ? first.whole + 1911 : first.whole
        return Match(range: start..<day.end, terms: terms(year, month.value, day.whole))
    }

    /// A plain numeral in 1...limit with one of `marks` behind it.
    private func plain(_ start: Int, mark marks: [UInt32], upTo limit: Int) -> (value: Int, end: Int)? {
        guard let value = numeral(at: start, isPlainOnly: true), value.isPlain, (1...limit).contains(value.whole) else {
            return nil
        }
        let mark = scalar(skip(value.end))
        return marks.contains(mark.code) ? (value.whole, mark.end) : nil
    }

    private func terms(_ year: Int, _ month: Int, _ day: Int?) -> [(SearchToken.Kind, String)] {
        let coarse: [(SearchToken.Kind, String)] = [(.date, "@\(year)-\(Self.two(month))"), (.date, "@\(year)")]
        guard let day else { return coarse }
        return [(.date, "@\(year)-\(Self.two(month))-\(Self.two(day))")] + coarse + [
            (.date, Self.monthAndDay(month, day))
        ]
    }

    private static func monthAndDay(_ month: Int, _ day: Int) -> String { "@--\(two(month))-\(two(day))" }
    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    // MARK: - Surroundings

    /// The folded character at `index` and the byte after it; (0, index) at the end.
    @inline(__always)
    private func scalar(_ index: Int) -> (code: UInt32, end: Int) {
        guard index < bytes.count else { return (0, index) }
        let (code, width) = UTF8Bytes.decode(bytes, index)
        return (code < 0x10000 ? UInt32(folding.basic[Int(code)]) : code, index + width)
    }

    private func skip(_ index: Int) -> Int { index < bytes.count && bytes[index] == 0x20 ? index + 1 : index }

    private func isAfterEra(_ start: Int) -> Bool {
        var index = start
        while index > 0, bytes[index - 1] == 0x20 { index -= 1 }
        let (country, before) = UTF8Bytes.decode(before: index, bytes)
        return (country == 0x570B || country == 0x56FD) && UTF8Bytes.decode(before: before, bytes).code == 0x6C11
    }

    private static let counters = Set("件案次年月日項项條条款屆届號号期位名個个場场天週周季樓楼點点則则份張张".unicodeScalars.map(\.value))

    private func isCounted(_ end: Int) -> Bool { Self.counters.contains(scalar(skip(end)).code) }

    private func isOrdinal(_ start: Int) -> Bool { UTF8Bytes.decode(before: start, bytes).code == 0x7B2C }
}

// MARK: - Numerals

extension NumericTerms {
    /// A numeral: mantissa without trailing zeros after the point.
    struct Value {
        var whole: Int
        var fraction: String
        var end: Int
        var isChinese: Bool
        /// Only digits, or a Chinese numeral below a thousand: may be part of a date.
        var isPlain: Bool
        var characters: Int

        var text: String { fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)" }
    }

    private static let largest = 1_000_000_000_000_000

    /// The numeral at `start`: Arabic digits with 萬 and 億 between, or Chinese.
    func numeral(at start: Int, isPlainOnly: Bool = false) -> Value? {
        let first = scalar(start).code
        if (0x30...0x39).contains(first) { return isPlainOnly ? digits(at: start) : mixed(at: start) }
        return chinese(at: start)
    }

    /// Reads 3 萬 7,113 and 98.82.
    private func mixed(at start: Int) -> Value? {
        guard var value = digits(at: start, allowsGroups: true) else { return nil }
        var total = 0
        var smallest = Int.max
        while let factor = Self.myriad(scalar(skip(value.end)).code) {
            guard factor < smallest, value.whole <= Self.largest / factor, value.fraction.utf8.count <= 4 else {
                return nil
            }
            var scaled = value.whole * factor
            var place = factor / 10
            for digit in value.fraction.utf8 {
                scaled += Int(digit - 0x30) * place
                place /= 10
            }
            total += scaled
            (smallest, value.isPlain) = (factor, false)
            value.end = scalar(skip(value.end)).end
            guard let rest = digits(at: skip(value.end), allowsGroups: true), rest.whole < factor else {
                (value.whole, value.fraction) = (0, "")
                break
            }
            (value.whole, value.fraction, value.end) = (rest.whole, rest.fraction, rest.end)
        }
        value.whole += total
        return value
    }

    /// Arabic digits, with groups of three and a fraction where allowed; at most 15 digits.
    private func digits(at start: Int, allowsGroups: Bool = false) -> Value? {
        var (index, whole, count, isPlain) = (start, 0, 0, true)
        while true {
            let (code, end) = scalar(index)
            if (0x30...0x39).contains(code) {
                guard count < 15 else { return nil }
                (whole, count, index) = (whole * 10 + Int(code - 0x30), count + 1, end)
            } else if allowsGroups, code == 0x2C, count > 0, isGroup(end) {
                (index, isPlain) = (end, false)
            } else {
                break
            }
        }
        guard count > 0 else { return nil }
        var value = Value(whole: whole, fraction: "", end: index, isChinese: false, isPlain: isPlain, characters: count)
        if allowsGroups { readFraction(&value) }
        return value
    }

    private func readFraction(_ value: inout Value) {
        guard value.end < bytes.count, bytes[value.end] == 0x2E else { return }
        var (index, digits) = (value.end + 1, [UInt8]())
        while index < bytes.count, (0x30...0x39).contains(bytes[index]), digits.count < 9 {
            digits.append(bytes[index])
            index += 1
        }
        // A second point makes it a date, a version or a section: 110.10.26.
        guard !digits.isEmpty, index >= bytes.count || bytes[index] != 0x2E else { return }
        while digits.last == 0x30 { digits.removeLast() }
        (value.fraction, value.end, value.isPlain) = (String(decoding: digits, as: UTF8.self), index, false)
    }

    private func isGroup(_ start: Int) -> Bool {
        var index = start
        for _ in 0..<3 {
            let (code, end) = scalar(index)
            guard (0x30...0x39).contains(code) else { return false }
            index = end
        }
        return !(0x30...0x39).contains(scalar(index).code)
    }

    /// Value of a folded Chinese digit.
    private static func digit(_ code: UInt32) -> Int? {
        switch code {
        case 0x3007, 0x96F6: 0
        case 0x4E00, 0x58F9: 1
        case 0x4E8C, 0x4E24, 0x8D30: 2
        case 0x4E09, 0x53C1: 3
        case 0x56DB, 0x8086: 4
        case 0x4E94, 0x4F0D: 5
        case 0x516D, 0x9646: 6
        case 0x4E03, 0x67D2: 7
        case 0x516B, 0x634C: 8
        case 0x4E5D, 0x7396: 9
        default: nil
        }
    }

    /// Value of a folded unit below 萬.
    private static func unit(_ code: UInt32) -> Int? {
        switch code {
        case 0x5341, 0x62FE: 10
        case 0x5EFF: 20
        case 0x5345: 30
        case 0x767E, 0x4F70: 100
        case 0x5343, 0x4EDF: 1000
        default: nil
        }
    }

    /// 万, 亿 and 兆.
    private static func myriad(_ code: UInt32) -> Int? {
        switch code {
        case 0x4E07: 10_000
        case 0x4EBF: 100_000_000
        case 0x5146: 1_000_000_000_000
        default: nil
        }
    }

    /// 三萬七千一百一十三 and 二〇二一; at most 24 characters.
    private func chinese(at start: Int) -> Value? {
        var (index, total, section, current, digits, characters) = (start, 0, 0, 0, 0, 0)
        var hasUnit = false
        while characters < 24 {
            let (code, end) = scalar(index)
            if let digit = Self.digit(code) {
                guard current < Self.largest else { return nil }
                (current, digits) = (current * 10 + digit, digits + 1)
            } else if let unit = Self.unit(code), current < 10 {
                section += unit >= 20 && unit < 100 ? unit : max(1, current) * unit
                (current, hasUnit) = (0, true)
            } else if let factor = Self.myriad(code), section + current > 0, section + current < 10_000 {
                total += (section + current) * factor
                (section, current, hasUnit) = (0, 0, true)
            } else {
                break
            }
            (index, characters) = (end, characters + 1)
        }
        // Digits in a row are a number only when no unit stands among them: 三四百 is vague.
        guard characters > 0, !(hasUnit && current >= 10), index > start else { return nil }
        let whole = total + section + current
        let isPlain = whole < 1000 || (!hasUnit && digits == 4)
        return Value(whole: whole, fraction: "", end: index, isChinese: true, isPlain: isPlain, characters: characters)
    }
}
