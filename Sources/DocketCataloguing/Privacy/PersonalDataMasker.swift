internal import DocketText

/// Finds and masks what tells who a private person is: numbers of identity, telephones, addresses, names.
///
/// Works on the text as written, in Chinese and English, and gives places, so that a rule can report and a writer can mask. What identifies
/// records (document, file and case numbers, dates, amounts) is left alone, and so are officials, who are written with their title.
/// Linear in the length of the text.
public struct PersonalDataMasker: Sendable {
    /// A masker; it has no settings.
    public init() {}

    /// What a span holds.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// 國民身分證統一編號, with a check digit that holds, or behind its label.
        case nationalID
        /// 統一證號 of a foreign resident, old form and new, in the same way.
        case residentID
        /// Telephone of a place.
        case phone
        /// Mobile telephone.
        case mobile
        /// Street address with the number of a house.
        case address
        /// Electronic mail.
        case email
        /// Licence plate.
        case licencePlate
        /// Account in a bank or post office.
        case bankAccount
        /// Name of a private person.
        case personName
    }

    /// One place that is masked.
    public struct Span: Sendable, Hashable {
        /// What it holds.
        public var kind: Kind
        /// Half-open range of UTF-8 bytes in the text.
        public var range: Range<Int>
    }

    /// All places in order; they do not overlap.
    public func spans(in text: String) -> [Span] {
        var scan = PersonalDataScan(text)
        return scan.spans()
    }

    /// The text with its personal data masked: a name keeps its first character (陳◯◯), an address its road (望潮路一段◯◯◯), anything
    /// else becomes ◯◯◯.
    ///
    /// The mark is U+25EF and not the ○ that is also a zero (二○二四). Masking a masked text changes nothing.
    public func masked(_ text: String) -> String {
        var result = text
        // What stood beside masked words may be found once they are gone; few texts need a second pass.
        for _ in 0..<Self.passLimit {
            let next = maskedOnce(result)
            if next == result { break }
            result = next
        }
        return result
    }

    private static let passLimit = 8

    private func maskedOnce(_ text: String) -> String {
        let spans = spans(in: text)
        guard !spans.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var result = ""
        var place = 0
        for span in spans {
            result += String(decoding: bytes[place..<span.range.lowerBound], as: UTF8.self)
            let words = String(decoding: bytes[span.range], as: UTF8.self)
            switch span.kind {
            case .personName: result += Self.initial(words) + "◯◯"
            case .address: result += Self.road(words) + "◯◯◯"
            default: result += "◯◯◯"
            }
            place = span.range.upperBound
        }
        return result + String(decoding: bytes[place...], as: UTF8.self)
    }

    /// 青嵐市望潮路一段 of 青嵐市望潮路一段7號: a road and its section are a place, not a home.
    private static func road(_ address: String) -> String {
        let ends = ["路", "街", "大道"].compactMap { address.range(after: $0, from: address.startIndex)?.upperBound }
        guard let end = ends.min() else { return "" }
        let rest = address[end...]
        let section = rest.prefix(4).firstIndex(of: "段").map { rest.index(after: $0) } ?? end
        return String(address[..<section])
    }

    /// 陳 of 陳大文; nothing of a name in Latin letters, of which one letter says little and a word all.
    private static func initial(_ name: String) -> String {
        guard let first = name.unicodeScalars.first, ChineseText.isHan(first) else { return "" }
        return String(first)
    }
}

/// One pass over a text that collects personal data.
struct PersonalDataScan {
    let scalars: [Unicode.Scalar]
    /// The scalars in their narrow form, so that digits and letters of any width are read alike.
    let narrow: [Unicode.Scalar]
    /// Byte offset of each scalar, and of the end.
    let offsets: [Int]
    var found: [PersonalDataMasker.Span] = []

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        narrow = scalars.map(Self.narrow)
        var offsets: [Int] = []
        offsets.reserveCapacity(scalars.count + 1)
        var offset = 0
        for scalar in scalars {
            offsets.append(offset)
            offset += String(scalar).utf8.count
        }
        offsets.append(offset)
        self.offsets = offsets
    }

    /// The spans of the text.
    mutating func spans() -> [PersonalDataMasker.Span] {
        var index = 0
        while index < scalars.count {
            if let (kind, end) = hit(at: index) {
                found.append(.init(kind: kind, range: offsets[index]..<offsets[end]))
                index = max(end, index + 1)
            } else if let (start, end) = address(at: index) {
                found.append(.init(kind: .address, range: offsets[start]..<offsets[end]))
                index = max(end, index + 1)
            } else {
                index += 1
            }
        }
        let names = NameScan(self).spans()
        let free = names.filter { name in !found.contains { $0.range.overlaps(name.range) } }
        return (found + free).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func hit(at index: Int) -> (PersonalDataMasker.Kind, Int)? {
        let scalar = narrow[index]
        if isLetter(scalar), !isWord(before: index) {
            if let end = identity(at: index) { return end }
            if let end = plate(at: index) { return (.licencePlate, end) }
            if let end = email(at: index) { return (.email, end) }
        }
        if isDigit(scalar) || scalar == "(" || scalar == "+" {
            guard !isWord(before: index) else { return nil }
            if let end = account(at: index) { return (.bankAccount, end) }
            if let end = mobile(at: index) { return (.mobile, end) }
            if let end = phone(at: index) { return (.phone, end) }
            if let end = plate(at: index) { return (.licencePlate, end) }
            if let end = email(at: index) { return (.email, end) }
        }
        return nil
    }

    // MARK: Scalars

    static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000: " "
        case 0x2010...0x2015, 0x2212: "-"
        default: scalar
        }
    }

    func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    func isLetter(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) || ("a"..."z").contains(scalar) }

    func scalar(_ index: Int) -> Unicode.Scalar? { narrow.indices.contains(index) ? narrow[index] : nil }

    /// True when a letter, digit or hyphen stands before, so that a number here is part of a longer one.
    func isWord(before index: Int) -> Bool {
        guard let scalar = scalar(index - 1) else { return false }
        return isLetter(scalar) || isDigit(scalar) || scalar == "-"
            || scalar == "." && scalar != narrow[index] && isDigit(narrow[index])
            || scalar == "/"
    }

    func isWord(at index: Int) -> Bool {
        guard let scalar = scalar(index) else { return false }
        return isLetter(scalar) || isDigit(scalar)
            || scalar == "-" && self.scalar(index + 1).map { isDigit($0) || isLetter($0) } ?? false
    }

    func digits(at index: Int, atMost most: Int = 30) -> Int {
        var count = 0
        while count < most, let scalar = scalar(index + count), isDigit(scalar) { count += 1 }
        return count
    }

    func letters(at index: Int, atMost most: Int = 8) -> Int {
        var count = 0
        while count < most, let scalar = scalar(index + count), isLetter(scalar) { count += 1 }
        return count
    }

    func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(narrow[max(0, range.lowerBound)..<min(narrow.count, max(range.upperBound, 0))]))
    }

    /// True when one of `words` stands in the `reach` scalars before `index`, no sentence ending between.
    func isLabelled(_ index: Int, _ words: [String], reach: Int = 14) -> Bool {
        var before = text(index - reach..<index).lowercased()
        if let stop = before.lastIndex(where: { "。；;\n".contains($0) }) {
            before = String(before[before.index(after: stop)...])
        }
        return words.contains { before.contains($0) }
    }
}
