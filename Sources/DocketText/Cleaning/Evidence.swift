/// Questions that only the rest of the text can answer, all answered in one pass over it.
struct Evidence {
    /// For hashes of three characters across a break, the places that ask: two before and one after, one before and two after.
    private var trigrams: [UInt64: [Int]] = [:]
    /// For each place, how many of its hashes have not been found.
    private var missing: [Int: Int] = [:]
    /// For each place, the hash of the word without its hyphen.
    private var words: [UInt64: [Int]] = [:]
    /// One bit for each hash asked for, to pass most of the text by.
    private var filter = [UInt64](repeating: 0, count: 1024)

    var isEmpty: Bool { trigrams.isEmpty && words.isEmpty }

    /// Asks whether the words across the break after line `index` stand side by side elsewhere.
    mutating func askWords(across place: Int, _ table: LineTable, _ index: Int, _ next: Int) {
        let (line, following) = (table.lines[index], table.lines[next])
        let bytes = table.bytes
        let (b, bStart) = UTF8Bytes.decode(before: line.last, bytes)
        let (c, cWidth) = UTF8Bytes.decode(bytes, following.first)
        if bStart > line.first {
            let a = UTF8Bytes.decode(before: bStart, bytes).code
            if UTF8Bytes.isHan(a) { ask(Self.hash(a, b, c), place) }
        }
        if following.first + cWidth < following.last {
            let d = UTF8Bytes.decode(bytes, following.first + cWidth).code
            if UTF8Bytes.isHan(d) { ask(Self.hash(b, c, d), place) }
        }
    }

    private mutating func ask(_ hash: UInt64, _ place: Int) {
        trigrams[hash, default: []].append(place)
        missing[place, default: 0] += 1
        filter[Int(hash >> 6 & 1023)] |= 1 << (hash & 63)
    }

    /// Asks whether the word broken at a hyphen stands somewhere without it.
    mutating func askHyphen(at place: Int, _ table: LineTable, _ index: Int, _ next: Int) {
        let (line, following) = (table.lines[index], table.lines[next])
        var start = line.last - 1
        while start > line.first, Self.isLetter(table.bytes[start - 1]) { start -= 1 }
        var end = following.first
        while end < following.last, Self.isLetter(table.bytes[end]) { end += 1 }
        guard start < line.last - 1 else { return }
        var word = WordHash()
        for offset in start..<line.last - 1 { word.add(table.bytes[offset]) }
        for offset in following.first..<end { word.add(table.bytes[offset]) }
        words[word.value, default: []].append(place)
    }

    /// Places whose words are all found together, and places whose word is found without its hyphen.
    mutating func answers(in table: LineTable, content: [Int]) -> (joined: Set<Int>, unhyphened: Set<Int>) {
        var (joined, unhyphened) = (Set<Int>(), Set<Int>())
        for index in content {
            let line = table.lines[index]
            if !trigrams.isEmpty { search(table.bytes, line, &joined) }
            if !words.isEmpty { searchWords(table.bytes, line, &unhyphened) }
        }
        return (joined, unhyphened)
    }

    private mutating func search(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Line, _ found: inout Set<Int>) {
        var (a, b): (UInt32, UInt32) = (0, 0)
        var index = line.first
        while index < line.last {
            let (c, width) = UTF8Bytes.decode(bytes, index)
            index += width
            let hash = Self.hash(a, b, c)
            if filter[Int(hash >> 6 & 1023)] & (1 << (hash & 63)) != 0, let places = trigrams.removeValue(forKey: hash)
            {
                for place in places {
                    missing[place, default: 0] -= 1
                    if missing[place] == 0 { found.insert(place) }
                }
            }
            (a, b) = (b, c)
        }
    }

    private func searchWords(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Line, _ found: inout Set<Int>) {
        var word = WordHash()
        for index in line.first...line.last {
            if index < line.last, Self.isLetter(bytes[index]) {
                word.add(bytes[index])
            } else if word.count > 0 {
                if let places = words[word.value] { found.formUnion(places) }
                word = WordHash()
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 }

    private static func hash(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt64 {
        let packed = UInt64(a) << 42 ^ UInt64(b) << 21 ^ UInt64(c)
        return (packed ^ packed >> 29) &* 0x9E37_79B9_7F4A_7C15 >> 8
    }

    private struct WordHash {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        var count = 0

        mutating func add(_ byte: UInt8) {
            value = (value ^ UInt64(byte < 0x80 ? byte | 0x20 : byte)) &* 0x100_0000_01B3
            count += 1
        }
    }
}
