import DocketCore
import DocketText

/// Reads a query of plain words: what names a time, a meeting, a number, an agency or a person becomes a condition or gets
/// its other names; the rest is looked for, first as it stands, then ever more widely.
struct PlainQueryReader {
    /// A query to try, and the matches below which the next is tried.
    struct Attempt: Equatable {
        var query: SearchQuery
        var breadth: QueryReading.Breadth
        /// False for a query that only conditions make up, whose matches all come.
        var isWhole = false

        /// Asks for everything.
        static let everything = Attempt(query: .everything, breadth: .exact)
    }

    let attempts: [Attempt]
    let understood: [UnderstoodWords]
    let wantsDecision: Bool
    let isQuestion: Bool

    /// Reads `text`.
    ///
    /// `conditions` are what fields beside the words ask for; `today` is what "last year" counts from, nil leaves such words
    /// words; `literal` are words that are taken as they stand, folded.
    /// - Throws: what the look-up of synonyms throws.
    init(
        _ text: String, conditions: SearchQuery = .everything, knowledge: SearchKnowledge, today: CalendarDate?,
        literal: Set<String> = []
    ) async throws {
        var scan = QueryScan(text, knowledge: knowledge, today: today, literal: literal)
        try scan.run()
        let rest = scan.rest
        isQuestion = Interrogatives.isQuestion(text)
        wantsDecision = scan.wantsDecision
        var understood = scan.understood
        let words = rest.split(whereSeparator: \.isWhitespace).map(String.init).filter(QueryParser.isSearchable)
        let matter = FramingWords.matter(of: rest).filter { $0.unicodeScalars.count > 1 || words == [$0] }
        let meanings = try await WordMeanings(words, matter: matter, knowledge, literal)
        let known = meanings.known
        for word in meanings.inOrder {
            understood.append(
                UnderstoodWords(
                    .synonym, word, meaning: (known[word] ?? []).joined(separator: "、"), effect: .alternatives))
        }
        let isBare = matter.isEmpty && scan.named.isEmpty
        // Times rank only where nothing else does.
        let times = isBare ? scan.times : scan.times.map { $0.hasWords ? .condition($0) : $0 }
        let given = conditions.and(Self.all(scan.conditions + times))
        let named = scan.named.map { SearchQuery.words($0) }
        func leaves(_ words: [String]) -> [SearchQuery] {
            Self.unique(words).map { .words(SearchWords($0, synonyms: known[$0] ?? [])) }
        }
        var attempts: [Attempt] = []
        func attempt(_ query: SearchQuery, _ breadth: QueryReading.Breadth, isWhole: Bool = false) {
            guard !attempts.contains(where: { $0.query == query }) else { return }
            attempts.append(Attempt(query: query, breadth: breadth, isWhole: isWhole))
        }
        let telling = words.filter { !FramingWords.matter(of: $0).isEmpty }
        if !scan.numbers.isEmpty {
            // A number names one thing: what else was typed tells nothing more.
            attempt(given.and(Self.all(scan.numbers)), .exact, isWhole: true)
        }
        let decided: SearchQuery = scan.wantsDecision ? .filter(SearchFilters(kinds: [.conclusion])) : .everything
        if isBare, given != .everything {
            attempt(given.and(decided), .exact, isWhole: true)
        }
        let mayBeKeywords = !isQuestion || words.count > 1 || words.first.map { $0.unicodeScalars.count <= 8 } ?? true
        if mayBeKeywords, !(telling.isEmpty && named.isEmpty) {
            // One word that stands somewhere as it is typed is what was looked for.
            attempt(
                given.and(Self.all(named + leaves(telling))), .exact, isWhole: named.count + telling.count == 1)
        }
        if !isQuestion, !matter.isEmpty { attempt(given.and(Self.all(named + leaves(matter))), .matter) }
        // Words that are phrases of several pairs count as a whole too.
        let phrases = leaves(
            Self.unique(telling + matter + meanings.inOrder).filter { $0.unicodeScalars.count > 2 || known[$0] != nil })
        let any: SearchQuery = .or(named + phrases + (QueryParser.isSearchable(rest) ? [.question(rest)] : []))
        if any != .or([]) { attempt(given.and(any), .any) }
        if !scan.times.isEmpty {
            // Another time is nearer to what was meant than another meeting.
            let timeless = conditions.and(Self.all(scan.conditions))
            let words: SearchQuery = any == .or([]) ? decided : any
            if timeless != .everything { attempt(timeless.and(words), .withoutConditions, isWhole: true) }
        }
        if QueryParser.isSearchable(text) {
            attempt(conditions.and(.or(named + phrases + [.question(text)])), .withoutConditions)
        }
        self.attempts = attempts
        self.understood = understood
    }

