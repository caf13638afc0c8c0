import DocketCore
import DocketText

/// Reads lists of tracking numbers and what is done to them: 列管編號 205-2、211-2 (觀傳局部分) 等 2 案同意解除列管.
struct TrackingReader: Sendable {
    let work: WorkingText

    /// A number with what stands in the brackets behind it.
    struct Reference: Sendable {
        var number: String
        var range: Range<Int>
        var scope: String?
        var proviso: String?
        var end: Int
    }

    /// A word that releases or continues.
    struct Verdict: Sendable {
        var action: TrackingAction.Action
        var range: Range<Int>
    }

    private var text: ByteText { work.text }
    /// References read of one conclusion at most; a bound on hostile input.
    private static let limit = 5_000

    /// The actions of one conclusion, with the counts it declares; `counts` is the number of counts found before.
    func actions(in range: Range<Int>, path: String, counts: Int) -> (
        actions: [TrackingAction], counts: [DeclaredCount]
    ) {
        let references = references(in: range)
        let verdicts = verdicts(in: range)
        guard !references.isEmpty, !verdicts.isEmpty else { return ([], []) }
        var actions: [TrackingAction] = []
        var declared: [DeclaredCount] = []
        var groups: [Int: [Reference]] = [:]
        let stops = stops(in: range)
        var next = 0
        for reference in references {
            while next < verdicts.count, verdicts[next].range.lowerBound < reference.end { next += 1 }
            guard let verdict = verdict(for: reference, next: next, among: verdicts, stops: stops) else { continue }
            groups[verdict, default: []].append(reference)
        }
        for index in verdicts.indices {
            guard let group = groups[index], let last = group.last else { continue }
            var countGroup: Int?
            let limit = max(last.end, verdicts[index].range.upperBound)
            if let count = count(after: last.end, before: min(range.upperBound, limit + 60)) {
                countGroup = counts + declared.count
                declared.append(
                    DeclaredCount(
                        action: verdicts[index].action, declared: count.value, found: group.count,
                        words: Words(text.words(count.range), at: work.original(count.range))))
            }
            actions += group.map { reference in
                TrackingAction(
                    reference: reference.number,
                    words: Words(text.words(reference.range), at: work.original(reference.range)),
                    scope: reference.scope, proviso: reference.proviso, action: verdicts[index].action,
                    conclusionPath: path, declaredCountGroup: countGroup)
            }
        }
        return (actions, declared)
    }

    /// The verdict a reference stands under: the next one in its sentence, else the one before it there.
    private func verdict(for reference: Reference, next: Int, among verdicts: [Verdict], stops: [Int]) -> Int? {
        if next < verdicts.count, !Self.hasStop(stops, reference.end..<verdicts[next].range.lowerBound) { return next }
        let previous = next - 1
        guard previous >= 0, verdicts[previous].range.upperBound <= reference.range.lowerBound else { return nil }
        return Self.hasStop(stops, verdicts[previous].range.upperBound..<reference.range.lowerBound) ? nil : previous
    }

    /// Offsets of the ends of sentences.
    private func stops(in range: Range<Int>) -> [Int] {
        var stops: [Int] = []
        var offset = range.lowerBound
        while let next = text.scalar(at: offset, before: range.upperBound) {
            if Stop.sentence.contains(next.value) { stops.append(offset) }
            offset = next.next
        }
        return stops
    }

