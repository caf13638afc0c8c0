/// Words of speech that carry nothing, and how they leave a clause.
enum SpokenChinese {
    /// The clause without hesitations, discourse openers and doubled words.
    ///
    /// Modal words (可能, 應該, 會), negations,
    /// names and figures stay.
    static func withoutFillers(_ clause: String) -> String {
        var rest = withoutWords(Array(clause))
        rest = withoutOpeners(rest)
        rest = withoutDoubles(rest)
        rest = withoutClosers(rest)
        return String(rest)
    }

    /// The clause without hesitations alone.
    static func withoutWords(_ clause: String) -> String { String(withoutWords(Array(clause))) }

    /// Hesitations, wherever they stand.
    private static func withoutWords(_ text: [Character]) -> [Character] {
        var kept: [Character] = []
        var index = 0
        while index < text.count {
            if let length = match(anywhere, text, index) {
                index += length
            } else {
                kept.append(text[index])
                index += 1
            }
        }
        return kept
    }

    /// Discourse openers at the start, again and again: 那麼然後就是說….
    private static func withoutOpeners(_ text: [Character]) -> [Character] {
        var start = 0
        while start < text.count, let length = opener(text, start), start + length < text.count {
            start += length
            while start < text.count, "，,、 ".contains(text[start]) { start += 1 }
        }
        return Array(text[min(start, text.count)...])
    }

    /// Length of the discourse opener at `index`.
    ///
    /// Single characters are openers only where they cannot begin a word:
    /// 好，… but 好幾處; 那請… but 那一處; 就請… but 就業.
    private static func opener(_ text: [Character], _ index: Int) -> Int? {
        if let length = match(openers, text, index) { return length }
        guard index + 1 < text.count else { return nil }
        let next = text[index + 1]
        switch text[index] {
        case "好", "對", "对", "是", "嘿": return isMark(next) || next == "好" || next == "對" ? 1 : nil
        case "那": return isDemonstrated(next) ? nil : 1
        case "就": return "業业學学醫医診诊任地讀读職职近算此每各本該其".contains(next) ? nil : 1
        default: return nil
        }
    }

    /// True for a character that makes 那 before it point at something: 那一處, 那邊, 那時候.
    static func isDemonstrated(_ next: Character) -> Bool { "一個个裡里邊边些種种兩两幾几天年次份張张部家位時时樣样".contains(next) }

    /// 我們我們, 這個這個, 請請: one of two equal neighbours of one to four characters; reduplicated words
    /// (謝謝, 看看, 常常) and figures stay.
    static func withoutDoubles(_ text: [Character]) -> [Character] {
        var kept: [Character] = []
        for character in text {
            kept.append(character)
            for length in [4, 3, 2] where kept.count >= 2 * length {
                let second = kept[(kept.count - length)...]
                let first = kept[(kept.count - 2 * length)..<(kept.count - length)]
                if first.elementsEqual(second), second.allSatisfy(isPlainHan), !isReduplication(Array(second)) {
                    kept.removeLast(length)
                    break
                }
            }
            if kept.count >= 2, let last = kept.last, last == kept[kept.count - 2], stutters.contains(last) {
                kept.removeLast()
            }
        }
        return kept
    }

    private static func isPlainHan(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        return scalar.isHan && !"一二三四五六七八九十百千萬億零兩０".contains(character)
    }

    /// AABB and ABAB words of two characters that are said twice on purpose: 研究研究, 討論討論.
    private static func isReduplication(_ word: [Character]) -> Bool {
        word.count == 2 && ["研究", "討論", "考慮", "了解", "加油", "辛苦"].contains(String(word))
    }

    /// The clause without particles (啦, 喔, 吧) before its closing mark.
    private static func withoutClosers(_ text: [Character]) -> [Character] {
        var end = text.count
        while end > 0, isMark(text[end - 1]) { end -= 1 }
        var kept = end
        while kept > 1 {
            if kept > 3, String(text[(kept - 2)..<kept]) == "的話" {
                break
            } else if particles.contains(text[kept - 1]), !(text[kept - 1] == "吧" && text[kept - 2] == "酒") {
                kept -= 1
            } else {
                break
            }
        }
        return Array(text[..<kept]) + Array(text[end...])
    }

    static func isMark(_ character: Character) -> Bool { "，。！？；：、,.!?;:…".contains(character) }

    /// Length of the longest phrase of `table` at `index`.
    private static func match(_ table: PhraseTable, _ text: [Character], _ index: Int) -> Int? {
        table.longestMatch(in: text, at: index)
    }

    private static let particles: Set<Character> = ["啊", "呀", "啦", "喔", "哦", "嘛", "耶", "囉", "吧", "呢", "欸", "唷"]
    private static let stutters: Set<Character> = [
        "我", "你", "他", "這", "那", "請", "就", "是", "在", "的", "有", "不", "要", "它", "这",
    ]

    private static let anywhere = PhraseTable([
        "嗯", "呃", "欸", "啊", "喔", "哦", "呀", "唉", "哎", "蛤", "就是說", "就是说", "這樣子", "这样子", "你知道", "大家知道",
        "怎麼講", "怎么讲", "怎麼說呢", "怎么说呢", "對對", "对对", "對不對", "对不对", "對吧", "对吧",
    ])

    private static let openers = PhraseTable([
        "那麼", "那么", "然後", "然后", "所以說", "所以说", "所以", "那個", "那个", "這個這個", "其實", "其实", "就是", "反正",
        "我覺得", "我觉得", "我想", "我認為", "我认为", "比如說", "比如说", "當然", "当然", "首先", "老實說", "老实说",
        "基本上", "總之", "总之", "而且", "因為", "因为", "但是",
    ])
}

/// A list of phrases matched longest first at a place.
struct PhraseTable: Sendable {
    private let phrases: [Character: [[Character]]]

    init(_ list: [String]) {
        var table: [Character: [[Character]]] = [:]
        for phrase in list.map(Array.init) {
            if let first = phrase.first { table[first, default: []].append(phrase) }
        }
        phrases = table.mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// Number of characters of the longest phrase that stands at `index`.
    func longestMatch(in text: [Character], at index: Int) -> Int? {
        for phrase in phrases[text[index]] ?? []
        where index + phrase.count <= text.count && text[index..<(index + phrase.count)].elementsEqual(phrase) {
            return phrase.count
        }
        return nil
    }
}
