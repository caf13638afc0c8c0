/// Writing system of a text.
public enum Script: String, Sendable, Hashable, CaseIterable {
    /// Chinese in Traditional characters.
    case traditional
    /// Chinese in Simplified characters.
    case simplified
    /// Chinese with a good part of both.
    case mixed
    /// Latin letters.
    case latin
    /// Japanese, other alphabets, or no letters at all.
    case other
}

/// Counts of the characters that tell the scripts apart, and what follows from them.
public struct ScriptProfile: Sendable, Equatable {
    /// Writing system of the greater part.
    public let script: Script
    /// Characters that only Traditional script writes so.
    public let traditionalCount: Int
    /// Characters that only Simplified script writes so.
    public let simplifiedCount: Int
    /// All ideographs.
    public let hanCount: Int
    /// Latin letters.
    public let latinCount: Int
    /// Kana.
    public let kanaCount: Int
    /// True when a Chinese text holds characters of the other script: more than one in a hundred that tell, and at least two.
    public let mixedAlarm: Bool

    /// Counts the characters of `text`, in linear time.
    public init(of text: String) {
        var counts = (traditional: 0, simplified: 0, han: 0, latin: 0, kana: 0, letters: 0)
        let table = ScriptTable.shared
        UTF8Bytes.with(text) { bytes in
            var index = 0
            while index < bytes.count {
                let (code, width) = UTF8Bytes.decode(bytes, index)
                index += width
                switch code {
                case ..<0x80: if (0x61...0x7A).contains(code | 0x20) { counts.latin += 1 }
                case 0xC0...0x24F, 0x1E00...0x1EFF: counts.latin += 1
                case 0x3040...0x30FF: counts.kana += 1
                default:
                    guard UTF8Bytes.isHan(code) else {
                        if SearchAlphabet.classify(code) == .letter { counts.letters += 1 }
                        continue
                    }
                    counts.han += 1
                    switch table.kind(code) {
                    case .traditional: counts.traditional += 1
                    case .simplified: counts.simplified += 1
                    case .common: break
                    }
                }
            }
        }
        (traditionalCount, simplifiedCount) = (counts.traditional, counts.simplified)
        (hanCount, latinCount, kanaCount) = (counts.han, counts.latin, counts.kana)
        let (minority, telling) = (min(traditionalCount, simplifiedCount), traditionalCount + simplifiedCount)
        mixedAlarm = minority >= 2 && minority * 100 > telling
        // A word of Chinese says about as much as two ideographs or five letters.
        if kanaCount * 5 > hanCount + kanaCount {
            script = .other
        } else if hanCount > 0, hanCount * 5 >= latinCount * 2 || latinCount == 0 {
            let isMixed = minority >= 2 && minority * 4 > telling
            script = isMixed ? .mixed : simplifiedCount > traditionalCount ? .simplified : .traditional
        } else {
            script = latinCount > counts.letters ? .latin : .other
        }
    }

    /// BCP 47 tag of the main language as far as the script tells: "zh-Hant", "zh-Hans", "en" for Latin letters, "ja", else "und".
    public static func languageTag(of text: String) -> String {
        let profile = ScriptProfile(of: text)
        switch profile.script {
        case .traditional: return "zh-Hant"
        case .simplified: return "zh-Hans"
        case .mixed: return profile.simplifiedCount > profile.traditionalCount ? "zh-Hans" : "zh-Hant"
        case .latin: return "en"
        case .other: return profile.kanaCount > 0 ? "ja" : "und"
        }
    }
}

/// Which script a character belongs to, where only one writes it.
struct ScriptTable: Sendable {
    static let shared = ScriptTable()

    enum Kind: UInt8 { case common, traditional, simplified }

    private let kinds: [UInt8]

    private init() {
        var kinds = [UInt8](repeating: 0, count: 0x10000)
        for code in FoldingTable.words(FoldingData.traditionalOnly).joined() {
            kinds[Int(code)] = Kind.traditional.rawValue
        }
        for code in FoldingTable.words(FoldingData.simplifiedOnly).joined() {
            kinds[Int(code)] = Kind.simplified.rawValue
        }
        self.kinds = kinds
    }

    func kind(_ code: UInt32) -> Kind {
        code < 0x10000 ? Kind(rawValue: kinds[Int(code)]) ?? .common : .common
    }
}
