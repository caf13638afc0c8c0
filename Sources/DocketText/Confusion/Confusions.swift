/// Chinese characters that people write one for the other: of the same or nearly the same sound, of like shape, or variants.
///
/// Characters are those of Big5; sounds and shapes are from Unihan. Characters that fold to the same one (`Folding`) are not
/// confused: for a search they are one. The tables are read on first use, some milliseconds.
public struct Confusions: Sendable {
    /// The tables of the process.
    public static let shared = Confusions()

    /// Most characters that are given for one.
    public static let most = 64

    /// A character that another one may have been meant for.
    public struct Confusion: Sendable, Hashable {
        /// The character, in Traditional script.
        public var character: Unicode.Scalar
        /// What it folds to.
        public var folded: Unicode.Scalar
        /// What the two have in common; where it is several things, the one that tells most.
        public var kind: Kind
        /// How easily they are confused, 1...6, larger for more.
        public var strength: Int
    }

    /// What two characters have in common.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The syllable, whatever its tone, or one that is heard as the same by many.
        case sound
        /// The shape.
        case look
        /// The meaning: one is written for the other.
        case variant
    }

    /// A reading: a syllable and its tone.
    private struct Reading: Hashable {
        var syllable: UInt16
        var tone: UInt8
    }

    private var readings: [UInt32: [Reading]] = [:]
    /// Characters of one reading: those in daily use, most common first, and the rest.
    private struct Sound {
        var tone: UInt8
        var common: ArraySlice<UInt32>
        var rare: ArraySlice<UInt32>
    }

    /// Characters of a syllable by tone.
    private var sounds: [[Sound]] = []
    /// Syllables that are heard as each syllable, itself left out.
    private var near: [[UInt16]] = []
    private var looks: [UInt32: [UInt32]] = [:]
    private var variants: [UInt32: [UInt32]] = [:]

    private init() {
        var numbers: [String: UInt16] = [:]
        for word in FoldingTable.words(ConfusionData.sounds) {
            guard let digit = word.firstIndex(where: { (0x31...0x35).contains($0) }) else { continue }
            let letters = String(decoding: word[..<digit].map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
            let tone = UInt8(word[digit] - 0x30)
            let characters = word[(digit + 1)...].split(separator: 0x7C, omittingEmptySubsequences: false)
            let number = numbers[letters] ?? UInt16(sounds.count)
            if Int(number) == sounds.count {
                numbers[letters] = number
                sounds.append([])
            }
            sounds[Int(number)].append(
                Sound(tone: tone, common: characters.first ?? [], rare: characters.dropFirst().first ?? []))
            for character in characters.joined() {
                readings[character, default: []].append(Reading(syllable: number, tone: tone))
            }
        }
        near = Array(repeating: [], count: sounds.count)
        for (letters, number) in numbers {
            near[Int(number)] = Syllable.heard(as: letters).compactMap { numbers[$0] }.sorted()
        }
        looks = Self.pairs(ConfusionData.looks)
        variants = Self.pairs(ConfusionData.variants)
    }

    private static func pairs(_ table: StaticString) -> [UInt32: [UInt32]] {
        var pairs: [UInt32: [UInt32]] = [:]
        for word in FoldingTable.words(table) {
            guard let first = word.first else { continue }
            for other in word.dropFirst() {
                pairs[first, default: []].append(other)
                pairs[other, default: []].append(first)
            }
        }
        return pairs
    }

    /// Characters that `character` may have been written for, most easily confused first, at most `most`.
    ///
    /// Simplified characters are looked up by their usual Traditional form. One of each folded character is given.
    public func confused(with character: Unicode.Scalar) -> [Confusion] {
        let folding = FoldingTable.shared
        let code =
            readings[character.value] == nil
            ? ConversionTable.shared.characters[character.value] ?? character.value : character.value
        let own = folding.single(code)
        var found: [UInt32: (code: UInt32, kind: Kind, strength: Int, order: Int)] = [:]
        func add(_ other: UInt32, _ kind: Kind, _ strength: Int) {
            let key = folding.single(other)
            guard key != own else { return }
            if let held = found[key] {
                // Alike in sound and in shape: more easily confused than by either.
                let isOther = held.kind != kind
                found[key]?.strength = max(held.strength, strength) + (isOther && held.strength < 6 ? 1 : 0)
                if strength > held.strength { found[key]?.kind = kind }
            } else {
                found[key] = (other, kind, strength, found.count)
            }
        }
        for other in looks[code] ?? [] { add(other, .look, 4) }
        for other in variants[code] ?? [] { add(other, .variant, 3) }
        for reading in readings[code] ?? [] {
            for group in sounds[Int(reading.syllable)] {
                // Who types by sound picks a wrong character of the right tone far more often than a wrong tone.
                let isSame = group.tone == reading.tone
                for other in group.common { add(other, .sound, isSame ? 4 : 2) }
                for other in group.rare { add(other, .sound, isSame ? 2 : 1) }
            }
            for group in near[Int(reading.syllable)].flatMap({ sounds[Int($0)] }) {
                for other in group.common.prefix(16) { add(other, .sound, group.tone == reading.tone ? 3 : 1) }
            }
        }
        let best = found.sorted { ($1.value.strength, $0.value.order) < ($0.value.strength, $1.value.order) }
        return best.prefix(Self.most).compactMap { folded, held in
            guard let character = Unicode.Scalar(held.code), let folded = Unicode.Scalar(folded) else { return nil }
            return Confusion(
                character: character, folded: folded, kind: held.kind, strength: min(6, held.strength))
        }
    }
}

