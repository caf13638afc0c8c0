/// Porter's stemmer (Porter 1980, "An algorithm for suffix stripping"), in place on bytes of small ASCII letters.
struct EnglishStemmer {
    private let word: UnsafeMutableBufferPointer<UInt8>
    /// Bytes of the word that are left.
    private(set) var count: Int
    /// Bytes before the suffix that matched last.
    private var root = 0

    init(_ word: UnsafeMutableBufferPointer<UInt8>) {
        self.word = word
        count = word.count
    }

    /// The stem of a word in small ASCII letters; nil when it is the word itself.
    static func stem(_ word: String) -> String? {
        var bytes = Array(word.utf8)
        guard bytes.count > 2, bytes.allSatisfy({ (0x61...0x7A).contains($0) }) else { return nil }
        return bytes.withUnsafeMutableBufferPointer { buffer in
            var stemmer = EnglishStemmer(buffer)
            return stemmer.run() ? String(decoding: buffer[0..<stemmer.count], as: UTF8.self) : nil
        }
    }

    /// True for a word in small ASCII letters that is its own stem.
    static func isStem(_ word: String) -> Bool {
        word.utf8.count > 2 && word.utf8.allSatisfy { (0x61...0x7A).contains($0) } && stem(word) == nil
    }

    /// Strips the suffixes; false when the word stays as it is.
    mutating func run() -> Bool {
        let before = count
        let last = word[count - 1]
        // The suffixes of the steps end in these letters only; most words are done here.
        guard Self.endings & 1 << UInt32(last & 31) != 0 else { return false }
        var isChanged = plural()
        isChanged = pastAndGerund() || isChanged
        if count > 1, word[count - 1] == y, hasVowel(count - 1) {
            word[count - 1] = i
            isChanged = true
        }
        if second() { isChanged = true }
        if third() { isChanged = true }
        if fourth() { isChanged = true }
        return fifth() || isChanged || count != before
    }

    // MARK: - Steps

    private mutating func plural() -> Bool {
        guard word[count - 1] == s else { return false }
        if ends("sses") || ends("ies") {
            count -= 2
        } else if count > 1, word[count - 2] != s {
            count -= 1
        } else {
            return false
        }
        return true
    }

    private mutating func pastAndGerund() -> Bool {
        if ends("eed") {
            guard measure(root) > 0 else { return false }
            count -= 1
            return true
        }
        guard ends("ed") || ends("ing"), hasVowel(root) else { return false }
        count = root
        if ends("at") || ends("bl") || ends("iz") {
            append(e)
        } else if isDoubled(count - 1), word[count - 1] != l, word[count - 1] != s, word[count - 1] != z {
            count -= 1
        } else if measure(count) == 1, isShort(count - 1) {
            append(e)
        }
        return true
    }

    private mutating func second() -> Bool {
        let change: Bool? =
            switch word[count - 1] {
            case l: swap("ational", "ate") ?? swap("tional", "tion")
            case r: swap("izer", "ize") ?? swap("ator", "ate")
            case n: swap("ization", "ize") ?? swap("ation", "ate")
            case m: swap("alism", "al")
            case s: swap("iveness", "ive") ?? swap("fulness", "ful") ?? swap("ousness", "ous")
            case i: secondOfI()
            default: nil
            }
        return change ?? false
    }

    private mutating func secondOfI() -> Bool? {
        swap("enci", "ence") ?? swap("anci", "ance") ?? swap("abli", "able") ?? swap("alli", "al") ?? swap(
            "entli", "ent")
            ?? swap("ousli", "ous") ?? swap("eli", "e") ?? swap("aliti", "al") ?? swap("iviti", "ive")
            ?? swap("biliti", "ble")
    }

    private mutating func third() -> Bool {
        let change: Bool? =
            switch word[count - 1] {
            case e: swap("icate", "ic") ?? swap("ative", "") ?? swap("alize", "al")
            case i: swap("iciti", "ic")
            case l: swap("ical", "ic") ?? swap("ful", "")
            case s: swap("ness", "")
            default: nil
            }
        return change ?? false
    }

