import DocketCore
import Foundation
import Testing

@testable import DocketIngest

struct WhisperReaderTests {
    @Test func `OpenAI's verbose answer gives times, confidence and language by name`() async throws {
        let source = try await readSource(
            """
            {"task":"transcribe","language":"chinese","duration":13.08,"text":" 大家好。 請開始。","segments":[
            {"id":0,"seek":0,"start":0.0,"end":2.4,"text":" 大家好。","tokens":[50364],"avg_logprob":-0.1,
             "compression_ratio":1.2,"no_speech_prob":1.7e-10,"words":[{"word":"大家好","start":0.05,"end":2.7600000000000002}]},
            {"id":1,"start":2.4,"end":14.5,"text":"請開始。","avg_logprob":-1.5,"no_speech_prob":null}]}
            """)
        #expect(source.words == ["大家好。", "請開始。"])
        #expect(source.kind == .transcript && source.language == "zh-Hant")
        #expect(source.passages.map(\.time) == [TimeRange(start: 0, end: 2400), TimeRange(start: 2400, end: 13080)])
        #expect(abs((source.passages[0].locator?.confidence ?? 0) - 0.905) < 0.001)
        #expect(source.findings.map(\.rule) == ["READ-06", "READ-07"])
        #expect(source.findings[0].place.spans.first?.range == source.passages[1].range)
    }

    @Test func `whisper.cpp's command line: milliseconds, a code, marks between the words`() async throws {
        let source = try await readSource(
            """
            {"systeminfo":"x","model":{"type":"base"},"params":{},"result":{"language":"en"},"transcription":[
            {"timestamps":{"from":"00:00:00,000","to":"00:00:02,400"},"offsets":{"from":0,"to":2400},
             "text":"[_BEG_] Good morning everyone.[_TT_120]","tokens":[{"text":"[_BEG_]","p":0.99}]},
            {"offsets":{"from":2400,"to":4000},"text":" (speaker ?) Yes. [SPEAKER_TURN]"},
            {"offsets":{"from":4000,"to":5000},"text":"(speaker 1) No.","speaker":"1"}]}
            """)
        #expect(source.words == ["Good morning everyone.", "Yes.", "No."])
        #expect(source.passages.map(\.speaker) == [nil, nil, "1"])
        #expect(source.passages.map(\.time?.end) == [2400, 4000, 5000])
        #expect(source.language == "en")
    }

    @Test func `WhisperX: words may lack times and speakers, segments too`() async throws {
        let source = try await readSource(
            """
            {"segments":[{"start":0.5,"end":2.3,"text":" Hello 58.","words":[{"word":"Hello","start":0.63,"end":1.27,
            "score":0.76,"speaker":"SPEAKER_00"},{"word":"58."}]},
            {"text":" Bye","words":[{"word":"Bye","start":3.0,"end":3.4}]}],"word_segments":[],"language":"en"}
            """)
        #expect(source.passages.map(\.speaker) == ["SPEAKER_00", nil])
        #expect(source.passages[1].time == TimeRange(start: 3000, end: 3400))
        #expect(source.passages[0].locator?.confidence == 0.76)
    }

    @Test func `durations as strings, speakers as numbers, missing times`() async throws {
        let source = try await readSource(
            """
            {"duration":"27.4","text":"a b","segments":[{"type":"transcript.text.segment","id":"seg_001","start":"0.0",
            "end":"4.7","text":"a","speaker":"A"},{"text":"b","speaker":2},{"text":"","speaker":3}]}
            """)
        #expect(source.words == ["a", "b"])
        #expect(source.passages.map(\.speaker) == ["A", "2"])
        #expect(source.passages.map(\.time) == [TimeRange(start: 0, end: 4700), nil])
    }

    @Test func `a text alone is read by lines, words alone by speakers and pauses`() async throws {
        let plain = try await readSource("{\"text\":\" Good morning.\\n Let us begin.\\n\"}")
        #expect(plain.words == ["Good morning.", "Let us begin."])
        let words = try await readSource(
            """
            {"text":"x","language":"en","words":[{"word":"Good","start":0,"end":0.4,"speaker":0},
            {"word":"day","start":0.4,"end":1,"speaker":0},{"word":"Yes","start":1,"end":1.5,"speaker":1},
            {"word":"indeed","start":4,"end":5,"speaker":1}]}
            """)
        #expect(words.words == ["Good day", "Yes", "indeed"])
        #expect(words.passages.map(\.speaker) == ["0", "1", "1"])
    }

    @Test func `the same words again and again are doubtful`() async throws {
        let segment = "{\"start\":0,\"end\":1,\"text\":\"請不吝點贊訂閱\"}"
        let source = try await readSource(
            "{\"segments\":[\(Array(repeating: segment, count: 4).joined(separator: ","))]}")
        #expect(source.passages.count == 4)
        #expect(source.findings.filter { $0.rule == "READ-06" }.count == 3)
    }

    @Test func `no speech found is no text, a cut file is named so`() async throws {
        await #expect(throws: IngestError.noText(file: "x", format: "Whisper JSON")) {
            try await readSource("{\"result\":{\"language\":\"en\"},\"transcription\": []}")
        }
        await #expect {
            try await readSource("{\"segments\":[{\"start\":0,\"end\":1,\"text\":\"好")
        } throws: {
            if case .truncated(_, "Whisper JSON", _) = $0 as? IngestError { true } else { false }
        }
    }
}

struct TableReaderTests {
    @Test func `quotes, breaks inside them and other delimiters are understood`() async throws {
        let found = sources(
            try await read(
                Data("案名;案由;檔號;文件產生日期;密等\n\"甲\"\"乙\";\"第一行\n第二行\";0110;1131105;密\n丙;;0111;;\n".utf8)))
        #expect(found.map(\.title) == ["甲\"乙", "丙"])
        #expect(found[0].words == ["甲\"乙", "第一行\n第二行"])
        #expect(found[0].date == "2024-11-05" && found[0].facts["code"] == "0110")
        #expect(found.map(\.classification) == [.restricted, .internal])
        #expect(found.map(\.origin.line) == [2, 4])
    }

    @Test func `a table of something else is one source of rows`() async throws {
        let source = try await readSource("姓名,職稱,出席別\n沈維岳,秘書長,主席\n\"王, 小明\",科長,出席\n")
        #expect(source.kind == .attendance)
        #expect(source.text == "姓名\t職稱\t出席別\n沈維岳\t秘書長\t主席\n王, 小明\t科長\t出席")
        #expect(source.passages.map { $0.locator?.row } == [1, 2, 3])
    }

    @Test func `prose with a comma in each line is no table`() async throws {
        let source = try await readSource("Good morning, all.\nWe begin, now.\nThat is all, thanks.\n")
        #expect(source.origin.reader == "plain-text/1")
    }
}
