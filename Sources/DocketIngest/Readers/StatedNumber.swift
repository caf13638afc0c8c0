/// Numbers that files give of themselves, bounded where they are read: whatever is computed with them later cannot
/// overflow.
enum StatedNumber {
    /// Numbers of list items and their starts, repeats, spans.
    private static let counts = 0...999_999

    /// Levels of lists and headings, from 1; ODF has ten, Word nine.
    private static let levels = 1...10

    /// Longest time in a recording, in milliseconds: three years.
    private static let longest = 1e11

    /// A number of a list, moved into 0...999,999; nil when the text is no whole number.
    static func count(_ text: String?) -> Int? { text.flatMap(Int.init).map { clamped($0, to: counts) } }

    /// A level, moved into 1...10; nil when the text is no whole number.
    static func level(_ text: String?) -> Int? { text.flatMap(Int.init).map { clamped($0, to: levels) } }

    /// Milliseconds of a number of seconds, moved into 0...10^11; nil for what is no number.
    static func milliseconds(seconds: Double?) -> Int? { milliseconds(seconds.map { $0 * 1000 }) }

    /// Whole milliseconds, moved into 0...10^11; nil for what is no number.
    static func milliseconds(_ value: Double?) -> Int? {
        guard let value, !value.isNaN else { return nil }
        return Int(min(max(0, value), longest).rounded())
    }

    private static func clamped(_ value: Int, to bounds: ClosedRange<Int>) -> Int {
        min(max(bounds.lowerBound, value), bounds.upperBound)
    }
}
