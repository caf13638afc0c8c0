/// The outline marker or bullet that a line begins with, as far as passages need it.
struct LeadingMarker: Equatable {
    /// 壹、 1, 一、 2, （一） 3, 1、 4, （1） 5; nil for a bullet.
    let level: Int?
    /// Bytes from the start of the line to the text after the marker.
    let length: Int

    private static let formal = Set("壹貳參叁肆伍陸柒捌玖拾".unicodeScalars)
    private static let plain = Set("一二三四五六七八九十百〇零".unicodeScalars)
    private static let bullets = Set("•●○◎■□◆◇※▪‧▲△★☆·".unicodeScalars)
    private static let stops = Set("、．.".unicodeScalars)

    /// The marker of `line`; nil when it begins with none.
    init?(_ line: some StringProtocol) {
        var scan = Scan(line)
        scan.skipBlanks()
        if scan.take(where: { "-*+–".unicodeScalars.contains($0) }) > 0, scan.takeBlank() {
            // A converter's bullet before a real marker says nothing.
            let bullet = scan.offset
            let inner = Self(scan.rest)
            self.init(level: inner?.level, length: bullet + (inner?.length ?? 0))
            return
        }
        if scan.take(where: Self.bullets.contains, limit: 1) > 0 {
            scan.skipBlanks()
            self.init(level: nil, length: scan.offset)
            return
        }
        guard let level = Self.level(&scan) else { return nil }
        scan.skipBlanks()
        self.init(level: level, length: scan.offset)
    }

    private init(level: Int?, length: Int) {
        self.level = level
        self.length = length
    }

    private static func level(_ scan: inout Scan) -> Int? {
        if scan.take(where: { "（(〈<".unicodeScalars.contains($0) }, limit: 1) > 0 {
            let level = scan.take(where: plain.contains, limit: 5) > 0 ? 3 : scan.takeDigits(limit: 3) > 0 ? 5 : nil
            return scan.take(where: { "）)〉>".unicodeScalars.contains($0) }, limit: 1) > 0 ? level : nil
        }
        if scan.take(where: formal.contains, limit: 4) > 0 { return scan.takeStop(stops) ? 1 : nil }
        if scan.take(where: plain.contains, limit: 5) > 0 { return scan.takeStop(stops) ? 2 : nil }
        if scan.takeDigits(limit: 3) > 0 { return scan.takeStop(stops) && !scan.isAtDigit ? 4 : nil }
        return nil
    }

    /// Reads scalars from the front of a line, counting bytes.
    private struct Scan {
        private(set) var rest: Substring.UnicodeScalarView
        private(set) var offset = 0

        init(_ line: some StringProtocol) { rest = Substring(line).unicodeScalars }
        private init(rest: Substring.UnicodeScalarView) { self.rest = rest }

        mutating func take(where matches: (Unicode.Scalar) -> Bool, limit: Int = .max) -> Int {
            var count = 0
            while count < limit, let first = rest.first, matches(first) {
                offset += UTF8.width(first)
                rest.removeFirst()
                count += 1
            }
            return count
        }

        mutating func takeDigits(limit: Int) -> Int {
            take(where: { ("0"..."9").contains($0) || ("０"..."９").contains($0) }, limit: limit)
        }

        mutating func takeStop(_ stops: Set<Unicode.Scalar>) -> Bool { take(where: stops.contains, limit: 1) > 0 }
        mutating func skipBlanks() { _ = take(where: { $0 == " " || $0 == "\t" || $0 == "\u{3000}" }) }
        mutating func takeBlank() -> Bool {
            let before = offset
            skipBlanks()
            return offset > before
        }
        var isAtDigit: Bool { rest.first.map { ("0"..."9").contains($0) } ?? false }
    }
}

extension LeadingMarker {
    private init?(_ rest: Substring.UnicodeScalarView) { self.init(Substring(rest)) }
}
