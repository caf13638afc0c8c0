import DocketTestSupport
import DocketText
import Testing

@Suite struct SearchTokenizerTests {
    private func index(_ text: String) -> [SearchToken] {
        var tokens: [SearchToken] = []
        SearchTokenizer().index(text) { tokens.append($0) }
        return tokens
    }

    private func terms(_ text: String, _ kinds: Set<SearchToken.Kind> = [.bigram, .runEnd, .word]) -> [String] {
        index(text).filter { kinds.contains($0.kind) }.map { "\($0.term)@\($0.position)" }
    }

    @Test func `a run gives its pairs and its last character, with a gap after it`() {
        #expect(terms("會議結論，備查") == ["会议@0", "议结@1", "结论@2", "论@3", "备查@5", "查@6"])
        #expect(terms("查") == ["查@0"])
        #expect(terms("用 TAIPEION 系統") == ["用@0", "taipeion@2", "系统@4", "统@5"])
    }

    @Test func `ranges point into the text given`() {
        let text = "臺北 ＱＲ Code"
        #expect(index(text).map { text.slice($0.range) } == ["臺北", "北", "ＱＲ", "Code"])
    }

    @Test(arguments: [
        ("3 萬 7,113 件", "#37113"), ("三萬七千一百一十三件", "#37113"), ("37113", "#37113"), ("106 萬 9,628", "#1069628"),
        ("3 萬 507 包", "#30507"), ("一百二十萬", "#1200000"), ("98.82%", "#98.82"), ("3.5億", "#350000000"), ("第三次", "#3"),
        ("二〇二一", "#2021"), ("１２３", "#123"), ("十五案", "#15"), ("1 萬 5,000 件", "#15000"),
    ])
    func `numerals of both kinds meet by value`(text: String, term: String) {
        #expect(index(text).filter { $0.kind == .number }.map(\.term) == [term])
    }

    @Test(arguments: ["三民路", "統一", "B1", "ES2009a", "萬一", "千萬別"])
    func `characters that only look like numerals have no value`(text: String) {
        #expect(!index(text).contains { $0.kind == .number && $0.range.count <= 3 })
    }

    @Test(arguments: [
        ("110年10月26日", "@2021-10-26"), ("民國 110 年 10 月 26 日", "@2021-10-26"), ("2021-10-26", "@2021-10-26"),
        ("110/10/26", "@2021-10-26"), ("110.10.26", "@2021-10-26"), ("一百一十年十月二十六日", "@2021-10-26"),
        ("2021年10月", "@2021-10"), ("110年度", "@2021"), ("二〇二一年", "@2021"), ("10月26日", "@--10-26"), ("民國9年", "@1920"),
    ])
    func `dates of both calendars meet`(text: String, term: String) {
        #expect(SearchTokenizer().query(text).first { $0.kind == .date }?.term == term)
        #expect(index(text).contains { $0.kind == .date && $0.term == term })
    }

    @Test(arguments: ["為期3年", "1.5", "13月2日", "110年13月", "電話 2720-8889"])
    func `what is no date gives none`(text: String) {
        #expect(!index(text).contains { $0.kind == .date && $0.term.contains("-") })
    }

    @Test func `a full date also answers for its month, its year and its day`() {
        let dates = index("110年10月26日").filter { $0.kind == .date }.map(\.term)
        #expect(Set(dates) == ["@2021-10-26", "@2021-10", "@2021", "@--10-26"])
    }

    @Test func `an English word is found by its stem from either side`() {
        let running = Set(index("running").map(\.term))
        let query = Set(SearchTokenizer().query("runs").map(\.term))
        #expect(!running.isDisjoint(with: query))
        #expect(Set(index("run").map(\.term)).isDisjoint(with: query) == false)
        #expect(Set(SearchTokenizer().query("run").map(\.term)).isDisjoint(with: running) == false)
    }

    @Test func `a query leaves out what its pairs hold already`() {
        #expect(SearchTokenizer().query("會議結論").map(\.term) == ["会议", "议结", "结论"])
        #expect(SearchTokenizer().query("查").map(\.kind) == [.runEnd])
    }

    @Test(arguments: 0..<200)
    func `every run is found by each of its parts`(seed: UInt64) {
        let text = RandomText.mixed(count: 60, seed: seed)
        let tokens = index(text)
        var position = 0
        for token in tokens {
            #expect(token.position >= position, "seed \(seed)")
            position = token.position
            let words = text.slice(token.range)
            #expect(String(validating: Array(text.utf8)[token.range], as: UTF8.self) != nil, "seed \(seed)")
            if token.kind == .bigram || token.kind == .word {
                #expect(Folding.key(words).contains(token.term), "seed \(seed)")
            }
        }
    }

    @Test(arguments: 0..<200)
    func `a phrase of ideographs stands where its terms follow one another`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("臺台會議紀記錄，。 a")
        let text = String((0..<60).map { _ in alphabet.randomElement(using: &generator) ?? "會" })
        let phrase = String(
            (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                "台會議紀錄".randomElement(using: &generator) ?? "會"
            })
        #expect(matches(phrase, in: text) == Folding.key(text).contains(Folding.key(phrase)), "seed \(seed)")
    }

    /// The rule that the index follows: a phrase's terms at consecutive positions, one character by its pairs or run end.
    private func matches(_ phrase: String, in text: String) -> Bool {
        let query = SearchTokenizer().query(phrase)
        let tokens = index(text)
        if query.count == 1, query[0].kind == .runEnd {
            return tokens.contains {
                $0.term == query[0].term || ($0.kind == .bigram && $0.term.hasPrefix(query[0].term))
            }
        }
        let places = Set(tokens.map { "\($0.term)@\($0.position)" })
        return tokens.filter { $0.term == query[0].term }.contains { first in
            query.allSatisfy { places.contains("\($0.term)@\(first.position + $0.position - query[0].position)") }
        }
    }

    @Test(arguments: [
        ("caresses", "caress"), ("ponies", "poni"), ("cats", "cat"), ("agreed", "agre"), ("plastered", "plaster"),
        ("motoring", "motor"), ("conflated", "conflat"), ("hopping", "hop"), ("falling", "fall"), ("filing", "file"),
        ("happy", "happi"), ("relational", "relat"), ("conditional", "condit"), ("generalizations", "gener"),
        ("oscillators", "oscil"), ("adoption", "adopt"), ("controlling", "control"), ("electricity", "electr"),
    ])
    func `stems are those of the published algorithm`(word: String, stem: String) {
        #expect(index(word).last?.term == "~" + stem)
    }
}