    private static func all(_ queries: [SearchQuery]) -> SearchQuery {
        queries.reduce(.everything) { $0.and($1) }
    }

    private static func unique(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }
}

/// Takes what names something out of a query, from the surest to the least sure.
struct QueryScan {
    private let knowledge: SearchKnowledge
    private let today: CalendarDate?
    private let literal: Set<String>
    /// The text, with blanks in place of what was taken out.
    private var bytes: [UInt8]
    private var places: [(start: Int, UnderstoodWords)] = []

    private(set) var conditions: [SearchQuery] = []
    /// Times of the documents, or of what they speak of.
    private(set) var times: [SearchQuery] = []
    /// Numbers that name one thing.
    private(set) var numbers: [SearchQuery] = []
    /// Agencies and persons with their other names.
    private(set) var named: [SearchWords] = []
    private(set) var wantsDecision = false

    init(_ text: String, knowledge: SearchKnowledge, today: CalendarDate?, literal: Set<String>) {
        bytes = Array(text.utf8)
        self.knowledge = knowledge
        self.today = today
        self.literal = literal
    }

    /// What is left.
    var rest: String { String(decoding: bytes, as: UTF8.self) }

    /// What was understood, in the order of the text.
    var understood: [UnderstoodWords] { places.sorted { $0.start < $1.start }.map(\.1) }

    mutating func run() throws {
        takeNumbers()
        takeDates()
        takeSeries()
        takeMeeting()
        takeNames()
        takeDecision()
    }

    /// Takes `range` out, unless its words are to be taken as they stand.
    private mutating func take(_ range: Range<Int>, _ understood: UnderstoodWords) -> Bool {
        guard !literal.contains(Folding.key(understood.words)) else { return false }
        for index in range { bytes[index] = UInt8(ascii: " ") }
        places.append((range.lowerBound, understood))
        return true
    }

    private func words(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    // MARK: - Numbers

    private mutating func takeNumbers() {
        for mention in knowledge.finder.mentions(in: rest) {
            switch mention.kind {
            case .documentNumber, .fileNumber:
                let understood = UnderstoodWords(.number, mention.words, meaning: mention.words, effect: .condition)
                if take(mention.range, understood) {
                    numbers.append(.words(SearchWords(mention.words, isQuoted: true)))
                }
            case .trackingNumber:
                // "2021-10" is a month.
                guard mention.parts.count >= 2, mention.parts[0].utf8.count < 4 else { continue }
                let number = mention.parts[0] + "-" + mention.parts[1]
                let understood = UnderstoodWords(.item, mention.words, meaning: number, effect: .condition)
                if take(mention.range, understood) {
                    numbers.append(.words(SearchWords(number, facts: SearchFilters(items: [number]))))
                }
            default: continue
            }
        }
    }

    // MARK: - Times

    private mutating func takeDates() {
        let parser = DateParser(DateParser.Context(anchor: today))
        for date in parser.expressions(in: rest) {
            guard date.written.year != nil || (today != nil && date.start != nil),
                let (from, to) = Self.interval(date), date.dateRange.upperBound <= bytes.count
            else { continue }
            let range = date.range
            let meaning = from == to ? from ?? "" : "\(from ?? "")..\(to ?? "")"
            guard take(range, UnderstoodWords(.date, date.words, meaning: meaning, effect: .condition)) else {
                continue
            }
            let dated = SearchQuery.filter(SearchFilters(from: from, to: to))
            // A time that is written out may also be one that the text speaks of.
            times.append(date.isRelative ? dated : .or([.words(SearchWords(date.words)), dated]))
        }
        takeMonths()
    }

    /// "2021-10", "110.10" between blanks.
    private mutating func takeMonths() {
        var start = 0
        for word in bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
            let range = start..<start + word.count
            start += word.count + 1
            let text = String(decoding: word, as: UTF8.self)
            // Shorter years are parts of other numbers.
            guard word.prefix(while: { (0x30...0x39).contains($0) }).count >= 3, word.count >= 6,
                let month = IndexDate(typed: text), month.month != nil, month.day == nil,
                let day = CalendarDate(iso: month.iso)
            else { continue }
            let (from, to) = (day.firstDay.iso, day.lastDay.iso)
            guard take(range, UnderstoodWords(.date, text, meaning: "\(from)..\(to)", effect: .condition)) else {
                continue
            }
            times.append(.or([.words(SearchWords(text)), .filter(SearchFilters(from: from, to: to))]))
        }
    }

