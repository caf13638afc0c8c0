/// What a chair ruled on each item, from an assembly's transcript.
///
/// Assemblies rule in set phrases: the committee's opinion is read and accepted (照…意見辦理), an item is referred,
/// returned, adopted, deferred or noted, or the ruling is put in quotation marks after 決議 or 決定. The item is the
/// one that the source marks, or the last line that has the form of one (…案。).
public struct RulingFinder: Sendable {
    /// A ruling with the item that it settles.
    public struct Ruling: Sendable, Equatable {
        /// The item as it was read out.
        public var item: String
        /// The ruling in the words of minutes.
        public var decision: String
        /// Position in the talk of the utterance that ruled.
        public var utterance: Int
    }

    /// A finder; it has no settings.
    public init() {}

    /// Rulings in the order of their items, one an item: the last one said.
    public func rulings(in talk: Talk) -> [Ruling] {
        var state = State()
        for (number, utterance) in talk.utterances.enumerated() {
            if utterance.mark == "item" {
                state.open(utterance.text, isMarked: true)
                continue
            }
            for line in utterance.text.split(separator: "\n") { state.read(String(line), utterance: number) }
        }
        return state.rulings
    }

    /// The item in hand while a transcript is read line by line.
    private struct State {
        var rulings: [Ruling] = []
        private var item: String?
        private var opinion: String?
        private var place: Int?

        mutating func open(_ text: String, isMarked: Bool) {
            // A numbered reason inside a report is marked like an item; the item under discussion stays open.
            let looksLikeItem = RulingFinder.isItem(text) || text.contains("宣讀")
            guard looksLikeItem || !isMarked || item == nil else { return }
            item = text
            opinion = nil
            place = nil
        }

        mutating func read(_ line: String, utterance: Int) {
            if let title = RulingFinder.itemLine(line) { open(title, isMarked: false) }
            for sentence in Clauses.chineseSentences(line) {
                if let referred = RulingFinder.opinion(sentence) { opinion = referred }
                guard let decision = RulingFinder.decision(sentence, opinion: opinion), let item else { continue }
                record(Ruling(item: item, decision: decision, utterance: utterance))
            }
        }

        private mutating func record(_ ruling: Ruling) {
            if let place {
                rulings[place] = ruling
            } else {
                place = rulings.count
                rulings.append(ruling)
            }
        }
    }

    // MARK: - Forms

    private static func isItem(_ text: String) -> Bool {
        text.hasSuffix("案。") || text.hasSuffix("案") || text.hasSuffix("議事錄。") || text.hasSuffix("）")
    }

    /// The title in a line that is numbered and ends in 案.
    private static func itemLine(_ line: String) -> String? {
        var title = Substring(line)
        let numerals = title.prefix { "一二三四五六七八九十百第案".contains($0) }
        if !numerals.isEmpty, let mark = title.dropFirst(numerals.count).first, "、：".contains(mark) {
            title = title.dropFirst(numerals.count + 1)
        } else if !title.hasPrefix("本院") && !title.hasPrefix("行政院") {
            return nil
        }
        if let note = title.range(of: "（原列") { title = title[..<note.lowerBound] }
        guard title.count >= 15, title.hasSuffix("案。") else { return nil }
        return String(title)
    }

    /// What a committee proposes: 擬請院會將本案交…審查 → 交…審查.
    private static func opinion(_ sentence: String) -> String? {
        guard let start = sentence.range(of: "擬請") else { return nil }
        var rest = sentence[start.upperBound...]
        if let matter = rest.range(of: "本案") { rest = rest[matter.upperBound...] }
        if let corrected = rest.range(of: "更正為") { rest = rest[corrected.upperBound...] }
        return closed(rest)
    }

    /// The ruling that a sentence makes, if it makes one.
    private static func decision(_ sentence: String, opinion: String?) -> String? {
        // What an earlier sitting decided is history; a change of the order of business settles no item.
        if sentence.contains("經提") || sentence.contains("變更議程") { return nil }
        if let quoted = quotedRuling(sentence) { return quoted }
        if isQuestion(sentence) { return nil }
        if sentence.contains("意見辦理") || sentence.contains("意見處理"), sentence.contains("照") { return opinion }
        if sentence.contains("無錯誤"), sentence.contains("確定") || sentence.hasSuffix("紀錄確定。") { return "確定。" }
        for start in ["本案退回", "本案交", "本案保留", "本案撤回", "本案照", "本案修正", "本案緩議", "本案備查", "本案予以", "本案另"] {
            if let range = sentence.range(of: start, options: .last) {
                return closed(sentence[sentence.index(range.lowerBound, offsetBy: 2)...])
            }
        }
        return nil
    }

    /// 本案決議：「…」, 作如下決定：「…」.
    private static func quotedRuling(_ sentence: String) -> String? {
        guard let label = sentence.range(of: "決議：「") ?? sentence.range(of: "決定：「"),
            let end = sentence.range(of: "」", options: .last), label.upperBound < end.lowerBound,
            !sentence.contains("復議")
        else { return nil }
        return closed(sentence[label.upperBound..<end.lowerBound])
    }

    private static func isQuestion(_ sentence: String) -> Bool { sentence.hasSuffix("？") || sentence.hasSuffix("?") }

    private static func closed(_ words: Substring) -> String? {
        var text = words
        while let last = text.last, "。，；！」）".contains(last) { text = text.dropLast() }
        return text.isEmpty ? nil : text + "。"
    }
}

extension Clauses {
    /// Sentences of Chinese text: clauses joined up to the mark that ends a sentence.
    static func chineseSentences(_ text: String) -> [String] {
        var sentences: [String] = []
        var open = ""
        for clause in chinese(text) {
            open += clause.text
            if clause.endsSentence {
                sentences.append(open)
                open = ""
            }
        }
        return sentences
    }
}

extension String {
    /// Direction in which `range(of:)` looks.
    enum SearchOption { case first, last }

    /// The first or last place of `words`.
    func range(of words: String, options: SearchOption = .first) -> Range<String.Index>? {
        options == .first ? firstRange(of: words) : lastRange(of: words)
    }

    private func lastRange(of words: String) -> Range<String.Index>? {
        var last: Range<String.Index>?
        var start = startIndex
        while let next = self[start...].firstRange(of: words) {
            last = next
            start = index(after: next.lowerBound)
        }
        return last
    }
}

extension Substring {
    /// The first place of `words`.
    func range(of words: String) -> Range<String.Index>? { firstRange(of: words) }
}
