internal import DocketCore
internal import DocketText

// MARK: - What a fact belongs to

extension Judge {
    /// A fact of the evidence may be put to something else in the claim: the number of one agency to another, the mayor
    /// of one city to another.
    ///
    /// For every fact of the claim the places of the evidence that hold one of its kind are compared by the words around
    /// them; words that few sentences have count most, and near ones more than far ones. The fact must not belong
    /// elsewhere by a clear margin.
    mutating func checkBinding() {
        for (fact, answer) in answers where answer.isClear {
            report(fact.reason, claim: fact.range, evidence: answer.place)
        }
    }

    /// True for a number whose surroundings agree better with its own place in the evidence than with any other: the order
    /// in which the claim tells things says nothing against that.
    func isBound(_ range: Range<Int>) -> Bool {
        answers.contains { $0.fact.kind == .number && $0.fact.range.overlaps(range) && $0.answer.isOwn }
    }
}

/// Facts of a claim and of its evidence with the words around them.
struct Binding {
    /// A number, date, ordinal, tracking number or name.
    struct Fact {
        let range: Range<Int>
        let kind: Kind
        /// What two facts of a kind are equal by.
        let key: String
        let unit: String

        enum Kind { case number, ordinal, date, tracking, agency, person }

        var reason: ReasonType {
            switch kind {
            case .number: .numberSwap
            case .ordinal: .ordinal
            case .date: .dateDay
            case .tracking: .tracking
            case .agency: .actorSwap
            case .person: .person
            }
        }
    }

    /// How well the surroundings of a fact agree with its own places in the evidence and with the best other place.
    struct Answer {
        let own: Double
        let rival: Double
        let place: Range<Int>

        /// True when the rival's surroundings agree better than can be chance.
        var isClear: Bool { rival > 1.25 * own + 0.1 }
        /// True when the fact's own do.
        var isOwn: Bool { own > 1.6 * rival + 0.3 }
    }

    let claimFacts: [Fact]
    private let sourceFacts: [Fact]
    /// True for a transcript: names there speak, and what they say need not stand beside them.
    private let isSpeech: Bool
    private let claim: [Token]
    private let source: [Token]
    /// Numbers of the tokens' keys; claim tokens that the evidence does not have are -1.
    private let claimIDs: [Int32]
    private let sourceIDs: [Int32]
    /// By feature of the claim: how rare it is in the evidence.
    private var rarity: [Int64: Double] = [:]

    init(claim: AnalysedText, claimIDs: [Int32], evidence: EvidenceText) {
        self.claim = claim.tokens
        source = evidence.analysed.tokens
        isSpeech = evidence.analysed.speakers.count { !$0.isEmpty } > 1
        sourceIDs = evidence.ids
        self.claimIDs = claimIDs
        let names = Set(evidence.analysed.mentions.filter { $0.kind == .person }.compactMap(\.name))
        claimFacts = Array(Self.facts(of: claim, names).prefix(Self.mostFacts))
        sourceFacts = claimFacts.isEmpty ? [] : Self.facts(of: evidence.analysed, names)
        rarity = rarities()
    }

    // MARK: - Facts

    /// All facts of the claim that the evidence has, each with its answer.
    func answers() -> [(fact: Fact, answer: Answer)] {
        claimFacts.compactMap { fact in answer(to: fact).map { (fact, $0) } }
    }

    private static func facts(of text: AnalysedText, _ names: Set<String>) -> [Fact] {
        var facts: [Fact] = []
        for quantity in text.quantities where !Judge.isIndefinite(quantity) && quantity.upper == nil {
            let range = text.tokens(in: quantity.numeralRange)
            guard range.count == 1, text.tokens[range.lowerBound].kind == .number else { continue }
            let kind = quantity.kind == .ordinal ? Fact.Kind.ordinal : .number
            facts.append(Fact(range: range, kind: kind, key: text.tokens[range.lowerBound].key, unit: quantity.unit))
        }
        for date in text.dates where date.written.month != nil && date.writtenEnd == nil {
            let range = text.tokens(in: date.dateRange)
            let parts = (date.written.day == nil ? "" : "D") + (date.written.year == nil ? "" : "Y")
            guard !range.isEmpty else { continue }
            facts.append(
                Fact(range: range, kind: .date, key: "\(date.written.month ?? 0)-\(date.written.day ?? 0)", unit: parts)
            )
        }
        for mention in text.mentions {
            let range = text.tokens(in: mention.range)
            guard !range.isEmpty else { continue }
            switch mention.kind {
            case .trackingNumber:
                facts.append(
                    Fact(
                        range: range.lowerBound..<range.lowerBound + 1, kind: .tracking,
                        key: mention.parts.joined(separator: "-"), unit: ""))
            case .agency: facts.append(Fact(range: range, kind: .agency, key: Folding.key(mention.words), unit: ""))
            case .person:
                let name = mention.name ?? mention.surname ?? ""
                facts.append(
                    Fact(range: range, kind: .person, key: Folding.key(name), unit: Folding.key(mention.title ?? "")))
            default: break
            }
        }
        return facts + persons(of: text, names, besides: facts)
    }

