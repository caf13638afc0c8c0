/// A number of a text with what it counts.
public struct Quantity: Sendable, Hashable {
    /// Bytes of the numeral with its sign, currency, 第 and unit: what a reader would underline.
    public var range: Range<Int>
    /// The words of `range`, as written.
    public var words: String
    /// Bytes of the numeral alone.
    public var numeralRange: Range<Int>
    /// The exact value; the lower one of a range.
    ///
    /// 25 % has the value 25, 3 成 the value 30.
    public var value: ExactNumber
    /// The upper value of a range ("5 至 10 人").
    public var upper: ExactNumber?
    /// True for 約, 近, 餘, 左右, "about".
    public var isApproximate: Bool
    /// The side on which the true value may lie.
    public var bound: Bound?
    /// Canonical unit ("件", "公里", "minute"); empty when none is named.
    public var unit: String
    /// Bytes of the unit as written; nil when none is.
    public var unitRange: Range<Int>?
    /// What kind of number it is.
    public var kind: Kind
    /// How it is written.
    public var style: NumeralStyle
    /// Digits of a plain whole Arabic or positional number, for judging serial numbers; 0 for others.
    public var digits: Int
    /// True when the remainder after 萬 is 10,000 or more (rule NUM-03).
    public var isRemainderTooLarge: Bool

    /// What kind of number it is.
    public enum Kind: Sendable, Hashable {
        /// So many of something.
        case count
        /// An amount; the ISO 4217 code of the currency, empty for a bare 元.
        case money(currency: String)
        /// A share of a hundred; the value is the number of hundredths.
        case percent
        /// A difference of shares (4.05 個百分點, +4.05%).
        case percentagePoint
        /// 三分之二, 2/3.
        case fraction
        /// 第213次, "second".
        case ordinal
        /// A number that names no unit.
        case plain
    }

    /// The side on which the true value may lie.
    public enum Bound: String, Sendable, Hashable, Codable, CaseIterable {
        /// 以上, 至少, 餘.
        case atLeast
        /// 以下, 至多, ≤.
        case atMost
        /// 逾, 超過.
        case moreThan
        /// 未滿, 不到.
        case lessThan
    }
}
