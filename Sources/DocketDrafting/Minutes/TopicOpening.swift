/// The words that a topic opens with, for its title: what it is announced as, else what is first brought up.
struct TopicOpening {
    /// A title with the place it rests on.
    struct Found: Equatable {
        /// Title without closing marks.
        var text: String
        /// Bytes in the source's text.
        var range: Range<Int>
        /// Passage of `range`.
        var passage: Int
    }

    let book: SpeakerBook

    /// The announcement among the first sentences of `part` (有關…，請交通部), else the first clause of somebody beside
    /// the chair that says more than that there is something; nil for talk in other languages and when neither is there.
    func find(in part: Talk) -> Found? {
        guard part.isChinese else { return nil }
        if let announced = Self.announcement(in: part) { return announced }
        for sentence in Self.opening(of: part) where !book.voice(part.utterances[sentence.utterance].speaker).isChair {
            let words = WrittenRegister.unmarked(WrittenRegister().sentence(sentence.clauses))
            for clause in words.split(separator: "，").map(String.init) where (4...24).contains(clause.count) {
                if Self.asides.contains(where: clause.contains) { continue }
                if ["有一個", "有個", "也有", "有1個"].contains(where: clause.contains), clause.count < 12 { continue }
                return Found(text: clause, range: sentence.range, passage: sentence.passage)
            }
        }
        return nil
    }

    /// What the first sentences of `part` announce: 有關國道內側車道速限, 請交通部.
    static func announcement(in part: Talk) -> Found? {
        guard part.isChinese else { return nil }
        for sentence in opening(of: part).prefix(6) {
            for clause in sentence.clauses {
                guard let text = announced(clause) else { continue }
                return Found(text: text, range: sentence.range, passage: sentence.passage)
            }
        }
        return nil
    }

    private static func opening(of part: Talk) -> [SpokenSentence] {
        SpokenSentence.sentences(of: part).prefix(12).filter { !$0.isQuestion }
    }

    /// 接著是有關於國道內側車道速限的部分 → 國道內側車道速限; nil for a clause that announces nothing.
    static func announced(_ clause: String) -> String? {
        let bare = WrittenRegister.unmarked(SpokenChinese.withoutFillers(clause))
        guard let place = cues.lazy.compactMap({ bare.range(of: $0) }).first else { return nil }
        // 這跟預算有關於 and the like say something of their own before it.
        guard bare.distance(from: bare.startIndex, to: place.lowerBound) <= 12 else { return nil }
        var text = WrittenRegister.unmarked(WrittenRegister().sentence([String(bare[place.upperBound...])]))
        for ending in ["的部分", "的部份", "部分", "的議題", "這個議題", "這件事", "這個案子", "的事情"] where text.hasSuffix(ending) {
            text = String(text.dropLast(ending.count))
        }
        guard (4...30).contains(text.count), !asides.contains(where: text.contains) else { return nil }
        return text
    }

    private static let cues = ["有關於", "有關", "關於"]

    /// Words of talk between people, which no title has.
    private static let asides = ["各位", "大家", "你", "我", "不好意思", "抱歉", "通知", "有一點", "補充", "請主席", "報告一下", "剛剛", "剛才"]
}
