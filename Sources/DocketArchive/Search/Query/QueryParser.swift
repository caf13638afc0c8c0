import DocketText

/// Reads the query language.
///
/// Words side by side must all be there; a run of Chinese characters must stand as it is written. Between quotation marks
/// (also 「」『』《》) words must follow one another, and other forms of a word, number or date do not count. AND, OR and NOT
/// in capitals (or "-" before a word) and brackets combine; NOT binds tightest, OR loosest. `kind:` `series:` `agency:`
/// `date:` `status:` `classification:` `source:` `scope:` (類別 會議 機關 日期 狀態 密等 來源 範圍) filter; dates are of either
/// calendar and may be ranges: `date:2021-10..110.12.31`.
///
/// A text without quotation marks and operators is read as a plain question when it has five characters or more and ends in
/// a question mark or holds an interrogative, or when it is longer than forty characters and has sentence punctuation.
public struct QueryParser: Sendable {
    /// A parser; it has no settings.
    public init() {}

    /// Deepest nesting of brackets and negations.
    static let deepest = 64

    /// Reads `text` in the query language, plain words as words that must all be there; an empty one asks for everything.
    /// - Throws: `ArchiveError.malformedQuery` with the byte offset of the first bad token.
    public func parse(_ text: String) throws -> SearchQuery {
        var lexer = try QueryLexer(text)
        return try grammar(try lexer.tokens(), of: text)
    }

    private func grammar(_ tokens: [QueryLexer.Token], of text: String) throws -> SearchQuery {
        var parser = QueryGrammar(tokens: tokens, end: text.utf8.count)
        let query = try parser.parse()
        let hasTerms = tokens.contains { if case .field = $0.kind { true } else { false } } || Self.isSearchable(text)
        guard tokens.isEmpty || hasTerms else {
            throw ArchiveError.badQuery(at: 0, "其中沒有可檢索的內容", "nothing in it can be searched for")
        }
        return query
    }

    /// What a query may mean, the narrowest reading first.
    struct Reading {
        var attempts: [PlainQueryReader.Attempt]
        var understood: [UnderstoodWords] = []
        var wantsDecision = false
    }

    /// Reads the words of a request.
    /// - Throws: `ArchiveError.malformedQuery` with the byte offset of the first bad token.
    func read(_ request: SearchRequest, knowledge: SearchKnowledge) async throws -> Reading {
        let text = request.text
        if request.mode == .question {
            return Reading(attempts: [PlainQueryReader.Attempt(query: .question(text), breadth: .any)])
        }
        var lexer = try QueryLexer(text)
        let tokens = try lexer.tokens()
        if request.mode == .automatic, let plain = try plain(tokens) {
            let reader = try await PlainQueryReader(
                plain.text, conditions: plain.conditions, knowledge: knowledge,
                today: request.today.flatMap(CalendarDate.init(iso:)),
                literal: Set(request.literal.map { Folding.key($0) }))
            if !reader.attempts.isEmpty {
                return Reading(
                    attempts: reader.attempts, understood: reader.understood, wantsDecision: reader.wantsDecision)
            }
        }
        let query = try grammar(tokens, of: text)
        return Reading(attempts: [PlainQueryReader.Attempt(query: query, breadth: .exact)])
    }

    /// The plain words that `tokens` are, and the conditions beside them; nil where operators or quotation marks stand.
    private func plain(_ tokens: [QueryLexer.Token]) throws -> (text: String, conditions: SearchQuery)? {
        var words: [String] = []
        var conditions = SearchQuery.everything
        for token in tokens {
            switch token.kind {
            case .word(let word): words.append(word)
            case .field(let name, let value, let offset):
                guard let field = QueryField(name: name) else { return nil }
                conditions = conditions.and(.filter(try field.filter(value, offset: offset)))
            default: return nil
            }
        }
        return words.isEmpty ? nil : (words.joined(separator: " "), conditions)
    }

    /// True when a text has a term to search for.
    static func isSearchable(_ text: String) -> Bool { !SearchTokenizer().query(text).isEmpty }
}

/// The grammar over tokens: or of ands of nots of words, phrases, fields and bracketed queries.
struct QueryGrammar {
    let tokens: [QueryLexer.Token]
    let end: Int
    private var index = 0
    private var depth = 0

    init(tokens: [QueryLexer.Token], end: Int) {
        self.tokens = tokens
        self.end = end
    }

    mutating func parse() throws -> SearchQuery {
        guard !tokens.isEmpty else { return .everything }
        let query = try disjunction()
        if index < tokens.count {
            throw ArchiveError.badQuery(at: tokens[index].offset, "括號不成對", "bracket without its pair")
        }
        return query ?? .everything
    }

    /// Nil stands for words of punctuation only, which ask for nothing.
    private mutating func disjunction() throws -> SearchQuery? {
        var parts = [try conjunction()]
        while peek == .or {
            index += 1
            parts.append(try conjunction())
        }
        let known = parts.compactMap { $0 }
        return known.count < 2 ? known.first : .or(known)
    }

    private mutating func conjunction() throws -> SearchQuery? {
        var query = try negation()
        while let next = peek, next != .or, next != .close {
            if next == .and { index += 1 }
            if let part = try negation() { query = query?.and(part) ?? part }
        }
        return query
    }

    private mutating func negation() throws -> SearchQuery? {
        guard peek == .not else { return try primary() }
        try nested {
            $0.index += 1
        }
        defer { depth -= 1 }
        return try negation().map { .not($0) }
    }

    private mutating func primary() throws -> SearchQuery? {
        guard index < tokens.count else {
            throw ArchiveError.badQuery(at: end, "結尾缺少詞語", "a word is missing at the end")
        }
        let token = tokens[index]
        index += 1
        switch token.kind {
        case .word(let text):
            return QueryParser.isSearchable(text) ? .words(SearchWords(text)) : nil
        case .phrase(let text):
            return QueryParser.isSearchable(text) ? .words(SearchWords(text, isQuoted: true)) : nil
        case .near(let text, let distance):
            guard QueryParser.isSearchable(text) else { return nil }
            var words = SearchWords(text, isQuoted: true)
            words.distance = distance
            return .words(words)
        case .prefix(let text):
            guard QueryParser.isSearchable(text) else { return nil }
            var words = SearchWords(text)
            words.isPrefix = true
            return .words(words)
        case .field(let name, let value, let offset):
            guard let field = QueryField(name: name) else { return nil }
            return .filter(try field.filter(value, offset: offset))
        case .open: return try bracket(token.offset)
        case .close: throw ArchiveError.badQuery(at: token.offset, "括號不成對", "bracket without its pair")
        case .and, .or, .not:
            throw ArchiveError.badQuery(at: token.offset, "運算子兩側都要有詞語", "an operator needs a word on either side")
        }
    }

    private mutating func bracket(_ offset: Int) throws -> SearchQuery? {
        try nested { _ in }
        defer { depth -= 1 }
        let query = try disjunction()
        guard peek == .close else {
            throw ArchiveError.badQuery(at: offset, "括號不成對", "bracket without its pair")
        }
        index += 1
        return query
    }

    private mutating func nested(_ body: (inout QueryGrammar) -> Void) throws {
        guard depth < QueryParser.deepest else {
            throw ArchiveError.badQuery(at: tokens[index - 1].offset, "巢狀過深", "nested too deeply")
        }
        depth += 1
        body(&self)
    }

    private var peek: QueryLexer.Token.Kind? { index < tokens.count ? tokens[index].kind : nil }
}
