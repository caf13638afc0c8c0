import DocketCore
import DocketText
import Foundation

/// What speaks for an utterance to belong to an item of the agenda, and to begin it.
struct AgendaEvidence {
    private let itemCount: Int
    /// For each utterance and item, the share of the item's words that the talk around the utterance holds.
    private let affinity: [[Float]]
    /// For each utterance, what speaks for an item's beginning there, by item; only those that something speaks for.
    private let beginnings: [[Int: Double]]
    /// For each utterance, what speaks for the beginning of any item.
    private let openings: [Double]
    /// For each utterance, what speaks for the end of the meeting.
    private let endings: [Double]

    init(items: [AgendaItem], turns: [SpokenTurn], scores: [Double]) {
        itemCount = items.count
        let words = turns.map { Set(TurnTerms.words(of: $0.text)) }
        let profiles = ItemProfiles(items, turns: words)
        let plain = turns.map { CuePhrases.plain($0.text) }
        let ordinals = ItemOrdinals(items)
        affinity = Self.affinities(profiles, words)
        let chair = SpeakerSigns(turns).isChair
        var (beginnings, openings, endings) = ([[Int: Double]](), [Double](), [Double]())
        for place in turns.indices {
            var found: [Int: Double] = [:]
            let said = place + 1 < words.count ? words[place].union(words[place + 1]) : words[place]
            for (item, cover) in profiles.covers(of: words[place], with: said) where cover > 0.3 {
                found[item] = 9 * cover * cover
            }
            let weight = chair[place] || turns[place].beginsItem ? 1.0 : 0.4
            for item in ordinals.named(in: plain[place]) { found[item, default: 0] += 5 * weight }
            beginnings.append(found)
            let cue = CuePhrases.shared.goesOn(plain[place]) ? 1.2 * weight : 0
            let opens = CuePhrases.shared.opens(plain[place]) ? 0.5 * weight : 0
            let topic = min(2, max(-1, (scores[place] + 4) * 0.4))
            openings.append(cue + opens + topic + (turns[place].beginsItem ? 4 : 0))
            endings.append(Self.ending(plain[place]))
        }
        (self.beginnings, self.openings, self.endings) = (beginnings, openings, endings)
    }

    /// What speaks for the beginning of an item, or of the epilogue, at an utterance.
    func beginning(of item: Int, at place: Int) -> Double {
        item >= itemCount ? endings[place] : openings[place] + (beginnings[place][item] ?? 0)
    }

    /// What speaks for an utterance to be in a state: 0 preamble, then the items, then the epilogue.
    func belonging(_ place: Int, _ state: Int) -> Double {
        state == 0 || state > itemCount ? 0.05 : Double(affinity[place][state - 1])
    }

    // MARK: - Words

    /// Affinity of each utterance with the talk around it to each item, 0...1.
    private static func affinities(_ profiles: ItemProfiles, _ words: [Set<UInt64>]) -> [[Float]] {
        let raw = words.map { profiles.shares(of: $0) }
        return raw.indices.map { place in
            var sum = [Float](repeating: 0, count: profiles.count)
            for near in max(0, place - 3)...min(raw.count - 1, place + 3) {
                let weight: Float = near == place ? 1 : 1 / Float(1 + abs(near - place))
                for (item, share) in raw[near] { sum[item] += weight * share }
            }
            return sum.map { min(1, $0) }
        }
    }

    private static let endingPhrases = [
        "散會", "今天的會議到這裡", "今天會議到這裡", "今天就到這裡", "會議就到這裡", "會議到此", "謝謝各位散會", "meeting is adjourned", "adjourn",
        "close the meeting", "end the meeting", "that concludes", "wrap up here",
    ].map { Array(Folding.key($0).utf8) }

    private static func ending(_ plain: [UInt8]) -> Double {
        endingPhrases.contains { phrase in
            guard phrase.count <= plain.count else { return false }
            return (0...plain.count - phrase.count).contains { plain[$0..<$0 + phrase.count].elementsEqual(phrase) }
        } ? 6 : -2
    }
}

/// The words of each item of an agenda, weighed by how well they tell the item from the others.
struct ItemProfiles {
    /// Number of items.
    let count: Int
    /// Weight of each word in each item that holds it: titles count fully, details half.
    private var holders: [UInt64: [(item: Int, weight: Float, isTitle: Bool)]] = [:]
    private var titleSums: [Float]
    private var sums: [Float]

