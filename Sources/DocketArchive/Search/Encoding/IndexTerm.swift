import DocketCore
import DocketText

/// Terms of facts, beside the terms of texts: all begin with U+0001, which no text term holds.
///
/// A name is stored folded and then, behind U+0001, as written, so that a filter meets every spelling and a facet can show one.
enum IndexTerm {
    /// What a term says of a document.
    enum Family: String, CaseIterable {
        case kind = "k"
        case series = "s"
        case agency = "a"
        case status = "t"
        case sourceKind = "f"
        case classification = "c"
        case scope = "o"
        case year = "y"
        case month = "m"
        case day = "d"
        case meeting = "n"
        case item = "i"
        case speaker = "p"

        var prefix: String { "\u{1}\(rawValue)" }
    }

    /// Begins the terms of `CharacterSums`.
    static let sums = "\u{1}*"

    /// The term of a run of characters that stands behind a word, by its first character.
    static func runStart(_ character: String) -> String { "\u{2}" + character }

    /// True for terms of facts.
    static func isFact(_ term: String) -> Bool { term.utf8.first == 1 }

    /// The term of a closed list's value or of a date.
    static func exact(_ family: Family, _ value: String) -> String { family.prefix + value }

    /// The term of a name.
    static func name(_ family: Family, _ name: String) -> String {
        let name = clean(name)
        return family.prefix + Folding.key(name) + "\u{1}" + name
    }

    /// Terms of a name in any spelling: from the first, up to and without the second.
    static func spellings(_ family: Family, of name: String) -> (String, String) {
        let folded = family.prefix + Folding.key(clean(name))
        return (folded + "\u{1}", folded + "\u{2}")
    }

    /// All terms of a family.
    static func all(_ family: Family) -> (String, String) { (family.prefix, "\u{1}" + after(family.rawValue)) }

    /// Folded and written form of a name's term; both are the value itself for other families.
    static func value(_ term: String) -> (key: String, shown: String) {
        let value = term.utf8.dropFirst(2)
        guard let cut = value.firstIndex(of: 1) else { return (String(Substring(value)), String(Substring(value))) }
        return (String(Substring(value[..<cut])), String(Substring(value[value.index(after: cut)...])))
    }

    /// The first text above all texts that begin with `text`, which must end in a character below U+10FFFF.
    static func after(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.popLast() {
            let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
            if let scalar = Unicode.Scalar(next) {
                scalars.append(scalar)
                break
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// True when the postings of a term say where it stands: text as it is written, not stems, values and facts.
    static func hasPositions(_ term: some Collection<UInt8>) -> Bool {
        switch term.first {
        case 0x01, UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "~"), nil: false
        default: true
        }
    }

    private static func clean(_ name: String) -> String {
        let isClean = !name.utf8.contains { $0 < 2 }
        return isClean ? name : String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value > 1 }))
    }
}

extension IndexDocument {
    /// All terms of the document's facts.
    var factTerms: [String] {
        var terms = [
            IndexTerm.exact(.kind, kind.rawValue), IndexTerm.exact(.sourceKind, sourceKind.rawValue),
            IndexTerm.exact(.classification, classification.rawValue), IndexTerm.name(.scope, scope),
        ]
        if let series { terms.append(IndexTerm.name(.series, series)) }
        for status in Set([status].compactMap { $0 } + moreStatuses) { terms.append(IndexTerm.name(.status, status)) }
        for agency in Set(agencies) { terms.append(IndexTerm.name(.agency, agency)) }
        if let meeting = facts["meeting"], !meeting.isEmpty, meeting.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            terms.append(IndexTerm.exact(.meeting, meeting))
        }
        for item in Set(facts["tracked"]?.split(separator: " ") ?? []) {
            terms.append(IndexTerm.name(.item, String(item)))
        }
        if let speaker = facts["speaker"], !speaker.isEmpty { terms.append(IndexTerm.name(.speaker, speaker)) }
        if let day = date.flatMap({ IndexDate($0) }) { terms.append(contentsOf: day.terms) }
        return terms
    }
}
