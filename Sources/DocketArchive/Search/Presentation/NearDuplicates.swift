import DocketCore

/// Folds matches that say the same.
///
/// Such are a conclusion and the passage it stands in, an agenda's item and that of the minutes, a letter that was filed
/// twice. The first of them stays, the others are named with it.
struct NearDuplicates {
    /// Fewest characters of a text that is held to say the same as another in another place.
    private static let shortest = 12
    /// Share of the shorter text's runs of three characters that must stand in the other.
    private static let alike = 0.9
    /// Share of the shorter of two places in one source that must lie in the other.
    private static let overlap = 0.5
    /// Bytes of a text that are looked at.
    private static let longest = 8 << 10

    /// A match as it is compared.
    private struct Shape {
        var key: DocumentKey
        var source: SourceID
        var spans: [Range<Int>]
        var text: String
        /// What the text holds; made when a text of like length is met.
        var content: Content?
    }

    /// What texts are compared by.
    private struct Content {
        /// Runs of three letters, rising, each once.
        var shingles: [UInt64] = []
        /// Letters and digits.
        var count = 0
        /// Figures, which must be the same.
        var figures: [String] = []
    }

    private var kept: [Shape] = []
    /// By match that stays, those folded into it.
    private(set) var folded: [DocumentKey: [DocumentKey]] = [:]

    /// True when `document` says what one before it says, and is folded into that.
    mutating func fold(_ key: DocumentKey, _ document: IndexDocument) -> Bool {
        let texts = document.fields.map(\.text).joined(separator: "\n")
        var shape = Shape(
            key: key, source: document.source, spans: document.fields.compactMap { $0.span.map { $0.start..<$0.end } },
            text: texts.utf8.allSatisfy { $0 == 0x0A } ? document.title : texts)
        for index in kept.indices where isSame(index, &shape) {
            folded[kept[index].key, default: []].append(key)
            return true
        }
        kept.append(shape)
        return false
    }

    private mutating func isSame(_ first: Int, _ other: inout Shape) -> Bool {
        if kept[first].source == other.source {
            for left in kept[first].spans {
                for right in other.spans {
                    let common = min(left.upperBound, right.upperBound) - max(left.lowerBound, right.lowerBound)
                    let shorter = min(left.count, right.count)
                    if common > 0, Double(common) >= Self.overlap * Double(shorter) { return true }
                }
            }
        }
        // Marks and line breaks may make up a part of the bytes.
        let (one, two) = (kept[first].text.utf8.count, other.text.utf8.count)
        guard min(one, two) >= Self.shortest, max(one, two) <= min(one, two) * 2 else { return false }
        let left = Self.content(&kept[first])
        let right = Self.content(&other)
        let (small, large) = left.count <= right.count ? (left, right) : (right, left)
        // A remark that quotes a decision is more than the decision, but for the words around it.
        guard small.count >= Self.shortest, large.count <= small.count * 3 / 2, left.figures == right.figures else {
            return false
        }
        return Double(Self.common(small.shingles, large.shingles)) >= Self.alike * Double(small.shingles.count)
    }

    /// Number of elements of two rising lists that are in both.
    private static func common(_ left: [UInt64], _ right: [UInt64]) -> Int {
        var (first, second, count) = (0, 0, 0)
        while first < left.count, second < right.count {
            if left[first] == right[second] { count += 1 }
            let isBehind = left[first] <= right[second]
            if right[second] <= left[first] { second += 1 }
            if isBehind { first += 1 }
        }
        return count
    }

    private static func content(_ shape: inout Shape) -> Content {
        if let content = shape.content { return content }
        var content = Content()
        var figure = ""
        var (first, second) = (UInt32(0), UInt32(0))
        for scalar in String(decoding: shape.text.utf8.prefix(longest), as: UTF8.self).unicodeScalars {
            guard let letter = letter(scalar) else {
                if !figure.isEmpty { content.figures.append(figure) }
                figure = ""
                continue
            }
            let isDigit = (0x30...0x39).contains(letter)
            if isDigit, let digit = Unicode.Scalar(letter) { figure.unicodeScalars.append(digit) }
            if !isDigit, !figure.isEmpty {
                content.figures.append(figure)
                figure = ""
            }
            content.count += 1
            if content.count >= 3 {
                content.shingles.append(UInt64(first) << 42 ^ UInt64(second) << 21 ^ UInt64(letter))
            }
            (first, second) = (second, letter)
        }
        if !figure.isEmpty { content.figures.append(figure) }
        content.figures.sort()
        content.shingles.sort()
        var last: UInt64?
        content.shingles.removeAll { shingle in
            defer { last = shingle }
            return shingle == last
        }
        shape.content = content
        return content
    }

    /// A letter or digit, of full width as of half and in lower case; nil for marks and blanks.
    private static func letter(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: scalar.value
        case 0x41...0x5A: scalar.value + 0x20
        case 0xFF10...0xFF19: scalar.value - 0xFF10 + 0x30
        case 0xFF21...0xFF3A: scalar.value - 0xFF21 + 0x61
        case 0xFF41...0xFF5A: scalar.value - 0xFF41 + 0x61
        case ..<0xC0, 0x2000...0x2BFF, 0x3000...0x3004, 0x3008...0x3020, 0xFE10...0xFE6F, 0xFF00...0xFFEF: nil
        default: scalar.value
        }
    }
}
