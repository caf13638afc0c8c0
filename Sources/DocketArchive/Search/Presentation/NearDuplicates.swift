import DocketCore
import DocketText

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
        var shingles: Set<UInt64>
        var count: Int
        /// Figures and codes, which must be the same.
        var figures: [String]
    }

    private var kept: [Shape] = []
    /// By match that stays, those folded into it.
    private(set) var folded: [DocumentKey: [DocumentKey]] = [:]

    /// True when `document` says what one before it says, and is folded into that.
    mutating func fold(_ key: DocumentKey, _ document: IndexDocument) -> Bool {
        let shape = Self.shape(key, document)
        if let first = kept.first(where: { Self.isSame($0, shape) }) {
            folded[first.key, default: []].append(key)
            return true
        }
        kept.append(shape)
        return false
    }

    private static func isSame(_ one: Shape, _ other: Shape) -> Bool {
        if one.source == other.source {
            for left in one.spans {
                for right in other.spans {
                    let common = min(left.upperBound, right.upperBound) - max(left.lowerBound, right.lowerBound)
                    let shorter = min(left.count, right.count)
                    if common > 0, Double(common) >= overlap * Double(shorter) { return true }
                }
            }
        }
        let (small, large) = one.count <= other.count ? (one, other) : (other, one)
        // A remark that quotes a decision is more than the decision, but for the words around it.
        guard small.count >= shortest, large.count <= small.count * 3 / 2, one.figures == other.figures else {
            return false
        }
        let common = small.shingles.reduce(0) { $0 + (large.shingles.contains($1) ? 1 : 0) }
        return Double(common) >= alike * Double(small.shingles.count)
    }

    private static func shape(_ key: DocumentKey, _ document: IndexDocument) -> Shape {
        var shingles: Set<UInt64> = []
        var figures: [String] = []
        var (first, second, count) = (UInt32(0), UInt32(0), 0)
        let texts = document.fields.map(\.text)
        for text in texts.joined(separator: "\n").isEmpty ? [document.title] : texts {
            var figure = ""
            for scalar in Folding.key(String(decoding: text.utf8.prefix(longest), as: UTF8.self)).unicodeScalars {
                let isFigure = (0x30...0x39).contains(scalar.value)
                if isFigure { figure.unicodeScalars.append(scalar) }
                if !isFigure, !figure.isEmpty {
                    figures.append(figure)
                    figure = ""
                }
                guard scalar.properties.isAlphabetic || isFigure else { continue }
                count += 1
                if count >= 3 {
                    shingles.insert(UInt64(first) << 42 ^ UInt64(second) << 21 ^ UInt64(scalar.value))
                }
                (first, second) = (second, scalar.value)
            }
            if !figure.isEmpty { figures.append(figure) }
        }
        return Shape(
            key: key, source: document.source,
            spans: document.fields.compactMap { $0.span.map { $0.start..<$0.end } }, shingles: shingles, count: count,
            figures: figures.sorted())
    }
}
