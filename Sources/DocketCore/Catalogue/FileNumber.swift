/// 檔號: the number under which an item or a folder is filed (DOMAIN.md section 4.2).
///
/// All parts are text: leading zeros and letters count, and two numbers are the same only when every part is equal.
public struct FileNumber: Sendable, Hashable, Codable {
    /// 年度號, the ROC year in which the case was opened, "110" or "0099".
    public var year: String
    /// 分類號 of the classification scheme.
    public var classNumber: String
    /// 案次號, which tells cases of one class apart.
    public var caseNumber: String
    /// 卷次號; nil for the number of a whole folder.
    public var volume: String?
    /// 目次號; nil for the number of a whole folder or volume.
    public var item: String?

    /// A number of its parts; an item stands in a volume.
    public init(year: String, classNumber: String, caseNumber: String, volume: String? = nil, item: String? = nil) {
        self.year = year
        self.classNumber = classNumber
        self.caseNumber = caseNumber
        self.volume = volume
        self.item = item
    }

    /// The number that `text` writes with three parts (案號), four or five, or nil.
    ///
    /// Separators are "/", "-", "=" and their full-width and typographic forms, one kind in a number, so that a class may hold
    /// a hyphen where slashes separate. Digits and letters of full width are read as narrow ones; blanks at the ends of a part do not count.
    public init?(_ text: String) {
        let narrow = String(String.UnicodeScalarView(text.unicodeScalars.map(Self.narrow)))
        let separator: Character = narrow.contains("/") ? "/" : narrow.contains("=") ? "=" : "-"
        let parts = narrow.split(separator: separator, omittingEmptySubsequences: false).map(Self.trimmed)
        guard (3...5).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(
            year: parts[0], classNumber: parts[1], caseNumber: parts[2], volume: parts.count > 3 ? parts[3] : nil,
            item: parts.count > 4 ? parts[4] : nil)
    }

    /// Year, class and case: what the items of one folder share (案號).
    public var folder: FileNumber { FileNumber(year: year, classNumber: classNumber, caseNumber: caseNumber) }

    /// The parts that are there, in order.
    public var parts: [String] { [year, classNumber, caseNumber] + [volume, item].compactMap(\.self) }

    /// The parts with slashes between them, "110/0301/2/1/004".
    public var text: String { parts.joined(separator: "/") }

    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000: " "
        case 0x2010...0x2015, 0x2212: "-"
        case 0x2044, 0x2215: "/"
        default: scalar
        }
    }

    private static func trimmed(_ part: Substring) -> String {
        var part = part
        while part.first == " " { part.removeFirst() }
        while part.last == " " { part.removeLast() }
        return String(part)
    }
}

extension FileNumber: Comparable {
    /// Part by part: numerals by value, then by text, so that "2" comes before "10"; a missing part before any.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        for (left, right) in zip(lhs.parts, rhs.parts) where left != right {
            switch (Int(left), Int(right)) {
            case (let left?, let right?) where left != right: return left < right
            default: return left.utf8.lexicographicallyPrecedes(right.utf8)
            }
        }
        return lhs.parts.count < rhs.parts.count
    }
}
