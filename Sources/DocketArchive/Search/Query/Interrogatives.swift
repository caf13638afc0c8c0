import DocketText

/// What makes a text a question, and what of a question says nothing of its subject.
enum Interrogatives {
    /// True for a text that people ask and do not look for word by word.
    static func isQuestion(_ text: String) -> Bool {
        let folded = Folding.key(text)
        let count = folded.unicodeScalars.count
        guard count >= 5 else { return false }
        if let last = text.unicodeScalars.last, "?？嗎呢".unicodeScalars.contains(last) { return true }
        if chinese.contains(where: folded.contains) { return true }
        let words = folded.split(separator: " ")
        if words.count >= 3, let first = words.first, english.contains(String(first)) { return true }
        return count > 40 && text.unicodeScalars.contains { "，。；,;、".unicodeScalars.contains($0) }
    }

    /// Folded, since queries are.
    static let chinese = [
        "什麼", "甚麼", "誰", "哪", "如何", "怎麼", "怎樣", "為何", "多少", "是否", "何時", "何地", "何人", "何者", "何種", "何處", "何年", "何月",
        "何日", "第幾", "幾年", "幾個", "幾次", "幾人", "幾月", "幾日", "幾位", "幾件",
    ].map(Folding.key)

    private static let english: Set<String> = [
        "what", "who", "whom", "whose", "when", "where", "which", "why", "how", "is", "are", "was", "were", "do",
        "does",
        "did", "can", "could", "should", "will", "has", "have",
    ]

    /// Words of a question that stand in every text: left out unless nothing else is there.
    static let stopWords: Set<String> = english.union([
        "the", "a", "an", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "from", "be", "been", "it",
        "its",
        "this", "that", "these", "those", "there", "as", "not", "about", "into", "i", "we", "you", "they", "he", "she",
        "did", "had",
        // What is left of "'s", "n't", "'re" and their like.
        "s", "t", "re", "ve", "ll", "d", "m", "don", "didn", "isn", "wasn", "won",
    ])

    /// Pairs of characters of a question that say nothing of its subject.
    static let stopPairs: Set<String> = {
        let words = [
            "什麼", "甚麼", "為什", "是什", "麼是", "有什", "誰的", "哪些", "哪個", "哪一", "哪裡", "如何", "怎麼", "怎樣", "為何", "多少", "是否",
            "何時", "何地", "何人", "何者", "何種", "何處", "是誰", "的是", "請問", "是哪", "在哪", "於何", "何年",
        ]
        return Set(words.map(Folding.key))
    }()
}
