public import DocketCore

/// Lengths and forms of the fields of a catalogue entry that are written as text (DOMAIN.md sections 3.2 and 3.3).
public struct RecordForm: Sendable, Equatable {
    /// True where lengths are characters, else words.
    public let isChinese: Bool

    /// The form in Chinese or English.
    public init(isChinese: Bool) { self.isChinese = isChinese }

    /// Longest subject.
    public var subjectLength: Int { isChinese ? 100 : 40 }
    /// Shortest and longest abstract; a short file may have less.
    public var abstractLength: ClosedRange<Int> { isChinese ? 80...300 : 40...150 }
    /// Longest title of a topic or a paper.
    public var titleLength: Int { isChinese ? 40 : 16 }

    /// Label of the subject.
    public var subjectLabel: String { isChinese ? "案由" : "Subject" }
    /// Label of the abstract.
    public var abstractLabel: String { isChinese ? "案情摘要" : "Abstract" }

    /// What stands for the subject of a paper of any secrecy level.
    public var secretSubject: String { isChinese ? "密不錄由" : "Confidential: subject not recorded" }

    /// Why a paper of any secrecy level has no abstract.
    public static let secretAbstract = LocalizedText(
        zhHant: "密件不得摘錄內容；請由承辦人以不涉機密之文字著錄",
        en: "the words of a classified paper are not copied; the officer describes it without secrets")

    /// True for a paper whose matter must not stand in a catalogue.
    public static func isSecret(_ classification: Classification) -> Bool { classification > .internal }

    /// A subject within its length: whole clauses of `text` without closing phrase and marks; nil when none fits.
    func subject(_ text: String) -> String? { fitting(TitleMaker.withoutClosing(text), subjectLength) }

    /// A title within its length; nil when not even one clause fits.
    func title(_ text: String) -> String? { fitting(text, titleLength) }

    private func fitting(_ text: String, _ length: Int) -> String? {
        var kept = ""
        for clause in isChinese ? Clauses.chinese(text) : [Clause(range: 0..<0, text: text, endsSentence: true)] {
            let longer = kept + clause.text
            guard Talk.length(of: Self.bare(longer), isChinese: isChinese) <= length else { break }
            kept = longer
        }
        let phrase = Self.bare(kept)
        return Terms.contentCount(phrase) > 1 ? phrase : nil
    }

    private static func bare(_ text: String) -> String {
        var text = text
        while let last = text.last, "。，、；：！,;:. ".contains(last) { text.removeLast() }
        return text
    }
}

/// Data that tell who somebody is and that no abstract may carry: identity numbers, telephone numbers, addresses.
enum PersonalData {
    /// True when `text` has any.
    static func isIn(_ text: String) -> Bool {
        let characters = Array(text)
        return characters.indices.contains { index in
            isIdentityNumber(characters[index...]) || isTelephone(characters, at: index)
                || isAddress(characters, at: index)
        }
    }

    /// A123456789: a letter, 1, 2, 8 or 9 and eight digits.
    private static func isIdentityNumber(_ rest: ArraySlice<Character>) -> Bool {
        let word = rest.prefix(11)
        guard word.count >= 10, let letter = word.first, letter.isASCII, letter.isLetter else { return false }
        let digits = word.dropFirst().prefix(9)
        guard digits.allSatisfy(\.isDigit), let sex = digits.first, "1289".contains(sex) else { return false }
        return !(word.dropFirst(10).first?.isDigit ?? false)
    }

    /// 0912-345-678, (02)2720-8889: nine or ten digits that begin with 0.
    private static func isTelephone(_ characters: [Character], at index: Int) -> Bool {
        guard characters[index] == "0",
            index == 0 || !(characters[index - 1].isDigit || "./-".contains(characters[index - 1]))
        else { return false }
        var digits = 0
        for character in characters[index...].prefix(14) {
            if character.isDigit { digits += 1 } else if !"-()（） 　".contains(character) { break }
        }
        return (9...10).contains(digits)
    }

    /// 中正路12號3樓: a road with a house number and a floor or a flat.
    private static func isAddress(_ characters: [Character], at index: Int) -> Bool {
        guard "路街巷弄段".contains(characters[index]) else { return false }
        let rest = characters[(index + 1)...].prefix(10)
        guard let first = rest.first, first.isDigit, let number = rest.firstIndex(of: "號") else { return false }
        return characters[number...].dropFirst().prefix(6).contains { "樓室".contains($0) }
            || characters[number...].dropFirst().first == "之"
    }
}
