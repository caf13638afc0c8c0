/// An exact rational number: what a text says, without the rounding of binary fractions.
public struct ExactNumber: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Numerator; carries the sign.
    public let numerator: Int
    /// Denominator, above 0 and without a common factor with the numerator.
    public let denominator: Int

    /// A whole number; `Int.min`, whose opposite does not fit, becomes the number above it.
    public init(_ value: Int) {
        numerator = max(value, -Int.max)
        denominator = 1
    }

    /// `numerator` / `denominator` in lowest terms; nil when the denominator is 0 or a part does not fit.
    public init?(_ numerator: Int, over denominator: Int) {
        guard denominator != 0, denominator != .min, numerator != .min else { return nil }
        let divisor = Self.greatestCommonDivisor(abs(numerator), abs(denominator))
        let sign = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / divisor
        self.denominator = abs(denominator) / divisor
    }

    /// The nearest binary fraction.
    public var doubleValue: Double { Double(numerator) / Double(denominator) }

    /// The value when it is whole.
    public var wholeValue: Int? { denominator == 1 ? numerator : nil }

    /// Decimal digits where they end within 18 places ("37113", "99.93", "-0.5"), otherwise "2/3".
    public var description: String {
        if denominator == 1 { return String(numerator) }
        var scale = 1
        for places in 1...18 {
            scale *= 10
            guard scale % denominator == 0 else { continue }
            let (scaled, overflow) = abs(numerator).multipliedReportingOverflow(by: scale / denominator)
            guard !overflow else { break }
            let digits = String(scaled % scale)
            let fraction = String(repeating: "0", count: places - digits.utf8.count) + digits
            return "\(numerator < 0 ? "-" : "")\(scaled / scale).\(fraction)"
        }
        return "\(numerator)/\(denominator)"
    }

    /// Compares exactly, without overflow.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        let left = lhs.numerator.multipliedFullWidth(by: rhs.denominator)
        let right = rhs.numerator.multipliedFullWidth(by: lhs.denominator)
        return left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// The sum; nil when it does not fit.
    public func adding(_ other: Self) -> Self? {
        let (left, first) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (right, second) = other.numerator.multipliedReportingOverflow(by: denominator)
        let (sum, third) = left.addingReportingOverflow(right)
        let (below, fourth) = denominator.multipliedReportingOverflow(by: other.denominator)
        guard !first, !second, !third, !fourth else { return nil }
        return Self(sum, over: below)
    }

    /// The product; nil when it does not fit.
    public func multiplied(by other: Self) -> Self? {
        // Cancelling crosswise first keeps products like 3.7 × 10,000 small.
        let first = Self.greatestCommonDivisor(abs(numerator), other.denominator)
        let second = Self.greatestCommonDivisor(abs(other.numerator), denominator)
        let (above, overflowAbove) = (numerator / first).multipliedReportingOverflow(by: other.numerator / second)
        let (below, overflowBelow) = (denominator / second).multipliedReportingOverflow(by: other.denominator / first)
        guard !overflowAbove, !overflowBelow else { return nil }
        return Self(above, over: below)
    }

    /// The opposite.
    public var negated: Self { Self(uncheckedNumerator: -numerator, denominator: denominator) }

    private init(uncheckedNumerator: Int, denominator: Int) {
        numerator = uncheckedNumerator
        self.denominator = denominator
    }

    private static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return max(1, left)
    }
}
