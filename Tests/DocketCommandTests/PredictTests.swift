import Foundation
import Testing

struct PredictTests {
    private static let utterances = (0..<40).map { index in
        let topic = index < 20 ? "圖書館夜間開放的人力與經費" : "公車路線調整與候車亭的位置"
        return #"{"speaker":"S\#(index % 3 + (index < 20 ? 0 : 3))","text":"我們討論\#(topic)，第\#(index)點是請相關單位在下週提出說明。"}"#
    }

    private static func meeting(_ more: String) -> String {
        #"{"id":"m1","lang":"zh-Hant","utterances":[\#(utterances.joined(separator: ","))],"topic_segments":[{"start_utt":0,"end_utt":19\#(more)},{"start_utt":20,"end_utt":39\#(more)}],"queries":[{"query":"公車路線怎麼調整？"\#(more)}]\#(more)}"#
    }

    private func predict(_ task: String, _ input: String, _ arguments: String...) throws -> [[String: Any]] {
        try Program.withFolder { folder in
            let file = folder.appending(path: "in.jsonl")
            let out = folder.appending(path: "out.jsonl")
            try (input + "\n").write(to: file, atomically: true, encoding: .utf8)
            let result = try Program.run(["predict", task, "--in", file.path, "--out", out.path] + arguments)
            guard result.status == 0 else { throw Program.Failed(result: result) }
            let text = try String(contentsOf: out, encoding: .utf8)
            return Program.Result(status: 0, output: text, errors: "").objects
        }
    }

    @Test(arguments: ["seg", "summary", "segsum", "title", "query", "items"])
    func `what a record says of its own answers changes nothing`(task: String) throws {
        let plain = try predict(task, Self.meeting(""))
        let gold =
            #","overall_summary":"金句","summary":"金句","title":"金句","answer":"金句","decisions":["金句"],"actions":["金句"]"#
        let told = try predict(task, Self.meeting(gold))
        #expect(NSArray(array: plain) == NSArray(array: told))
        #expect(plain.first?["id"] as? String == "m1")
    }

    @Test func `segments cover all utterances in order`() throws {
        let segments = try #require(try predict("seg", Self.meeting("")).first?["topic_segments"] as? [[String: Int]])
        #expect(segments.first?["start_utt"] == 0)
        #expect(segments.last?["end_utt"] == 39)
        for (left, right) in zip(segments, segments.dropFirst()) {
            #expect(right["start_utt"] == (left["end_utt"] ?? 0) + 1)
        }
    }

    @Test func `a summary keeps to the length asked for`() throws {
        for length in [60, 120, 200] {
            let output = try predict("summary", Self.meeting(""), "--length", "\(length)")
            let summary = try #require(output.first?["overall_summary"] as? String)
            #expect(!summary.isEmpty)
            #expect(summary.count <= length + length / 5)
        }
        let short = try predict("summary", Self.meeting(""), "--length", "5").first?["overall_summary"] as? String
        #expect(short?.isEmpty == false, "one sentence is given where none is so short")
    }

    @Test func `each segment and query has its answer`() throws {
        #expect((try predict("segsum", Self.meeting("")).first?["segment_summaries"] as? [String])?.count == 2)
        #expect((try predict("title", Self.meeting("")).first?["segment_titles"] as? [String])?.count == 2)
        let answer = try #require((try predict("query", Self.meeting("")).first?["answers"] as? [String])?.first)
        #expect(answer.contains("公車"))
    }

    @Test func `documents are ranked for each query`() throws {
        try Program.withFolder { folder in
            let corpus = folder.appending(path: "corpus.jsonl")
            try
                (#"{"id":"d1","title":"停車","text":"市政大樓停車場地坪整修"}"# + "\n"
                + #"{"id":"d2","title":"圖書","text":"圖書館夜間開放"}"# + "\n").write(
                    to: corpus, atomically: true, encoding: .utf8)
            let answers = try predict("ret", #"{"id":"q","text":"圖書館什麼時候開放？"}"#, "--corpus", corpus.path)
            #expect(answers.first?["query_id"] as? String == "q")
            #expect((answers.first?["doc_ids"] as? [String])?.first == "d2")
        }
    }

    @Test func `subject terms are concepts of the vocabulary, learned from the records that are given`() throws {
        try Program.withFolder { folder in
            let (vocabulary, train) = (folder.appending(path: "v.tsv"), folder.appending(path: "train.jsonl"))
            try "<https://v.example/1>\t停車\n<https://v.example/2>\t圖書館\n<https://v.example/3>\t交通管理\n".write(
                to: vocabulary, atomically: true, encoding: .utf8)
            let records = (0..<8).map { number in
                let text = number % 2 == 0 ? "停車場第\(number)區整修" : "圖書館第\(number)期開放"
                return
                    #"{"id":\#(number),"text":"\#(text)","subjects":["https://v.example/\#(number % 2 == 0 ? 3 : 2)"]}"#
            }
            try records.joined(separator: "\n").write(to: train, atomically: true, encoding: .utf8)
            let answers = try predict(
                "subj", #"{"id":"q","text":"停車場地坪整修","subjects":["https://v.example/2"]}"#, "--vocabulary",
                vocabulary.path, "--train", train.path)
            #expect((answers.first?["subjects"] as? [String])?.first == "https://v.example/3")
            #expect(
                try Program.run("predict", "subj", "--in", train.path, "--out", folder.appending(path: "o").path)
                    .status == 2, "a vocabulary is needed")
        }
    }

