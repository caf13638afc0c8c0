import DocketArchive
import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketPipeline

@Suite struct QueryListTests {
    /// All elements of a list that comes in pieces of `size` bytes.
    private static func elements(_ data: Data, size: Int = 7) throws -> [QueryList.Element] {
        var rest = data
        var list = QueryList(file: "q") { most in
            let piece = rest.prefix(min(size, most))
            rest = rest.dropFirst(piece.count)
            return piece
        }
        var elements: [QueryList.Element] = []
        while let element = try list.next() { elements.append(element) }
        return elements
    }

    private static func elements(_ text: String) throws -> [QueryList.Element] { try elements(Data(text.utf8)) }

    private static func queries(_ text: String) throws -> [ListedQuery] {
        try elements(text).map { try $0.result.get() }
    }

    private static func problem(_ element: QueryList.Element) -> LocalizedText? {
        guard case .failure(.badLine(_, _, let problem)) = element.result else { return nil }
        return problem
    }

    @Test func `a plain list has a query a line, and remarks`() throws {
        let queries = try Self.queries("\u{FEFF}# 停車\n\n 停車 收費 \r\n#x\n{\"id\":1}\nquery,id\n最後")
        #expect(queries.map(\.query) == ["停車 收費", "{\"id\":1}", "query,id", "最後"])
        #expect(queries.map(\.id) == ["3", "5", "6", "7"])
    }

    @Test func `JSON Lines give all that a query may say`() throws {
        let queries = try Self.queries(
            """
            # a remark

            {"id":"a","query":"備查","limit":2,"today":"2024-02-01","more":[1]}
            {"id":7,"query":"","filters":{"kind":"conclusion","series":"會報","agency":"資訊局","from":"2020","to":"2021-10","status":"列管中"}}
            {"query":"無名","limit":null,"filters":null}
            """)
        #expect(queries.map(\.id) == ["a", "7", "5"])
        #expect(queries[0].limit == 2 && queries[0].today == "2024-02-01")
        let filters = queries[1].filters(over: SearchFilters(kinds: [.passage], scopes: ["案"], to: "1999"))
        let expected = SearchFilters(
            kinds: [.conclusion], series: ["會報"], agencies: ["資訊局"], statuses: ["列管中"], scopes: ["案"], from: "2020",
            to: "2021-10")
        #expect(filters == expected)
        #expect(queries[2].filters(over: expected) == expected)
    }

    @Test func `a table has its columns in any order, in English or Chinese, and rows over several lines`() throws {
        let english =
            "\u{FEFF}note,Query,ID,limit,kind,today\r\nx,\"停車,\n\"\"收費\"\"\",q1,3,passage,2024-01-01\r\n,,,,,\r\n,備查,,,,\r\n"
        let queries = try Self.queries(english)
        #expect(queries.map(\.query) == ["停車,\n\"收費\"", "備查"])
        #expect(queries.map(\.id) == ["q1", "5"])
        #expect(queries[0].limit == 3 && queries[0].kind == .passage && queries[0].today == "2024-01-01")
        let chinese = try Self.queries("編號\t查詢\t機關\t起日\n一\t# 停車\t資訊局\t2020-01-01\n")
        #expect(chinese[0].query == "# 停車" && chinese[0].agency == "資訊局" && chinese[0].from == "2020-01-01")
        var list = QueryList(file: "q", read: Self.once("query,note,id,更多\n停車,,,\n"))
        _ = try list.next()
        #expect(list.unusedColumns == ["note", "更多"])
    }

    private static func once(_ text: String) -> (Int) -> Data? {
        var rest: Data? = Data(text.utf8)
        return { _ in
            defer { rest = nil }
            return rest
        }
    }