    /// Names that no list of surnames knows, by the title behind them (透納市長), and names without a title that the
    /// evidence has with one.
    private static func persons(of text: AnalysedText, _ names: Set<String>, besides facts: [Fact]) -> [Fact] {
        let tokens = text.tokens
        let taken = Set(facts.filter { $0.kind == .person || $0.kind == .agency }.flatMap { Array($0.range) })
        let known = Dictionary(grouping: names.map { AnalysedText.keys(of: $0) }.filter { $0.count >= 2 }) { $0[0] }
        var found: [Fact] = []
        for index in tokens.indices where !taken.contains(index) && tokens[index].kind == .han {
            if let length = Titles.length(tokens, index), index >= 2, !Titles.endsAgency(tokens[index - 1]) {
                let name = index - 2..<index
                let isName =
                    name.allSatisfy {
                        tokens[$0].kind == .han && tokens[$0].clause == tokens[index].clause && !taken.contains($0)
                            && !Particles.contains(tokens[$0].key)
                    } && !Connectives.contains(tokens[name].map(\.key))
                    && !Titles.isGeneric(tokens, name, index + length)
                if isName {
                    let title = tokens[index..<index + length].map(\.key).joined()
                    let key = tokens[name].map(\.key).joined()
                    found.append(Fact(range: index - 2..<index + length, kind: .person, key: key, unit: title))
                }
            } else if let keys = known[tokens[index].key]?.first(where: { keys in
                index + keys.count <= tokens.count && keys.indices.allSatisfy { tokens[index + $0].key == keys[$0] }
            }) {
                found.append(Fact(range: index..<index + keys.count, kind: .person, key: keys.joined(), unit: ""))
            }
        }
        return found
    }

    private func isEqual(_ fact: Fact, _ other: Fact) -> Bool {
        if fact.key == other.key { return true }
        switch fact.kind {
        case .agency:
            return other.key.hasSuffix(fact.key) || fact.key.hasSuffix(other.key)
                || other.key.suffix(3) == fact.key.suffix(3)
        case .person:
            return other.key.hasPrefix(fact.key) || fact.key.hasPrefix(other.key) || other.key.hasSuffix(fact.key)
                || fact.key.hasSuffix(other.key)
        default: return false
        }
    }

    private func isComparable(_ fact: Fact, _ other: Fact) -> Bool {
        guard fact.kind == other.kind else { return false }
        switch fact.kind {
        case .number:
            if fact.unit == other.unit || Units.agree(fact.unit, other.unit) { return true }
            // Cells of a table have their unit in its head; a single digit there numbers the rows.
            return fact.unit != "%" && other.unit.isEmpty && other.key.utf8.count > 2
        case .date: return fact.unit.contains("D") == other.unit.contains("D")
        case .person: return fact.unit == other.unit || fact.unit.isEmpty || other.unit.isEmpty
        default: return fact.unit == other.unit
        }
    }

    // MARK: - Surroundings

    /// What stands at a token: two Han characters, or one word, number or date part.
    private static func feature(_ ids: [Int32], _ tokens: [Token], _ index: Int) -> Int64? {
        let id = ids[index]
        guard id >= 0 else { return nil }
        guard tokens[index].kind == .han else { return Int64(id) }
        guard index + 1 < ids.count, tokens[index + 1].kind == .han, ids[index + 1] >= 0,
            tokens[index + 1].clause == tokens[index].clause
        else { return nil }
        return (Int64(id) + 1) << 32 | Int64(ids[index + 1])
    }

    /// Features of the claim by how few sentences of the evidence have them.
    private func rarities() -> [Int64: Double] {
        var last: [Int64: Int] = [:]
        var counts: [Int64: Int] = [:]
        for index in claim.indices { if let feature = Self.feature(claimIDs, claim, index) { last[feature] = -1 } }
        for index in source.indices {
            guard let feature = Self.feature(sourceIDs, source, index), let seen = last[feature] else { continue }
            if seen != source[index].sentence {
                last[feature] = source[index].sentence
                counts[feature, default: 0] += 1
            }
        }
        return counts.mapValues { 1 / Double($0) }
    }