    /// True when one of the sorted `stops` lies in `range`.
    private static func hasStop(_ stops: [Int], _ range: Range<Int>) -> Bool {
        var low = 0
        var high = stops.count
        while low < high {
            let middle = (low + high) / 2
            if stops[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < stops.count && stops[low] < range.upperBound
    }

    // MARK: References

    private static let hyphens: Set<UInt32> = [0x2D, 0xFF0D, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212]

    /// References in `range`, in order.
    ///
    /// A pair of numbers counts when 列管, 編號 or another reference stands before it, or a release
    /// or continuation follows in its sentence; dates, telephone numbers and ranges of years do not.
    func references(in range: Range<Int>) -> [Reference] {
        let starts = verdicts(in: range).map(\.range.lowerBound)
        guard !starts.isEmpty || Self.introductions.contains(where: { text.first($0, in: range) != nil }) else {
            return []
        }
        var found: [Reference] = []
        var offset = range.lowerBound
        while offset < range.upperBound, found.count < Self.limit {
            guard isDigit(text.bytes[offset]) else {
                offset += 1
                continue
            }
            guard var reference = pair(at: offset, in: range) else {
                while offset < range.upperBound, isDigit(text.bytes[offset]) || text.bytes[offset] == 0x2D {
                    offset += 1
                }
                continue
            }
            readBrackets(of: &reference, before: range.upperBound)
            if isIntroduced(reference, after: found.last, in: range, verdicts: starts) { found.append(reference) }
            offset = max(offset + 1, reference.end)
        }
        return found
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private func pair(at start: Int, in range: Range<Int>) -> Reference? {
        if start > range.lowerBound, let before = text.scalar(endingAt: start, after: range.lowerBound),
            Self.hyphens.contains(before.value) || before.value == 0x2E || before.value == 0x2F
                || (0x41...0x7A).contains(before.value)
        {
            return nil
        }
        var offset = start
        while offset < range.upperBound, isDigit(text.bytes[offset]) { offset += 1 }
        let first = start..<offset
        guard first.count <= 4,
            let hyphen = text.scalar(at: text.afterBlanks(offset..<range.upperBound), before: range.upperBound),
            Self.hyphens.contains(hyphen.value)
        else { return nil }
        let second = text.afterBlanks(hyphen.next..<range.upperBound)
        offset = second
        while offset < range.upperBound, isDigit(text.bytes[offset]) { offset += 1 }
        guard offset > second, offset - second <= 3 else { return nil }
        if let after = text.scalar(at: offset, before: range.upperBound),
            Self.hyphens.contains(after.value) || after.value == 0x2E || after.value == 0x25
                || Self.units.contains(after.value)
        {
            return nil
        }
        guard let meeting = Int(text.words(first)), let item = Int(text.words(second..<offset)), meeting > 0, item > 0
        else {
            return nil
        }
        return Reference(number: "\(meeting)-\(item)", range: start..<offset, end: offset)
    }

    /// Units that make a range of numbers: 39-81 年.
    private static let units: Set<UInt32> = Set("年月日時分樓號人元件％".unicodeScalars.map(\.value))

    /// (觀傳局部分) is a scope, anything else in the brackets a proviso.
    private func readBrackets(of reference: inout Reference, before end: Int) {
        let start = text.afterBlanks(reference.end..<end)
        guard let open = text.scalar(at: start, before: end), Bracket.opening.contains(open.value) else { return }
        var depth = 1
        var offset = open.next
        var inner = offset
        while depth > 0, let next = text.scalar(at: offset, before: min(end, start + 1_200)) {
            if Bracket.opening.contains(next.value) { depth += 1 }
            if Bracket.closing.contains(next.value) { depth -= 1 }
            inner = offset
            offset = next.next
        }
        guard depth == 0 else { return }
        let words = work.words(open.next..<inner).text
        reference.end = offset
        if words.hasSuffix("部分") || words.hasSuffix("部份") {
            reference.scope = String(words.dropLast(2)).trimmingBlanks
        } else if !words.isEmpty {
            reference.proviso = words
        }
    }

    private static let introductions: [Needle] = ["列管", "編號", "解除", "追蹤"]

    private func isIntroduced(
        _ reference: Reference, after previous: Reference?, in range: Range<Int>, verdicts: [Int]
    ) -> Bool {
        if let previous {
            let gap = text.words(text.trimmed(previous.end..<reference.range.lowerBound))
            if ["、", ",", "，", "及", "與", "和", ""].contains(gap) { return true }
        }
        let before = max(range.lowerBound, reference.range.lowerBound - 60)..<reference.range.lowerBound
        if Self.introductions.contains(where: { text.first($0, in: before) != nil }) { return true }
        // 12-1、12-2 同意解除列管: nothing but more of the list stands before the verdict.
        var end = reference.end
        while let next = text.scalar(at: end, before: min(range.upperBound, reference.end + 600)),
            next.value != 0xFF0C, !Stop.sentence.contains(next.value)
        {
            end = next.next
        }
        var low = 0
        var high = verdicts.count
        while low < high {
            let middle = (low + high) / 2
            if verdicts[middle] < reference.end { low = middle + 1 } else { high = middle }
        }
        return low < verdicts.count && verdicts[low] < end
    }

    // MARK: Verdicts

    private static let words: [(Needle, TrackingAction.Action)] = [
        ("解除列管", .release), ("解除追蹤", .release), ("解列", .release), ("同意結案", .release), ("結案解管", .release),
        ("賡續列管", .continue), ("廣續列管", .continue), ("繼續列管", .continue), ("持續列管", .continue),
        ("續予列管", .continue), ("仍予列管", .continue), ("繼續追蹤", .continue), ("賡續追蹤", .continue),
        ("持續追蹤", .continue), ("續管", .continue),
    ]

    /// Words of release and continuation in order; 不同意解除列管 and 暫不解除列管 continue.
    func verdicts(in range: Range<Int>) -> [Verdict] {
        var found: [Verdict] = []
        for (needle, action) in Self.words {
            var offset = range.lowerBound
            while let at = text.first(needle, in: offset..<range.upperBound) {
                offset = at + needle.bytes.count
                let isDenied = action == .release && deniedBefore(at, from: range.lowerBound)
                found.append(Verdict(action: isDenied ? .continue : action, range: at..<offset))
            }
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func deniedBefore(_ at: Int, from start: Int) -> Bool {
        let window = max(start, at - 15)..<at
        let needles: [Needle] = ["不同意", "暫不", "不予", "未同意", "尚未", "不得", "未達"]
        return needles.contains { text.first($0, in: window) != nil }
    }

    /// 等 N 案 behind a list.
    private func count(after start: Int, before end: Int) -> (value: Int, range: Range<Int>)? {
        let window = start..<min(end, start + 60)
        guard let at = text.first("等", in: window) ?? text.first("計", in: window) ?? text.first("共", in: window) else {
            return nil
        }
        var offset = text.afterBlanks(at + 3..<end)
        let digits = offset
        while let next = text.scalar(at: offset, before: end),
            (0x30...0x39).contains(next.value) || Numerals.digit(next.value) != nil
        {
            offset = next.next
        }
        let numeral = text.words(digits..<offset)
        guard let value = Int(numeral) ?? ChineseNumeral.value(of: numeral) else { return nil }
        let unit = text.afterBlanks(offset..<end)
        for word: Needle in ["案", "件", "項"] where text.has(word, at: unit, before: end) {
            return (value, at..<unit + 3)
        }
        return nil
    }

    // MARK: Opening

    /// 本項納入列管, 請列管追蹤: a conclusion that puts itself under tracking; 不另列管 and 免予列管 do not.
    func opening(in range: Range<Int>) -> Range<Int>? {
        let needles: [Needle] = ["納入列管", "列入列管", "本項列管", "本案列管", "予以列管", "請列管", "提列列管", "列管追蹤", "納入追蹤列管", "由研考會列管"]
        let places = needles.compactMap { needle in
            text.first(needle, in: range).map { $0..<$0 + needle.bytes.count }
        }
        guard let first = places.min(by: { $0.lowerBound < $1.lowerBound }) else { return nil }
        let before = max(range.lowerBound, first.lowerBound - 9)..<first.lowerBound
        let denied: [Needle] = ["不", "免", "毋", "未"]
        return denied.contains { text.first($0, in: before) != nil } ? nil : first
    }
}