    private mutating func fourth() -> Bool {
        let change: Bool? =
            switch word[count - 1] {
            case e:
                drop("ance") ?? drop("ence") ?? drop("able") ?? drop("ible") ?? drop("ate") ?? drop("ive")
                    ?? drop("ize")
            case t: drop("ement") ?? drop("ment") ?? drop("ant") ?? drop("ent")
            case m: drop("ism")
            case i: drop("iti")
            case s: drop("ous")
            case l: drop("al")
            case r: drop("er")
            case c: drop("ic")
            case u: drop("ou")
            case n: dropIon()
            default: nil
            }
        return change ?? false
    }

    private mutating func dropIon() -> Bool {
        guard ends("ion"), root > 0, word[root - 1] == s || word[root - 1] == t, measure(root) > 1 else { return false }
        count = root
        return true
    }

    /// Puts `replacement` in the place of `suffix`, after a root that is long enough; nil when the word ends otherwise.
    private mutating func swap(_ suffix: StaticString, _ replacement: StaticString, above least: Int = 0) -> Bool? {
        guard ends(suffix) else { return nil }
        guard measure(root) > least else { return false }
        count = root
        for index in 0..<replacement.utf8CodeUnitCount { append(replacement.utf8Start[index]) }
        return true
    }

    private mutating func drop(_ suffix: StaticString) -> Bool? { swap(suffix, "", above: 1) }

    private mutating func fifth() -> Bool {
        var isChanged = false
        if word[count - 1] == e {
            let length = measure(count - 1)
            if length > 1 || (length == 1 && !isShort(count - 2)) {
                count -= 1
                isChanged = true
            }
        }
        if word[count - 1] == l, isDoubled(count - 1), measure(count) > 1 {
            count -= 1
            isChanged = true
        }
        return isChanged
    }

    // MARK: - Letters

    private mutating func append(_ byte: UInt8) {
        word[count] = byte
        count += 1
    }

    /// True when the word ends in `suffix`; `root` is then what stands before it.
    private mutating func ends(_ suffix: StaticString) -> Bool {
        let length = suffix.utf8CodeUnitCount
        guard length < count, suffix.utf8Start[length - 1] == word[count - 1] else { return false }
        for index in 0..<length where word[count - length + index] != suffix.utf8Start[index] { return false }
        root = count - length
        return true
    }

    private func isConsonant(_ index: Int) -> Bool {
        switch word[index] {
        case a, e, i, o, u: false
        case y: index == 0 || !isConsonant(index - 1)
        default: true
        }
    }

    /// Number of changes from vowels to consonants in the first `length` letters.
    private func measure(_ length: Int) -> Int {
        var (changes, wasVowel, wasConsonant) = (0, false, false)
        for index in 0..<max(0, length) {
            let isVowel: Bool
            switch word[index] {
            case a, e, i, o, u: isVowel = true
            case y: isVowel = index > 0 && wasConsonant
            default: isVowel = false
            }
            if wasVowel, !isVowel { changes += 1 }
            (wasVowel, wasConsonant) = (isVowel, !isVowel)
        }
        return changes
    }

    private func hasVowel(_ length: Int) -> Bool {
        (0..<max(0, length)).contains { !isConsonant($0) }
    }

    private func isDoubled(_ index: Int) -> Bool {
        index > 0 && word[index] == word[index - 1] && isConsonant(index)
    }

    /// Consonant, vowel, consonant other than w, x, y at the end.
    private func isShort(_ index: Int) -> Bool {
        guard index > 1, isConsonant(index), !isConsonant(index - 1), isConsonant(index - 2) else { return false }
        return word[index] != UInt8(ascii: "w") && word[index] != UInt8(ascii: "x") && word[index] != y
    }

    /// Bit n is set where the nth letter ends a suffix of any step; most words are done by looking here.
    private static var endings: UInt32 { 0x21C72B8 }

    private var a: UInt8 { 0x61 }
    private var c: UInt8 { 0x63 }
    private var e: UInt8 { 0x65 }
    private var i: UInt8 { 0x69 }
    private var l: UInt8 { 0x6C }
    private var m: UInt8 { 0x6D }
    private var n: UInt8 { 0x6E }
    private var o: UInt8 { 0x6F }
    private var r: UInt8 { 0x72 }
    private var s: UInt8 { 0x73 }
    private var t: UInt8 { 0x74 }
    private var u: UInt8 { 0x75 }
    private var y: UInt8 { 0x79 }
    private var z: UInt8 { 0x7A }
}
