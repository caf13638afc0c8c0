/// Phrases that a text is about, found in the text itself without vocabulary or training.
public struct KeyphraseFinder: Sendable {
    /// A finder; it has no settings and always answers the same to the same texts.
    public init() {}

    /// A text with its weight: a title counts more than an abstract.
    public struct Field: Sendable {
        /// The text.
        public var text: String
        /// Weight of one occurrence in it, above 0.
        public var weight: Double

        /// A text that counts `weight`.
        public init(_ text: String, weight: Double = 1) {
            self.text = text
            self.weight = weight
        }
    }

    /// The best phrases of `fields`, best first, at most `limit`; as written, Chinese or Latin as the texts are.
    public func phrases(in fields: [Field], limit: Int) -> [String] {
        var candidates = ChinesePhrases().candidates(fields) + LatinPhrases().candidates(fields)
        candidates.sort { $0.score == $1.score ? $0.order < $1.order : $0.score > $1.score }
        var chosen: [String] = []
        for candidate in candidates where chosen.count < limit {
            let overlaps = chosen.contains { $0.contains(candidate.text) || candidate.text.contains($0) }
            if !overlaps { chosen.append(candidate.text) }
        }
        return chosen
    }

    /// A phrase with its score; `order` is its first place, to settle equal scores.
    struct Candidate {
        var text: String
        var score: Double
        var order: Int
    }
}

/// Character strings between function words, counted with all their substrings of two to ten characters.
struct ChinesePhrases {
    private struct Count {
        var weight = 0.0
        var occurrences = 0
        var atStart = 0.0
        var atEnd = 0.0
        var left = Set<UInt32>()
        var right = Set<UInt32>()
        var order = 0
        /// Weight of the strings that are one character longer, and their number.
        var extended = 0.0
        var extensions = 0
    }

    private static let longest = 10

    func candidates(_ fields: [KeyphraseFinder.Field]) -> [KeyphraseFinder.Candidate] {
        var counts: [[UInt32]: Count] = [:]
        for field in fields { count(field, into: &counts) }
        addExtensions(&counts)
        return counts.compactMap { string, count in
            guard let score = score(string, count) else { return nil }
            let text = String(String.UnicodeScalarView(string.compactMap(Unicode.Scalar.init)))
            return KeyphraseFinder.Candidate(text: text, score: score, order: count.order)
        }
    }

    private func count(_ field: KeyphraseFinder.Field, into counts: inout [[UInt32]: Count]) {
        for run in Self.runs(field.text) {
            for start in run.indices {
                for length in 2...Self.longest where start + length <= run.count {
                    let end = start + length
                    let order = counts.count
                    let isStart = start == 0
                    let isEnd = end == run.count
                    update(&counts[Array(run[start..<end]), default: Count(order: order)]) { one in
                        one.weight += field.weight
                        one.occurrences += 1
                        if isStart { one.atStart += field.weight } else { one.left.insert(run[start - 1]) }
                        if isEnd { one.atEnd += field.weight } else { one.right.insert(run[end]) }
                    }
                }
            }
        }
    }

    private func update(_ count: inout Count, _ body: (inout Count) -> Void) { body(&count) }

    private func addExtensions(_ counts: inout [[UInt32]: Count]) {
        let longer = counts.filter { $0.key.count > 2 }
        for (string, count) in longer {
            for part in [Array(string.dropFirst()), Array(string.dropLast())] {
                counts[part]?.extended += count.weight
                counts[part]?.extensions += 1
            }
        }
    }

    /// Frequency outside longer phrases (the C-value of Frantzi, Ananiadou and Mima 2000) times how freely it stands,
    /// which tells words from pieces of words; nil for pieces.
    private func score(_ string: [UInt32], _ count: Count) -> Double? {
        let freeLeft = count.atStart / count.weight + Double(count.left.count) / Double(count.occurrences)
        let freeRight = count.atEnd / count.weight + Double(count.right.count) / Double(count.occurrences)
        let free = min(1, freeLeft) * min(1, freeRight)
        let isWholeRun = count.atStart > 0 && count.atEnd > 0
        guard count.occurrences > 1 ? free > 0.3 : isWholeRun && string.count <= 8 else { return nil }
        let outside = count.weight - count.extended / Double(max(2, count.extensions))
        let lengthFactor = [0, 0, 1.0, 1.35, 1.8, 1.75, 1.7, 1.5, 1.3, 1.1, 1.0][min(string.count, 10)]
        return max(0.1, outside) * lengthFactor * free
    }

