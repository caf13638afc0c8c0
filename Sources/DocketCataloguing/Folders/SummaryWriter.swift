internal import DocketCore
internal import DocketText

/// Writes 案情摘要: one paragraph of sentences in the order of the case, each resting on the items that it is cut from.
///
/// Why the case arose comes first and what became of it last, as the items stand by date; between them decisions and contracts before
/// the mere sending of papers. Statements are added by weight while the paragraph stays within its length.
struct SummaryWriter: Sendable {
    let book: AgencyBook
    private let masker = PersonalDataMasker()

    init(book: AgencyBook) { self.book = book }

    /// The sentences; none when the steps say nothing.
    func sentences(_ steps: [StoryStep]) -> [CitedText] {
        guard !steps.isEmpty else { return [] }
        let isEnglish = steps.allSatisfy(\.isEnglish)
        var plan = StoryPlan(steps)
        let limit = (isEnglish ? SummaryLength.other : SummaryLength.chinese).upperBound
        func length(_ plan: StoryPlan) -> Int {
            let text = written(plan, isEnglish).map(\.text).joined(separator: isEnglish ? " " : "")
            return SummaryLength.length(text)
        }
        while length(plan) > limit, plan.dropLeast() {}
        while let next = plan.bestFact() {
            var longer = plan
            longer.take(next)
            if length(longer) > limit {
                longer = plan
                longer.take(next, isShort: true)
            }
            if length(longer) <= limit { plan = longer }
            plan.settle(next)
        }
        return written(plan, isEnglish)
    }

    /// What an act says that has not been told: without clauses that repeat, 函復民眾 for a reply whose matter is known.
    private static func news(_ step: StoryStep, after told: String, hasFacts: Bool) -> CitedText {
        if StoryPlan.isSaid(step.act.text, in: told) {
            if let reply = step.reply { return hasFacts ? reply : step.act.with("") }
            return step.act
        }
        let clauses = PurposeText.split(step.act.text)
        let fresh = clauses.filter { !$0.hasSuffix("案") || !StoryPlan.isSaid($0, in: told) }
        return fresh.isEmpty || fresh.count == clauses.count ? step.act : step.act.with(fresh.joined(separator: "，"))
    }

    private func written(_ plan: StoryPlan, _ isEnglish: Bool) -> [CitedText] {
        var page = StoryPage(book: book)
        var told = ""
        let sentences = plan.steps.map { step, facts in
            guard !isEnglish else { return page.english(step, facts) }
            let act = Self.news(step, after: told, hasFacts: !facts.isEmpty)
            guard !act.text.isEmpty || !facts.isEmpty else { return CitedText("", []) }
            let sentence = page.chinese(step, facts, act: act)
            told += sentence.text
            return sentence
        }
        return sentences.filter { !$0.text.isEmpty }.map { $0.with(masker.masked($0.text)) }
    }
}

/// Length of an abstract (CAT-13).
public enum SummaryLength {
    /// Characters of one in Chinese (DOMAIN.md section 3.3).
    public static let chinese = 80...300
    /// Characters of one in another language, blanks included: what Chinese says in a character takes about three letters.
    public static let other = 200...900

    /// The length that counts: characters without white space in Chinese, all characters in another language.
    public static func length(_ text: String) -> Int {
        ChineseText.isChinese(text) ? ChineseText.length(text) : text.count
    }

    /// The range for the language of `text`.
    public static func range(for text: String) -> ClosedRange<Int> { ChineseText.isChinese(text) ? chinese : other }
}

/// Which steps an abstract tells, and which of their statements.
struct StoryPlan: Sendable {
    /// A statement by its step and its place there.
    struct Place: Hashable, Sendable {
        var step: Int
        var fact: Int
    }

    private let all: [StoryStep]
    private var kept: [Bool]
    /// Statements that are told, in full or by their first clauses.
    private var taken: [Place: Bool] = [:]
    private var settled: Set<Place> = []

    init(_ steps: [StoryStep]) {
        all = steps
        kept = steps.map { _ in true }
    }

    /// The steps that are told, each with its statements in the order of the document.
    var steps: [(StoryStep, [StoryFacts.Fact])] {
        all.indices.filter { kept[$0] }.map { step in
            (
                all[step],
                all[step].facts.indices.compactMap { place in
                    guard let isShort = taken[Place(step: step, fact: place)] else { return nil }
                    var fact = all[step].facts[place]
                    if isShort, let short = fact.short { fact.words = short }
                    return fact
                }
            )
        }
    }

    /// Leaves out the least needed step between the first and the last; false when there is none.
    mutating func dropLeast() -> Bool {
        let inner = all.indices.filter { kept[$0] && $0 != all.indices.first && $0 != all.indices.last }
        // Of equals the later one goes: what began the case explains more than what came between.
        guard let least = inner.min(by: { (all[$0].rank, -$0) < (all[$1].rank, -$1) }) else { return false }
        kept[least] = false
        return true
    }

    /// The weightiest statement that has not been tried; the outcome of the last step and the cause in the first weigh more.
    func bestFact() -> Place? {
        var best: (place: Place, weight: Int)?
        for step in all.indices where kept[step] {
            let count = taken.keys.count { $0.step == step }
            for fact in all[step].facts.indices {
                let place = Place(step: step, fact: fact)
                guard !settled.contains(place), !repeats(all[step].facts[fact]) else { continue }
                var weight = all[step].facts[fact].weight * 2
                if step == all.indices.last, all[step].facts[fact].isOutcome { weight += 12 }
                if step == all.indices.first, fact == 0 { weight += 6 }
                if fact == 0, all[step].facts[fact].isOutcome { weight += 3 }
                weight -= count * 5
                if weight > best?.weight ?? 1 { best = (place, weight) }
            }
        }
        return best?.place
    }

