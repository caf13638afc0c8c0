public import DocketCore
internal import DocketText

/// Words whose opposite changes what a claim says, in groups of poles: 提升/降低, at least/at most, 解除列管/賡續列管.
///
/// Words of one pole stand for each other; words of two poles of a group contradict. Built in are the words of
/// Taiwanese
/// administration and of English minutes; a site adds its own groups.
public struct Lexicon: Sendable {
    /// One group of words that exclude each other.
    public struct Group: Sendable {
        /// The reason that is given when a claim has one pole and its evidence another.
        public var reason: ReasonType
        /// The poles, each a list of words that mean the same side.
        public var poles: [[String]]
        /// True when a word that the evidence does not have at that place is a difference by itself (預計, 不僅).
        public var isMarker: Bool
        /// Words of the poles that never make a difference by being added (將).
        public var soft: Set<String>

        /// A group.
        public init(_ reason: ReasonType, isMarker: Bool = false, soft: Set<String> = [], poles: [[String]]) {
            self.soft = soft
            self.reason = reason
            self.isMarker = isMarker
            self.poles = poles
        }
    }

    /// A word of the lexicon in a text.
    struct Hit: Sendable, Equatable {
        /// Number of the group and of the pole in it.
        let group: Int
        let pole: Int
        /// Its tokens.
        let tokens: Range<Int>
        /// True for a word that only confirms its pole.
        let isSoft: Bool
    }

    let groups: [Group]
    private var entries: [String: [Entry]] = [:]
    private var ignored: [String: [[String]]] = [:]

    private struct Entry: Sendable {
        let keys: [String]
        let group: Int
        let pole: Int
        let isSoft: Bool
    }

    /// The built-in lexicon.
    public static let standard = Lexicon()

    /// The groups, with the words in which their words mean nothing (不動產, 未來).
    public init(groups: [Group] = Lexicon.standardGroups, ignored: [String] = Lexicon.standardIgnored) {
        self.groups = groups
        for (number, group) in groups.enumerated() {
            for (pole, words) in group.poles.enumerated() {
                for word in words { insert(word, number, pole) }
            }
        }
        for word in ignored {
            let keys = AnalysedText.keys(of: word)
            if let first = keys.first { self.ignored[first, default: []].append(keys) }
        }
        for key in entries.keys { entries[key]?.sort { $0.keys.count > $1.keys.count } }
    }

    private mutating func insert(_ word: String, _ group: Int, _ pole: Int) {
        let keys = AnalysedText.keys(of: word)
        guard let first = keys.first else { return }
        let isSoft = groups[group].soft.contains(word)
        entries[first, default: []].append(Entry(keys: keys, group: group, pole: pole, isSoft: isSoft))
    }

    /// All words of the lexicon in `tokens` at `window`: the longest of each group at each place.
    func hits(in tokens: [Token], window: Range<Int>) -> [Hit] {
        var hits: [Hit] = []
        var taken: [Int: Int] = [:]
        var ignoredUntil = window.lowerBound
        for index in window {
            // A word of a group counts inside an ignored word only when it begins with it and is no shorter.
            let length = ignoredLength(tokens, index, window.upperBound)
            let isInside = index < ignoredUntil
            ignoredUntil = max(ignoredUntil, index + length)
            guard !isInside, let candidates = entries[tokens[index].key] else { continue }
            for entry in candidates where entry.keys.count >= length && index >= taken[entry.group] ?? 0 {
                guard matches(entry.keys, tokens, index, window.upperBound) else { continue }
                let range = index..<index + entry.keys.count
                taken[entry.group] = range.upperBound
                hits.append(Hit(group: entry.group, pole: entry.pole, tokens: range, isSoft: entry.isSoft))
            }
        }
        return hits
    }

    /// Tokens of the longest ignored word at `index`; 0 when none stands there.
    private func ignoredLength(_ tokens: [Token], _ index: Int, _ limit: Int) -> Int {
        guard let words = ignored[tokens[index].key] else { return 0 }
        return words.filter { matches($0, tokens, index, limit) }.map(\.count).max() ?? 0
    }

    private func matches(_ keys: [String], _ tokens: [Token], _ index: Int, _ limit: Int) -> Bool {
        guard index + keys.count <= limit else { return false }
        for (offset, key) in keys.enumerated() where tokens[index + offset].key != key { return false }
        return true
    }
}

extension AnalysedText {
    /// The token keys of a word of the lexicon.
    static func keys(of word: String) -> [String] {
        var cutter = TokenCutter(text: word, quantities: [], dates: [], mentions: [])
        return cutter.cut().0.map(\.key)
    }
}
