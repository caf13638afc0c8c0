/// Terms that stand for what a text is about, packed into integers: pairs of neighbouring Han characters that carry
/// meaning, Latin words, and pairs of Latin content words.
///
/// Latin words are FNV-1a hashes with the top bit set, so that runs are equal on every machine.
enum Terms {
    /// Distinct terms of Chinese text in order of appearance.
    static func chinese(_ text: String) -> [UInt64] {
        var found: [UInt64] = []
        var seen = Set<UInt64>()
        var last: UInt32 = 0
        var word: UInt64 = 0
        var letters = 0
        func add(_ term: UInt64) { if seen.insert(term).inserted { found.append(term) } }
        func closeWord() {
            if letters > 1 { add(word | 1 << 63) }
            letters = 0
            word = fnvStart
        }
        for scalar in text.unicodeScalars {
            if scalar.isHan {
                closeWord()
                let value = emptyHan.contains(scalar.value) ? 0 : scalar.value
                if last != 0, value != 0 { add(UInt64(last) << 32 | UInt64(value)) }
                last = value
            } else {
                last = 0
                let value = scalar.value | 0x20
                if scalar.isASCII, (0x61...0x7A).contains(value) || (0x30...0x39).contains(scalar.value) {
                    word = (word ^ UInt64(value)) &* fnvPrime
                    letters += 1
                } else {
                    closeWord()
                }
            }
        }
        closeWord()
        return found
    }

    /// Distinct terms of English text in order of appearance: content words and pairs of neighbouring ones.
    static func english(_ text: String) -> [UInt64] {
        var found: [UInt64] = []
        var seen = Set<UInt64>()
        var last: UInt64 = 0
        for word in EnglishWords(text) {
            let stem = EnglishWords.stem(word)
            guard !EnglishWords.isEmpty(word) else {
                last = 0
                continue
            }
            let term = hash(stem)
            if seen.insert(term).inserted { found.append(term) }
            if last != 0 {
                let pair = (last &* 31 &+ term) &* fnvPrime | 1 << 63
                if seen.insert(pair).inserted { found.append(pair) }
            }
            last = term
        }
        return found
    }

    /// Number of Han characters and Latin words.
    static func contentCount(_ text: String) -> Int {
        var count = 0
        var inWord = false
        for scalar in text.unicodeScalars {
            if scalar.isHan {
                count += 1
                inWord = false
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                if !inWord { count += 1 }
                inWord = true
            } else {
                inWord = false
            }
        }
        return count
    }

    private static let fnvStart: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let fnvPrime: UInt64 = 0x100_0000_01B3

    private static func hash(_ word: some StringProtocol) -> UInt64 {
        var value = fnvStart
        for byte in word.utf8 { value = (value ^ UInt64(byte)) &* fnvPrime }
        return value | 1 << 63
    }

    /// Han characters that say nothing of the matter, in both scripts: pronouns, particles, verbs of talking.
    ///
    /// A pair with one of them is no term.
    private static let emptyHan = Set(
        """
        的了是在我你您他她它們们這这那就也都很有和與与及或而但還还又不要會会能可以個个啊呢嗎吗吧呀嘛哦喔欸嗯呃對对說说到去來来上下中給给\
        把被讓让跟從从所因為为如果然後后其實实什麼么怎樣样多少些一二三兩两大家覺觉得想看做著着過过時时候現现講讲
        """.unicodeScalars.map(\.value))
}

/// Words of English text: runs of letters, digits and inner apostrophes, lower case.
struct EnglishWords: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func next() -> String? {
        func isWord(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) && byte >= 0x41 || byte >= 0x80
        }
        while index < bytes.count, !isWord(bytes[index]) { index += 1 }
        guard index < bytes.count else { return nil }
        let start = index
        while index < bytes.count {
            if isWord(bytes[index]) {
                index += 1
            } else if bytes[index] == UInt8(ascii: "'"), index + 1 < bytes.count, isWord(bytes[index + 1]) {
                index += 1
            } else {
                break
            }
        }
        return String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    }

    /// The word without its commonest endings: plural, -ing, -ed, -ly, possessive.
    ///
    /// A light stemmer for counting, not
    /// for search.
    static func stem(_ word: String) -> String {
        var stem = Substring(word)
        if let mark = stem.firstIndex(of: "'") { stem = stem[..<mark] }
        let count = stem.utf8.count
        func cut(_ ending: String, leaving least: Int) -> Bool {
            guard count - ending.utf8.count >= least, stem.hasSuffix(ending) else { return false }
            stem = stem.dropLast(ending.count)
            return true
        }
        if cut("ies", leaving: 3) { return stem + "y" }
        if !stem.hasSuffix("ss"), !stem.hasSuffix("us"), cut("s", leaving: 3) { return Self.stem(String(stem)) }
        if cut("ing", leaving: 4) || cut("ed", leaving: 4) || cut("ly", leaving: 4) {
            if let last = stem.last, stem.dropLast().last == last, !"lsz".contains(last) { stem = stem.dropLast() }
        }
        if stem.utf8.count > 4, stem.hasSuffix("e") { stem = stem.dropLast() }
        return String(stem)
    }

    /// True for words that say nothing of the matter.
    static func isEmpty(_ word: String) -> Bool {
        word.utf8.count < 2 || emptyWords.contains(word) || emptyWords.contains(String(word.prefix { $0 != "'" }))
    }

    private static let emptyWords = Set(
        """
        a an the and or but if so of in on at to for with by from as is are was were be been being am do does did doing
        done have has had
        having i you he she it we they me him her us them my your his its our their mine yours this that these those
        there here
        what which who whom how when where why not no yes yes yeah yep okay ok um uh mm hmm er erm oh ah well just like
        really very
        quite pretty think thought know known mean means got get gets getting gonna wanna can could would should will
        shall may might
        must then than also too about up down out over off into all some any more most much many one two three first
        second thing
        things kind sort something anything everything anyway say says said saying go goes going went see look looks
        looking want
        wants need right now maybe actually basically because cause cuz let lets guess sure good great fine alright
        thank thanks
        people lot bit way don doesn didn isn wasn aren weren won wouldn couldn shouldn haven hasn hadn ll ve re still
        even again
        back come put make take give tell told yet only both each other another same such own s t d m
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