    /// True when what is told says it already.
    private func repeats(_ fact: StoryFacts.Fact) -> Bool {
        let words = Self.pairs(fact.words.text)
        guard !words.isEmpty else { return true }
        return taken.keys.contains { place in
            let other = Self.pairs(all[place.step].facts[place.fact].words.text)
            return words.intersection(other).count * 10 >= min(words.count, other.count) * 6
        }
    }

    /// True when most of `words` stand in `text`.
    static func isSaid(_ words: String, in text: String) -> Bool {
        let own = pairs(words)
        return !own.isEmpty && own.intersection(pairs(text)).count * 10 >= own.count * 6
    }

    private static func pairs(_ text: String) -> Set<String> {
        let characters = text.filter { !$0.isWhitespace && !"，。；、".contains($0) }
        return Set(zip(characters, characters.dropFirst()).map { String([$0, $1]) })
    }

    mutating func take(_ place: Place, isShort: Bool = false) { taken[place] = isShort }
    mutating func settle(_ place: Place) { settled.insert(place) }
}

/// The sentences of an abstract as they follow each other: a year is written once, an agency in full at its first mention.
struct StoryPage: Sendable {
    let book: AgencyBook
    private var year: String?
    private var named: Set<String> = []

    init(book: AgencyBook) { self.book = book }

    /// 113年7月25日青嵐市政府交通局函知…，….
    mutating func chinese(_ step: StoryStep, _ facts: [StoryFacts.Fact], act: CitedText) -> CitedText {
        var sentence = CitedText("", [])
        if let date = step.date { sentence = sentence + date.with(day(date.text)) }
        if let agent = step.agent { sentence = sentence + agent.with(name(agent.text)) }
        sentence = sentence + act.with(shortened(act.text))
        for (index, fact) in facts.enumerated() {
            let words = shortened(fact.words.text)
            let lead = index == 0 && fact.isOutcome && isMeeting(step) && !words.hasPrefix("決") ? "，決定" : "，"
            sentence = sentence + fact.words.with(lead + words)
        }
        return sentence.with(sentence.text + "。")
    }

    private func isMeeting(_ step: StoryStep) -> Bool { step.act.text.hasPrefix("召開") || step.act.text.hasPrefix("辦理") }

    /// On 3 September 2024 Northmere City Archives wrote on the request ….
    mutating func english(_ step: StoryStep, _ facts: [StoryFacts.Fact]) -> CitedText {
        var sentence = CitedText("", [])
        if let date = step.date { sentence = date.with("On " + Self.english(date.text) + " ") }
        if let agent = step.agent { sentence = sentence + agent }
        let subject = step.act.text
        let lower = subject.prefix(1).lowercased() + subject.dropFirst()
        sentence = sentence + step.act.with(" wrote on the " + (lower.without(prefix: "the ") ?? lower))
        for fact in facts { sentence = sentence + fact.words.with(". " + fact.words.text) }
        return sentence.with(sentence.text + ".")
    }

    /// 113年7月25日; without the year when the sentence before had the same.
    private mutating func day(_ iso: String) -> String {
        let parts = iso.split(separator: "-").compactMap { Int($0) }
        guard let first = parts.first else { return "" }
        let roc = first > CalendarDate.rocOffset ? "\(first - CalendarDate.rocOffset)年" : "\(first)年"
        let rest = parts.count > 2 ? "\(parts[1])月\(parts[2])日" : parts.count > 1 ? "\(parts[1])月" : ""
        if year == roc, !rest.isEmpty { return rest }
        year = roc
        return roc + rest
    }

    private static func english(_ iso: String) -> String {
        let parts = iso.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return iso }
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
    }

    /// 全銜 at first, the roster's short name after that.
    private mutating func name(_ official: String) -> String {
        guard named.insert(official).inserted else { return book.shortName(official) ?? official }
        return official
    }

    /// 8月1日 for 113年8月1日 in a sentence of that year.
    private func withoutYear(_ text: String) -> String {
        guard let year, text.contains(year) else { return text }
        var result = ""
        var rest = text[...]
        while let hit = String(rest).range(after: year, from: String(rest).startIndex) {
            let words = String(rest)
            let behind = words[hit.upperBound...]
            let digits = behind.prefix { $0.isNumber }
            let isDate = !digits.isEmpty && behind.dropFirst(digits.count).first == "月"
            let isWhole = !(words[..<hit.lowerBound].last?.isNumber ?? false)
            result += words[..<hit.lowerBound] + (isDate && isWhole ? "" : year)
            rest = Substring(behind)
        }
        return result + rest
    }

    /// The same inside an act or statement, for the agencies of the roster that it names in full.
    private mutating func shortened(_ text: String) -> String {
        var result = withoutYear(text)
        for official in Set(book.roster.agencies.map(\.officialName)).sorted(by: { $0.count > $1.count })
        where official.count > 3 && result.contains(official) {
            if named.contains(official), let short = book.shortName(official) {
                result = result.replacing(official, with: short)
            }
            named.insert(official)
        }
        return result
    }
}