    /// Runs of Han characters between other characters and function words.
    static func runs(_ text: String) -> [[UInt32]] {
        var runs: [[UInt32]] = []
        var open: [UInt32] = []
        let scalars = text.unicodeScalars.map(\.value)
        var index = 0
        func close() {
            if open.count >= 2 { runs.append(open) }
            open = []
        }
        while index < scalars.count {
            if let length = breakLength(scalars, index) {
                close()
                index += length
            } else {
                if Unicode.Scalar(scalars[index])?.isHan == true { open.append(scalars[index]) } else { close() }
                index += 1
            }
        }
        close()
        return runs
    }

    private static func breakLength(_ scalars: [UInt32], _ index: Int) -> Int? {
        if index + 1 < scalars.count, breakWords.contains(UInt64(scalars[index]) << 32 | UInt64(scalars[index + 1])) {
            return 2
        }
        return breakScalars.contains(scalars[index]) ? 1 : nil
    }

    private static let breakScalars = Set(
        """
        的了是在我你您他她它們们這这那就也都很和與与及或而但還还又不個个啊呢嗎吗被把讓让將将從从於于以等其該该並并且則则者所之為为由對对使某各每本\
        嗯呃喔哦欸啦吧嘛
        """.unicodeScalars.map(\.value))

    private static let breakWords = Set(
        """
        研究 分析 提出 進行 进行 基於 基于 採用 采用 通過 通过 結果 结果 表明 本文 方法 目的 結論 结论 探討 探讨 影響 影响 應用 应用 作用 關係 关系
        及其 一種 一种 一個 一个 具有 存在 利用 實現 实现 建立 不同 主要 重要 相關 相关 可以 能夠 能够 透過 根據 根据 針對 针对 隨著 随着 以及 由於 由于
        因此 我們 我们 他們 他们 這個 这个 那個 那个 什麼 什么 自己 沒有 没有 就是 時候 时候 問題 问题 情況 情况 現在 现在 覺得 觉得 如果 因為 因为 所以
        然後 然后 這樣 这样 其實 其实 可能 應該 应该 需要 非常 大家 知道 東西 东西 一下 一些 有效 明顯 明显 顯著 显著 提高 增加 降低 減少 减少 改善 觀察 观察
        比較 比较 探索 思考 淺析 浅析 淺談 浅谈 綜述 综述 進展 进展 分別 分别 認為 认为 指出 說明 说明 介紹 介绍 討論 讨论 總結 总结 顯示 显示 有關 有关
        """.split(whereSeparator: \.isWhitespace).map { word in
            word.unicodeScalars.reduce(UInt64(0)) { $0 << 32 | UInt64($1.value) }
        })
}

/// Runs of Latin content words (after Rose and others 2010, "Automatic keyword extraction from individual documents").
struct LatinPhrases {
    func candidates(_ fields: [KeyphraseFinder.Field]) -> [KeyphraseFinder.Candidate] {
        var found: [String: KeyphraseFinder.Candidate] = [:]
        for field in fields {
            for phrase in Self.phrases(field.text) {
                let words = phrase.split(separator: " ").count
                let gain = field.weight * (1 + 0.5 * Double(min(words, 3) - 1))
                // Latin phrases come after Chinese ones of the same score.
                let order = found.count + 1_000_000
                found[phrase.lowercased(), default: .init(text: phrase, score: 0, order: order)].score += gain
            }
        }
        return Array(found.values)
    }

    static func phrases(_ text: String) -> [String] {
        var found: [String] = []
        var open: [Substring] = []
        func close() {
            if !open.isEmpty, open.count <= 4, open.joined().utf8.count > 2 {
                found.append(open.joined(separator: " "))
            }
            open = []
        }
        for piece in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == " " || $0 == "\n" }) {
            for word in piece.split(omittingEmptySubsequences: false, whereSeparator: { !isWordPart($0) }) {
                let isContent = word.contains(where: \.isLetter) && !EnglishWords.isEmpty(word.lowercased())
                if isContent { open.append(word) } else { close() }
            }
        }
        close()
        return found
    }

    private static func isWordPart(_ character: Character) -> Bool {
        character == "-" || character.isASCII && (character.isLetter || character.isNumber)
    }
}
