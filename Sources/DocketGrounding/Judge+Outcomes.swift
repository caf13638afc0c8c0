internal import DocketCore
internal import DocketText

// MARK: - What a meeting is said to have done

extension Judge {
    /// Words for an outcome (同意, 否決, 備查, approved) that the evidence neither has nor says in other words.
    ///
    /// They are few characters and decide everything, so that no share of known words makes up for them.
    mutating func checkOutcomes() {
        var index = 0
        while index < tokens.count {
            guard let outcome = Outcome.at(index, tokens) else {
                index += 1
                continue
            }
            let range = index..<index + outcome.length
            if !isAnswered(range), !outcome.isSaid(in: evidence) { report(.addedPlain, claim: range) }
            index = range.upperBound
        }
    }
}

/// Words for an outcome and the words that a source may have for it.
private struct Outcome {
    /// Number of tokens of the words in the claim.
    let length: Int
    private let sayings: [[String]]
    /// True for 同意, which a chair says with 好 alone.
    private let isAssent: Bool

    /// The outcome whose words begin at `index`, the longest first.
    static func at(_ index: Int, _ tokens: [Token]) -> Outcome? {
        guard let entries = table[tokens[index].key] else { return nil }
        for entry in entries where index + entry.words.count <= tokens.count {
            let isHere = entry.words.indices.allSatisfy { tokens[index + $0].key == entry.words[$0] }
            if isHere {
                return Outcome(
                    length: entry.words.count, sayings: entry.sayings, isAssent: entry.words == assent)
            }
        }
        return nil
    }

    /// True when the evidence has one of the sayings, token by token.
    func isSaid(in evidence: EvidenceText) -> Bool {
        if isAssent, evidence.hasAssent { return true }
        return sayings.contains { saying in
            if saying.count == 1 { return evidence.has(saying[0]) }
            return saying.indices.dropLast().allSatisfy {
                evidence.has(saying[$0], saying[$0 + 1])
            }
        }
    }

    private static let assent = AnalysedText.keys(of: "同意")

    private struct Entry {
        let words: [String]
        let sayings: [[String]]
    }

    /// Entries by their first token, longest first.
    private static let table: [String: [Entry]] = {
        var table: [String: [Entry]] = [:]
        for line in lines {
            let sides = line.split(separator: "=").map {
                $0.split(separator: ",").map { AnalysedText.keys(of: String($0)) }
            }
            guard sides.count == 2 else { continue }
            for words in sides[0] {
                table[words[0], default: []].append(Entry(words: words, sayings: sides[0] + sides[1]))
            }
        }
        return table.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()

    /// Words of minutes = what people say for them.
    private static let lines = [
        "不同意,不予同意=反對,不贊成,不可以,不行,不能,不要",
        "否決,不通過,未通過,不予通過=反對,不同意,沒有通過,沒通過,不贊成",
        "原則同意,同意,照案通過,修正通過,修正後通過,通過=贊成,可以,可決,照案,沒問題,沒有問題,沒意見,沒有意見,無意見,無異議,沒有異議,就這樣,照辦,核定,核可,准予",
        "備查=存查,知道了", "洽悉=備查,知道了", "緩議=暫緩,保留,再議,再討論,下次再", "撤案,撤回=撤", "退回=退件,重提,退還",
        "全數刪除,刪除=刪掉,刪去,刪減,拿掉,移除,删除", "同意解除列管,解除列管=解除,解列,解管,結案", "同意賡續列管,賡續列管,繼續列管=賡續,繼續,持續",
        "納入列管,予以列管=列管,追蹤,管考",
        "approved,adopted,agreed,carried,passed=approve,adopt,agree,accept,accepted,ok,okay,fine,pass,confirmed,yes,happy,all right",
        "rejected,defeated,voted down=reject,fail,failed,lost,negatived,refuse,refused,oppose,against,no",
        "deferred,postponed,tabled=defer,postpone,later,next,hold,wait", "withdrawn=withdraw,withdrew",
    ]
}

extension EvidenceText {
    /// True when somebody says no more in a clause than 好 or 照這樣.
    static func hasAssent(_ analysed: AnalysedText) -> Bool {
        var index = 0
        while index < analysed.tokens.count {
            let clause = analysed.tokens[index...].prefix { $0.clause == analysed.tokens[index].clause }
            if Self.assents.contains(clause.map(\.key)) { return true }
            index += max(1, clause.count)
        }
        return false
    }

    private static let assents = Set(
        ["好", "好的", "好啊", "好吧", "好可以", "可以", "可", "行", "對", "是", "照這樣", "就照這樣", "就這樣", "那就這樣", "照辦", "沒問題"]
            .map(AnalysedText.keys(of:)))
}