    /// First and last day; nil where a side is open or the date names no time.
    private static func interval(_ date: DateExpression) -> (from: String?, to: String?)? {
        guard let start = date.start ?? date.end else { return nil }
        let end = date.end ?? start
        switch date.bound {
        case .after, .from: return date.end == nil ? (start.firstDay.iso, nil) : (start.firstDay.iso, end.lastDay.iso)
        case .before, .by, .until:
            return date.end == nil || date.start == nil ? (nil, end.lastDay.iso) : (start.firstDay.iso, end.lastDay.iso)
        case .every: return nil
        default:
            guard start <= end else { return nil }
            return (start.firstDay.iso, end.lastDay.iso)
        }
    }

    // MARK: - Meetings

    private mutating func takeSeries() {
        let scalars = Array(rest.unicodeScalars)
        guard let found = knowledge.seriesNames.first(in: scalars) else { return }
        let start = scalars[..<found.range.lowerBound].reduce(0) { $0 + UTF8.width($1) }
        let length = scalars[found.range].reduce(0) { $0 + UTF8.width($1) }
        let range = start..<start + length
        if take(range, UnderstoodWords(.series, words(range), meaning: found.name, effect: .condition)) {
            conditions.append(.filter(SearchFilters(series: [found.name])))
        }
    }

    /// "第213次" beside a series or a meeting, "meeting 7".
    private mutating func takeMeeting() {
        let isMeeting = places.contains { $0.1.kind == .series } || rest.contains("會議") || rest.contains("會報")
        guard let (range, number) = MeetingOrdinal.first(in: bytes, isMeeting: isMeeting) else { return }
        if take(range, UnderstoodWords(.meeting, words(range), meaning: String(number), effect: .condition)) {
            conditions.append(.filter(SearchFilters(meetings: [number])))
        }
    }

    // MARK: - Names

    private mutating func takeNames() {
        for mention in knowledge.finder.mentions(in: rest) {
            switch mention.kind {
            case .agency:
                let others = knowledge.otherNames(of: mention)
                guard !others.isEmpty else { continue }
                let understood = UnderstoodWords(
                    .agency, mention.words, meaning: others.joined(separator: "、"), effect: .alternatives)
                guard take(mention.range, understood) else { continue }
                named.append(
                    SearchWords(
                        mention.words, synonyms: others, facts: SearchFilters(agencies: Set(others + [mention.words]))))
            case .person:
                let others = knowledge.otherNames(ofPerson: mention)
                let names = knowledge.fullNames(of: mention)
                let understood = UnderstoodWords(
                    .person, mention.words, meaning: (names.isEmpty ? [mention.words] : names).joined(separator: "、"),
                    effect: .alternatives)
                guard take(mention.range, understood) else { continue }
                let all = Set(names + others + [mention.words])
                // Whoever has to do something is named as agencies are.
                named.append(
                    SearchWords(
                        mention.words, synonyms: others, facts: SearchFilters(agencies: all, speakers: all)))
            default: continue
            }
        }
    }

    // MARK: - Decisions

    /// Words that ask for what was decided; they stay where they are.
    private mutating func takeDecision() {
        let folded = Folding.key(rest)
        guard let asked = Self.decisions.first(where: { folded.contains(Folding.key($0)) }),
            !literal.contains(Folding.key(asked))
        else { return }
        wantsDecision = true
        places.append(
            (
                bytes.count,
                UnderstoodWords(.decision, asked, meaning: ResultKind.conclusion.rawValue, effect: .preference)
            ))
    }

    private static let decisions = [
        "決議", "結論", "決定", "裁示", "decision", "decide", "agree", "resolution", "resolved", "action item", "conclusion",
    ]
}