    init(_ items: [AgendaItem], turns: [Set<UInt64>]) {
        count = items.count
        titleSums = [Float](repeating: 0, count: items.count)
        sums = titleSums
        let titles = items.map { Set(TurnTerms.words(of: $0.title.text + " " + ($0.sponsor ?? ""))) }
        let details = items.map { item in
            Set(TurnTerms.words(of: item.details.map { String($0.text.text.prefix(4000)) }.joined(separator: "\n")))
        }
        var frequency: [UInt64: Int] = [:]
        for words in titles { for word in words { frequency[word, default: 0] += 1 } }
        var spoken: [UInt64: Int] = [:]
        for words in turns { for word in words where frequency[word] != nil { spoken[word, default: 0] += 1 } }
        for item in items.indices {
            for word in titles[item].union(details[item]) {
                let isTitle = titles[item].contains(word)
                let among = log(1 + Double(count) / Double(frequency[word] ?? 1))
                let heard = log(1 + Double(turns.count + 1) / Double(1 + (spoken[word] ?? 0)))
                let weight = Float(among * heard * (isTitle ? 1 : 0.5))
                holders[word, default: []].append((item, weight, isTitle))
                if isTitle { titleSums[item] += weight }
                sums[item] += isTitle ? weight : weight * 0.2
            }
        }
    }

    /// Items that some of `words` belong to, each with the share of its words, at most 1.
    func shares(of words: Set<UInt64>) -> [(Int, Float)] {
        var found: [Int: Float] = [:]
        for word in words { for holder in holders[word] ?? [] { found[holder.item, default: 0] += holder.weight } }
        return found.map { ($0.key, min(1, 2 * $0.value / max(1, sums[$0.key]))) }
    }

    /// Items whose titles `words` begin to name and `said` completes, each with the share of the title that is heard.
    func covers(of words: Set<UInt64>, with said: Set<UInt64>) -> [(Int, Double)] {
        var (here, all): ([Int: Float], [Int: Float]) = ([:], [:])
        for word in said {
            for holder in holders[word] ?? [] where holder.isTitle {
                all[holder.item, default: 0] += holder.weight
                if words.contains(word) { here[holder.item, default: 0] += holder.weight }
            }
        }
        return here.map { item, weight in
            let sum = max(1e-6, titleSums[item])
            return (item, Double(0.7 * weight / sum + 0.3 * (all[item] ?? weight) / sum))
        }
    }
}

/// The numbers under which a chair may call items: 第二案, 討論事項第二案, 報告事項二, item 2.
struct ItemOrdinals {
    private var phrases: [(bytes: [UInt8], item: Int)] = []

    init(_ items: [AgendaItem]) {
        var numbers: [AgendaItem.Kind: Int] = [:]
        var plain = 0
        for (place, item) in items.enumerated() {
            let kind: AgendaItem.Kind = item.kind == .trackingReview ? .report : item.kind
            guard item.kind != .readPrevious, item.kind != .general, item.kind != .adHoc else {
                add(Self.called[item.kind] ?? [], place)
                continue
            }
            numbers[kind, default: 0] += 1
            plain += 1
            let number = numbers[kind] ?? 1
            let chinese = ChineseNumeral.string(number)
            let section = kind == .discussion ? "討論" : "報告"
            add(
                [
                    "\(section)事項第\(chinese)案", "\(section)事項第\(chinese)", "\(section)事項\(chinese)",
                    "\(section)第\(chinese)案",
                ], place)
            let spoken = ChineseNumeral.string(plain)
            add(
                [
                    "第\(chinese)案", "第\(spoken)案", "第\(spoken)個議題", "第\(spoken)項", "item \(plain) ",
                    "item \(Self.english(plain)) ",
                ], place)
            add(["agenda item \(plain) ", "\(Self.ordinal(plain)) item", "\(Self.ordinal(plain)) topic"], place)
        }
    }

    private static let called: [AgendaItem.Kind: [String]] = [
        .readPrevious: ["上次會議紀錄", "上次紀錄", "宣讀", "確認上次", "previous minutes", "last minutes", "minutes of the last"],
        .adHoc: ["臨時動議", "any other business", "other business"],
        .general: ["綜合結論", "綜合會議結論", "綜合裁示", "綜合的部分", "綜合部分"],
    ]

    private mutating func add(_ words: [String], _ item: Int) {
        phrases += words.map { (Array(Folding.key($0).utf8), item) }
    }

    private static func english(_ number: Int) -> String {
        let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        return number < words.count ? words[number] : "\(number)"
    }

    private static func ordinal(_ number: Int) -> String {
        let words = [
            "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        ]
        return number < words.count ? words[number] : "\(number)th"
    }

    /// Items that the beginning of an utterance calls by number or kind.
    func named(in plain: [UInt8]) -> Set<Int> {
        let head = plain[..<min(plain.count, 180)]
        var found: Set<Int> = []
        for (bytes, item) in phrases where !found.contains(item) && bytes.count <= head.count {
            if (0...head.count - bytes.count).contains(where: { head[$0..<$0 + bytes.count].elementsEqual(bytes) }) {
                found.insert(item)
            }
        }
        return found
    }
}