    @Test func `a bad line is refused by its number and name, in one language each, and the rest is read`() throws {
        let json = [
            #"{"id":"a","query":"一"}"#, "{", "[1]", #"{"id":"b"}"#, #"{"id":"c","query":"x","limit":0}"#,
            #"{"id":"d","query":"x","filters":{"kind":"book"}}"#, #"{"id":"e","query":"x","filters":{"from":"110年"}}"#,
            #"{"id":"f","query":"x","today":"2024-02"}"#, #"{"id":"g","query":"x","filters":{"agancy":"x"}}"#,
            #"{"id":"h","query":5}"#, #"{"id":"i","query":"x","filters":[]}"#,
            String(repeating: "[", count: 5000), #"{"id":"z","query":"末"}"#,
        ]
        let elements = try Self.elements(json.joined(separator: "\n"))
        #expect(elements.map(\.line) == Array(1...json.count))
        #expect(elements.map { $0.id ?? "-" } == ["a", "-", "-", "b", "c", "d", "e", "f", "g", "h", "i", "-", "z"])
        for element in elements.dropFirst().dropLast() {
            let problem = try #require(Self.problem(element))
            let words = problem.en + problem.zhHant
            #expect(
                !problem.en.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) && $0 != "年" }, "\(words)")
            #expect(problem.zhHant.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(words)")
        }
        #expect(Self.problem(elements[8])?.en.contains("agancy") == true)
        #expect(try elements[0].result.get().query == "一" && elements[12].result.get().query == "末")
    }

    @Test func `what is no text, too long or never closed costs its own line only`() throws {
        let long = Data(repeating: 0x41, count: 3 << 20)
        let big5 = Data([0xB0, 0xB1, 0xA8, 0xAE])
        let break_ = Data([0x0A])
        let plain = try Self.elements(
            Data("一\n".utf8) + big5 + break_ + long + break_ + Data("a\0b\n二".utf8), size: 50_000)
        #expect(plain.map(\.line) == [1, 2, 3, 4, 5])
        #expect(plain.map { Self.problem($0) == nil } == [true, false, false, false, true])
        let table = try Self.elements("query,id\n\"open,1\n停車,2\n備查,3\n")
        #expect(table.map(\.line) == [2, 3, 4])
        #expect(table.map { Self.problem($0) == nil } == [false, true, true])
        let many = try Self.elements(
            Data(("query,id\n\"open,1\n" + String(repeating: "停車,2\n", count: 300)).utf8), size: 4096)
        #expect(many.count == 301 && many.dropFirst().allSatisfy { Self.problem($0) == nil })
    }

    @Test func `a long list is read piece by piece`() throws {
        var made = 0
        var list = QueryList(file: "q") { most in
            guard made < 100_000 else { return nil }
            made += 1000
            return Data(String(repeating: "停車 收費\n", count: 1000).utf8.prefix(most))
        }
        for _ in 0..<1000 { _ = try list.next() }
        #expect(made <= 3000)
        var count = 1000
        while try list.next() != nil { count += 1 }
        #expect(count == 100_000)
    }

    @Test(arguments: 0..<200)
    func `any bytes in any pieces give the same elements and no more than there are lines`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "query", "id", ",", "\"", "\n", "\r\n", "\t", ";", "#", "{", "}", ":", "停車", " ", "\u{FEFF}", "1", "limit",
        ]
        var data = Data()
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            data += Data((pieces.randomElement(using: &random) ?? "").utf8)
            if Int.random(in: 0..<20, using: &random) == 0 { data.append(UInt8.random(in: 0...255, using: &random)) }
        }
        let whole = try Self.elements(data, size: 1 << 20)
        let bits = try Self.elements(data, size: Int.random(in: 1...5, using: &random))
        #expect(whole.map(\.line) == bits.map(\.line) && whole.map(\.id) == bits.map(\.id))
        #expect(whole.map { try? $0.result.get() } == bits.map { try? $0.result.get() })
        #expect(Set(whole.map(\.line)).count == whole.count)
        #expect(whole.count <= data.split(separator: 0x0A, omittingEmptySubsequences: false).count)
    }
}