    /// The features around a fact of the claim, each with its weight.
    private func surroundings(of fact: Fact) -> [Int64: Double] {
        var weights: [Int64: Double] = [:]
        let low = max(0, fact.range.lowerBound - Self.reach)
        for index in low..<min(claim.count, fact.range.upperBound + Self.reach) where !fact.range.contains(index) {
            guard claim[index].sentence == claim[fact.range.lowerBound].sentence,
                let feature = Self.feature(claimIDs, claim, index), let rarity = rarity[feature]
            else { continue }
            let isClause = claim[index].clause == claim[fact.range.lowerBound].clause
            let weight = rarity * Self.nearness(index, fact.range) * (isClause ? 1 : 0.4)
            weights[feature] = max(weights[feature] ?? 0, weight)
        }
        return weights
    }

    private static let reach = 24
    /// Facts of a claim that are looked at, and places of the evidence for each: what bounds the cost.
    private static let mostFacts = 48
    private static let mostPlaces = 400

    private static func nearness(_ index: Int, _ range: Range<Int>) -> Double {
        let distance = index < range.lowerBound ? range.lowerBound - index : index - range.upperBound + 1
        return 1 / (1 + Double(distance) / 8)
    }

    /// How much of the surroundings of a fact stands around a place of the evidence.
    private func similarity(_ weights: [Int64: Double], at place: Range<Int>) -> Double {
        var best: [Int64: Double] = [:]
        let low = max(0, place.lowerBound - Self.reach)
        for index in low..<min(source.count, place.upperBound + Self.reach) where !place.contains(index) {
            guard source[index].line == source[place.lowerBound].line,
                let feature = Self.feature(sourceIDs, source, index), let weight = weights[feature]
            else { continue }
            let isSentence = source[index].sentence == source[place.lowerBound].sentence
            let value = weight * Self.nearness(index, place) * (isSentence ? 1 : 0.5)
            best[feature] = max(best[feature] ?? 0, value)
        }
        return best.values.reduce(0, +)
    }

    /// A name in a line that nothing around it in the claim speaks of, while another line has most of that.
    private func strayed(_ fact: Fact, _ weights: [Int64: Double]) -> Answer? {
        var scores: [Int: Double] = [:]
        var places: [Int: Range<Int>] = [:]
        var seen: Set<Int64> = []
        var line = -1
        for index in source.indices {
            if source[index].line != line { seen.removeAll(keepingCapacity: true) }
            line = source[index].line
            guard let feature = Self.feature(sourceIDs, source, index), let weight = weights[feature],
                seen.insert(feature).inserted
            else { continue }
            scores[line, default: 0] += weight
            places[line] = (places[line]?.lowerBound ?? index)..<index + 1
        }
        let lines = Set(
            sourceFacts.filter { $0.kind == fact.kind && isEqual(fact, $0) }.map { source[$0.range.lowerBound].line })
        let own = lines.map { scores[$0] ?? 0 }.max() ?? 0
        let best = scores.filter { !lines.contains($0.key) }.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let best, let place = places[best.key], best.value > 2 * own + 0.8 else { return nil }
        return Answer(own: own, rival: best.value, place: place)
    }

    /// How well a fact agrees with its own places and with the best other one; nil when there is none of either.
    func answer(to fact: Fact) -> Answer? {
        let weights = surroundings(of: fact)
        guard !weights.isEmpty else { return nil }
        var own: Double?
        var rival: (score: Double, place: Range<Int>)?
        let used = Set(claimFacts.map(\.key)).subtracting([fact.key])
        var fresh: (score: Double, place: Range<Int>)?
        // Numbers of one list stand beside each other without belonging to each other's surroundings.
        let lists =
            fact.kind != .tracking
            ? []
            : Set(
                sourceFacts.filter { $0.kind == .tracking && isEqual(fact, $0) }.map {
                    source[$0.range.lowerBound].sentence
                })
        let places = sourceFacts.lazy.filter { isComparable(fact, $0) }.prefix(Self.mostPlaces)
        for other in places {
            if !lists.isEmpty, !isEqual(fact, other), lists.contains(source[other.range.lowerBound].sentence) {
                continue
            }
            let score = similarity(weights, at: other.range)
            if isEqual(fact, other) {
                own = max(own ?? 0, score)
            } else if score > rival?.score ?? 0 {
                rival = (score, other.range)
            }
            if !isEqual(fact, other), score > fresh?.score ?? 0, !used.contains(other.key) {
                fresh = (score, other.range)
            }
        }
        guard let own else { return nil }
        if let fresh {
            let answer = Answer(own: own, rival: fresh.score, place: fresh.place)
            if answer.isClear { return answer }
        }
        if let rival { return Answer(own: own, rival: rival.score, place: rival.place) }
        return fact.kind == .person && !isSpeech ? strayed(fact, weights) : nil
    }
}
