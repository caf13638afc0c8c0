import DocketCore
import DocketPipeline
import DocketTestSupport
import Foundation
import Testing

struct RosterFileTests {
    @Test func `agencies and persons are read by English and by Chinese headings`() throws {
        let agencies = try RosterFile.roster(
            rows: [["全銜", "簡稱", "上級機關", "機關代碼"], ["虛構市政府教育局", "教育局；教育", "虛構市政府", "990000001A"]], file: "a.csv")
        #expect(agencies.agencies.first?.shortNames == ["教育局", "教育"])
        #expect(agencies.agencies.first?.code == "990000001A")
        let persons = try RosterFile.roster(
            rows: [["name", "title", "agency"], ["林姿吟", "主任秘書", "虛構市政府教育局"]], file: "p.csv")
        let person = try #require(persons.persons.first)
        #expect(person.surname == "林")
        #expect(person.titleAliases == ["主秘"])
    }

    @Test func `a table of something else and an empty cell are named with their place`() {
        #expect(throws: PipelineError.self) { try RosterFile.roster(rows: [["a", "b"], ["1", "2"]], file: "x.csv") }
        #expect(
            throws: PipelineError.malformed(
                file: "x.csv", place: LocalizedText(zhHant: "第 3 列 title", en: "row 3, title"),
                problem: LocalizedText(zhHant: "空白", en: "empty"))
        ) {
            try RosterFile.roster(rows: [["name", "title"], ["甲", "科長"], ["乙", ""]], file: "x.csv")
        }
    }

    @Test func `a series keeps its form and names the key that is wrong`() throws {
        let yaml = "id: s\nname: 處務會議\nissuer: 虛構市政府秘書處\noutcomeLabel: 決議\nother: [1, 2]\n"
        let series = try SeriesFile.series(Data(yaml.utf8), file: "s.yaml")
        #expect(series.id.rawValue == "s")
        #expect(series.hostAgency == "虛構市政府秘書處")
        #expect(series.outcomeLabel == "決議")
        #expect(throws: PipelineError.self) { try SeriesFile.series(Data("id: s\n".utf8), file: "s.yaml") }
        #expect(throws: PipelineError.self) { try SeriesFile.series(Data("- a\n- b: {".utf8), file: "s.yaml") }
    }
}

struct EmbeddedFilesTests {
    @Test func `the binary carries the demo part of the corpus byte for byte`() throws {
        let root = ReferenceData.packageRoot
        let index =
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: root.appending(path: "Corpus/index.json"))) as? [String: Any]
        let demo = try #require(index?["demo"] as? [String: Any])
        let names = Set(try #require(demo["files"] as? [String]))
        let entries = try #require(index?["entries"] as? [[String: Any]])
        let paths = entries.filter { names.contains($0["id"] as? String ?? "") }.compactMap { $0["path"] as? String }
        #expect(!paths.isEmpty)
        for path in paths {
            let embedded = EmbeddedFiles().data("Corpus/" + path)
            #expect(
                embedded == (try Data(contentsOf: root.appending(path: "Corpus/" + path))), "run make docs: \(path)")
        }
    }

    @Test func `a library's own models come first and nothing outside its folder is read`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-models-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("own".utf8).write(to: folder.appending(path: "x.txt"))
        let files = EmbeddedFiles(overrides: folder)
        #expect(files.data("Models/x.txt") == Data("own".utf8))
        #expect(files.data("Models/../x.txt") == nil)
        #expect(files.data("Corpus/index.json") != nil)
    }
}
