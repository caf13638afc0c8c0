import DocketCore
import Foundation
import Testing

@testable import DocketIngest

struct RecordLinesReaderTests {
    @Test func `a day that the calendar lacks is no date`() {
        #expect(ISODate.day("2024-02-29T10:00:00Z") == "2024-02-29")
        for text in ["2024-02-31", "2023-02-29", "2024-13-01", "2024-2-03", "2024-02"] {
            #expect(ISODate.day(text) == nil)
        }
    }

    @Test func `a meeting keeps one passage an utterance, also an empty one, and reads no answers`() async throws {
        let line = """
            {"id":"m-1","title":"第3次會議","date":"2019-02-21","lang":"zh-Hant","utterances":[{"speaker":"主席",\
            "text":"開始。\\n報告。","start":0.5,"end":2.25},{"speaker":null,"text":"一、案由","kind":"item"},\
            {"speaker":7,"text":""}],"overall_summary":"答案","topic_segments":[{"title":"主題"}]}
            """
        let source = try #require(sources(try await read(Data((line + "\n\n").utf8))).first)
        expectSound(source)
        #expect(source.text == "開始。\n報告。\n一、案由\n")
        #expect(source.kind == .transcript && source.title == "第3次會議" && source.date == "2019-02-21")
        #expect(source.passages.map(\.speaker) == ["主席", nil, "7"])
        #expect(source.passages.map(\.mark) == [nil, "item", nil])
        #expect(source.passages[0].time == TimeRange(start: 500, end: 2250))
        #expect(source.facts["external"] == "m-1")
        #expect(source.origin.line == 1)
    }

    @Test func `catalogue records become title and abstract with facts`() async throws {
        let lines = """
            {"id":"r1","title":"道路挖掘","abstract":"本案說明。","subjects":["道路","工程"],"agency":"工務局","date":"2021-03-04","code":"0110"}
            {"id":2,"lang":"fi","text":"Oulunlinnan salakäytävä","subjects":["http://x/p1"]}

            {"id":"c","title":"梵文","text":"在歐洲。\\n第二段。","keywords":["語言"],"category":"文學"}
            """
        let found = sources(try await read(Data(lines.utf8)))
        found.forEach { expectSound($0) }
        #expect(found.map(\.kind) == [.record, .record, .record])
        #expect(found.map(\.words) == [["道路挖掘", "本案說明。"], ["Oulunlinnan salakäytävä"], ["梵文", "在歐洲。", "第二段。"]])
        #expect(found.map(\.origin.line) == [1, 2, 4])
        #expect(found[0].facts == ["external": "r1", "agency": "工務局", "code": "0110", "subjects": "道路\n工程"])
        #expect(found[0].date == "2021-03-04")
        #expect(found[1].language == "fi" && found[1].facts["external"] == "2")
        #expect(found[2].facts["category"] == "文學")
        #expect(Set(found.map(\.origin.sha256)).count == 1)
    }

    @Test func `a bad line is an error of its own and the rest is read`() async throws {
        let lines =
            "{\"id\":1,\"title\":\"甲\"}\n{\"id\":2,\"title\":\"乙\n{\"id\":3,\"other\":1}\n{\"id\":4,\"title\":\"丁\"}\n"
        guard case .records(let records) = try await read(Data(lines.utf8)) else { throw CancellationError() }
        var errors: [Int] = []
        var titles: [String] = []
        for element in records {
            switch element.result {
            case .success(let document): titles.append(document.title)
            case .failure: errors.append(element.line)
            }
        }
        #expect(titles == ["甲", "丁"])
        #expect(errors == [2, 3])
    }

    @Test func `a line over the limit is refused without being parsed`() async throws {
        let line = "{\"id\":1,\"title\":\"" + String(repeating: "長", count: 1000) + "\"}\n"
        var options = ReadingOptions()
        options.limits.recordBytes = 1000
        await #expect(
            throws: IngestError.limitExceeded(file: "x", limit: .recordBytes, value: 1000, place: .init(line: 1))
        ) { try await read(Data(line.utf8), options: options) }
    }

    @Test func `JSON of no known form is named so`() async throws {
        for text in ["{\"a\":1}\n{\"a\":2}\n", "[{\"a\":1}]", "{\n \"a\": 1\n}"] {
            await #expect {
                try await read(Data(text.utf8))
            } throws: {
                guard case .unsupported(_, "JSON of an unknown kind", _) = $0 as? IngestError else { return false }
                return true
            }
        }
    }
}