/// Syllables of Mandarin in Pinyin, "v" for ü.
private enum Syllable {
    private static let initials = [
        "zh": ["z"], "z": ["zh"], "ch": ["c"], "c": ["ch"], "sh": ["s"], "s": ["sh"], "n": ["l"], "l": ["n", "r"],
        "r": ["l"],
    ]
    private static let finals = [
        "in": "ing", "ing": "in", "en": "eng", "eng": "en", "an": "ang", "ang": "an", "uan": "uang", "uang": "uan",
    ]
    /// Finals behind f and what they are behind h.
    private static let labials = [
        ("a", "ua"), ("an", "uan"), ("ang", "uang"), ("ei", "ui"), ("en", "un"), ("eng", "ong"), ("u", "u"),
        ("o", "uo"),
    ]

    /// Other syllables that many in Taiwan say or hear like `letters`; some are none.
    static func heard(as letters: String) -> [String] {
        let cut = letters.firstIndex { "aeiouv".contains($0) } ?? letters.endIndex
        let (initial, final) = (String(letters[..<cut]), String(letters[cut...]))
        var heads = [initial] + (initials[initial] ?? [])
        // In "yin" and "wen" the first letter stands for the medial: only the end is mixed.
        if initial == "y" || initial == "w" { heads = [initial] }
        let tails = [final] + (finals[final].map { [$0] } ?? [])
        var found = heads.flatMap { head in tails.map { head + $0 } }.filter { $0 != letters }
        for (f, h) in labials {
            if initial == "f", final == f { found.append("h" + h) }
            if initial == "h", final == h { found.append("f" + f) }
        }
        return found
    }
}

extension FoldingTable {
    /// The folded code point, the code point itself where it folds to none or several.
    func single(_ code: UInt32) -> UInt32 {
        guard code < 0x10000 else { return supplementary[code] ?? code }
        let folded = basic[Int(code)]
        guard folded == Self.expanded else { return folded == Self.dropped ? code : UInt32(folded) }
        let several = String(decoding: expansions[code] ?? [], as: UTF8.self).unicodeScalars
        return several.count == 1 ? several.first?.value ?? code : code
    }
}