    @Test func `keywords of a Chinese record are phrases of it`() throws {
        let record = #"{"id":"q","title":"都市更新獎勵機制之研究","abstract":"本文探討都市更新獎勵機制，分析容積獎勵對都市更新的影響。"}"#
        let keywords = try #require(try predict("key", record).first?["keywords"] as? [String])
        #expect(keywords.prefix(5).contains("都市更新"))
        #expect(keywords.allSatisfy(record.contains))
    }

    @Test func `claims are checked without a library`() throws {
        try Program.withFolder { folder in
            let file = folder.appending(path: "claims.jsonl")
            let source = #""sources":[{"id":"s","text":"請主計處於11月15日前提出改善計畫，經費 3 萬 7,000 元。"}]"#
            try
                (#"{"id":"a",\#(source),"claim":"主計處應於11月15日前提出改善計畫。"}"# + "\n"
                + #"{"id":"b",\#(source),"claim":"經費為 37,000 元。"}"# + "\n"
                + #"{"id":"c",\#(source),"claim":"經費為 47,000 元。"}"# + "\n").write(
                    to: file, atomically: true, encoding: .utf8)
            let answers = try Program.run("check", "--claims", file.path, "--json").objects
            #expect(answers.map { $0["verdict"] as? String } == ["supported", "supported", "contradicted"])
        }
    }

    @Test func `an unknown task and a bad line are named`() throws {
        #expect(try Program.run("predict", "asr", "--in", "x", "--out", "y").status == 2)
        try Program.withFolder { folder in
            let file = folder.appending(path: "in.jsonl")
            try (Self.meeting("") + "\nnonsense\n").write(to: file, atomically: true, encoding: .utf8)
            let result = try Program.run(
                "predict", "seg", "--in", file.path, "--out", folder.appending(path: "o").path)
            #expect(result.status == 3)
            #expect(result.errors.contains("line 2"))
        }
    }

    @Test func `a bad line costs its own answer alone`() throws {
        try Program.withFolder { folder in
            let (file, out) = (folder.appending(path: "in.jsonl"), folder.appending(path: "o.jsonl"))
            let record = #"{"id":"ID","title":"停車","abstract":"停車場地坪整修","text":"停車場"}"#
            func line(_ id: String) -> String { record.replacing("ID", with: id) + "\n" }
            let hostile = #"{"id":"t","utterances":[{"text":"甲乙丙","start":-1e300,"end":1e300}]}"# + "\n"
            let lines = line("a") + "nonsense\n\n" + line("b") + "{\"title\":1}\n" + line("c")
            try lines.write(to: file, atomically: true, encoding: .utf8)
            let result = try Program.run("predict", "key", "--in", file.path, "--out", out.path)
            #expect(result.status == 3)
            let said = result.errors.split(separator: "\n")
            #expect(said.count == 3, "two bad lines and the count of answers: \(result.errors)")
            #expect(said[0].contains("in.jsonl line 2: not JSON. Mend that line."))
            #expect(said[1].contains("in.jsonl line 5: ") && said[1].contains("id"))
            func ids(_ name: String) throws -> [String?] {
                let text = try String(contentsOf: out, encoding: .utf8)
                return Program.Result(status: 0, output: text, errors: "").objects.map { $0[name] as? String }
            }
            #expect(try ids("id") == ["a", "b", "c"])
            let ranked = try Program.run("predict", "ret", "--in", file.path, "--corpus", file.path, "--out", out.path)
            #expect(ranked.status == 3)
            #expect(try ids("query_id") == ["a", "b", "c"])
            try hostile.write(to: file, atomically: true, encoding: .utf8)
            #expect(try Program.run("predict", "seg", "--in", file.path, "--out", out.path).status == 0)
            #expect(try Program.run("predict", "seg", "--in", file.path, "--out", "/nonexistent/o").status == 5)
        }
    }

    @Test func `a bad claim costs its own answer alone`() throws {
        try Program.withFolder { folder in
            let file = folder.appending(path: "claims.jsonl")
            func line(_ id: String) -> String {
                #"{"id":"\#(id)","sources":[{"id":"s","text":"經費 3 萬元。"}],"claim":"經費 3 萬元。"}"# + "\n"
            }
            try (line("a") + "nonsense\n" + "{\"id\":\"b\"}\n" + line("c")).write(
                to: file, atomically: true, encoding: .utf8)
            let result = try Program.run("check", "--claims", file.path, "--json")
            #expect(result.status == 3)
            #expect(result.objects.map { $0["id"] as? String } == ["a", "c"])
            let said = result.errors.split(separator: "\n")
            #expect(said.count == 2 && said.allSatisfy { $0.contains("\"code\":3") }, "\(result.errors)")
            #expect(said[0].contains("claims.jsonl line 2: not JSON") && said[1].contains("line 3: sources is missing"))
        }
    }
}
