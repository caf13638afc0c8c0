import DocketTestSupport
import Foundation
import Testing

@testable import docket

/// From documents to submitted entries, at the command line.
@Suite struct CatalogueCommandTests {
    private static let number = "113/0603/2"

    /// A library with one case folder of the corpus, agencies and the vocabulary of administration.
    private static func withCase(_ body: (TestLibrary) throws -> Void) throws {
        try Program.withLibrary { library in
            _ = try library.add(corpus: "rosters/agencies.csv", "--kind", "roster")
            _ = try library.add(corpus: "vocabularies/administration.ttl", "--kind", "vocabulary")
            let folder = ReferenceData.packageRoot.appending(path: "Corpus/archive/cases/legal-advice-points")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
            for file in files.sorted() { _ = try library.add(corpus: "archive/cases/legal-advice-points/\(file)") }
            try body(library)
        }
    }

    private static func entries(_ library: TestLibrary, _ arguments: String...) throws -> [[String: Any]] {
        try library.run(["catalogue", "list", "--json"] + arguments).objects
    }

    private static func entry(_ object: [String: Any]) -> [String: Any] { object["entry"] as? [String: Any] ?? [:] }

    private static func values(_ field: String, _ object: [String: Any]) -> [String] {
        let fields = entry(object)["fields"] as? [String: [String: Any]] ?? [:]
        return fields[field]?["values"] as? [String] ?? []
    }

    @Test func `a batch is proposed, reviewed by keys, verified, checked and submitted`() throws {
        try Self.withCase { library in
            let proposed = try library.run("catalogue", "suggest", "--json")
            #expect(proposed.status == 0, "\(proposed.errors)")
            let folder = try #require(try Self.entries(library, "--level", "folder").first)
            let items = try Self.entries(library, "--level", "item")
            #expect(items.count == 5 && Self.values("summary", folder).joined().count >= 80)
            #expect(items.allSatisfy { Self.values("folderTitle", $0) == Self.values("folderTitle", folder) })
            #expect(items.allSatisfy { Self.values("accessRestriction", $0) == ["unreviewed"] })
            // Again changes nothing; nothing is left to propose.
            #expect(try library.run("catalogue", "suggest").output.contains("No source is without an entry"))
            let check = try library.run("check", "--catalogue", "--csv")
            #expect(check.output.contains("CAT-") && check.output.contains("\r\n"), "\(check.errors)")
            #expect(try library.run("check", Self.entry(folder)["id"] as? String ?? "").output.contains("CAT-"))
            // Nothing is submitted that nobody verified.
            let path = library.folder.appending(path: "out").path
            let early = try library.run("catalogue", "submit", "--into", path, "--name", "early", "--json")
            #expect(early.status == 3 && early.errors.contains("CAT-23"), "\(early.errors)")
            let reviewed = try library.run(
                ["catalogue", "review", "--folder", Self.number],
                input: "s -1\n+ 公共工程\ne 案由=為設諮詢據點一案\nv\nn\na\nq\n")
            #expect(reviewed.status == 0 && reviewed.output.contains("2 reviewed, 4 waiting"), "\(reviewed.errors)")
            let verified = try Self.entries(library, "--status", "verified")
            #expect(verified.count == 2)
            let edited = try #require(
                verified.first {
                    Self.values("subject", $0) == ["為設諮詢據點一案"] || Self.values("summary", $0).isEmpty == false
                })
            #expect(Self.values("cataloguedBy", edited) == ["tester"])
            for name in items.compactMap({ Self.entry($0)["id"] as? String }) {
                _ = try library.run("catalogue", "verify", name)
            }
            _ = try library.run("catalogue", "verify", Self.number)
            let sent = try library.run("catalogue", "submit", "--into", path, "--name", "batch", "--json")
            #expect(sent.status == 0, "\(sent.errors)")
            let manifest = try #require(sent.objects.first)
            #expect(
                (manifest["written"] as? Int ?? 0) + ((manifest["leftOut"] as? [String: Int])?.values.reduce(0, +) ?? 0)
                    == 6)
            #expect(FileManager.default.fileExists(atPath: path + "/batch/manifest.json"))
            #expect(try Self.entries(library, "--status", "submitted").count == manifest["written"] as? Int)
        }
    }

    @Test func `decisions by command stay through a later proposal, and teach`() throws {
        try Self.withCase { library in
            _ = try library.run("catalogue", "suggest")
            let name = Self.number + "/1/001"
            let shown = try #require(try library.run("catalogue", "show", name, "--json").objects.first)
            let subjects = Self.entry(shown)["subjects"] as? [[String: Any]] ?? []
            let label = try #require(subjects.first?["label"] as? String)
            #expect(try library.run("catalogue", "accept", name, "案由", "--subject", label).status == 0)
            #expect(
                try library.run("catalogue", "edit", name, "保存年限=10年", "文件產生日期=113/03/07", "--add", "公共工程").status == 0)
            let source = try #require((Self.entry(shown)["sources"] as? [String])?.first)
            #expect(try library.run("catalogue", "suggest", source).status == 0)
            let again = try #require(
                try library.run("show", Self.entry(shown)["id"] as? String ?? "", "--json").objects.first)
            #expect(Self.values("retention", again) == ["10"] && Self.values("creationDate", again) == ["2024-03-07"])
            let terms = Self.entry(again)["subjects"] as? [[String: Any]] ?? []
            #expect(terms.first?["label"] as? String == label && terms.first?["state"] as? String == "accepted")
            #expect(terms.contains { $0["label"] as? String == "公共工程" })
            let trained = try library.run("catalogue", "train", "--json")
            #expect(trained.status == 0 && trained.objects.first?["records"] as? Int == 1, "\(trained.errors)")
            let unknown = try library.run("catalogue", "edit", name, "--add", "不在詞彙表的詞")
            #expect(unknown.status == 2 && unknown.errors.contains("不在詞彙表的詞"))
            #expect(try library.run("catalogue", "edit", name, "沒有=1").status == 2)
            #expect(try library.run("catalogue", "reject", name).status == 2)
            #expect(try library.run("catalogue", "reject", name, "--reason", "重複").status == 0)
            #expect(
                try library.run("withdraw", Self.entry(shown)["id"] as? String ?? "", "--authority", "令").status == 2)
        }
    }

    @Test func `what goes out comes in again, and is counted`() throws {
        try Self.withCase { library in
            _ = try library.run("catalogue", "suggest")
            let file = library.folder.appending(path: "all.xml").path
            let export = try library.run("catalogue", "export", "--profile", "neutral-xml", "-o", file)
            #expect(export.status == 0, "\(export.errors)")
            try Program.withLibrary { other in
                let preview = try other.run("catalogue", "import", file, "--preview")
                #expect(preview.status == 0 && preview.output.contains(Self.number), "\(preview.errors)")
                #expect(try other.run("catalogue", "list", "--json").objects.isEmpty)
                let come = try other.run("catalogue", "import", file, "--json")
                #expect(come.objects.first?["added"] as? Int == 6, "\(come.errors)")
                #expect(try other.run("catalogue", "import", file, "--json").objects.first?["unchanged"] as? Int == 6)
                let found = try other.run("search", "法律諮詢", "--kind", "entry", "--json").objects
                #expect(found.contains { $0["kind"] as? String == "entry" })
                #expect(try other.run("reindex").status == 0)
                #expect(try other.run("search", "法律諮詢", "--kind", "entry", "--json").objects.count == found.count)
                for name in try other.run("catalogue", "list", "--json").objects {
                    _ = try other.run("catalogue", "verify", Self.entry(name)["id"] as? String ?? "")
                }
                let chart = other.folder.appending(path: "chart.html").path
                let stats = try other.run("catalogue", "stats", "--json", "--chart", chart)
                let rows = stats.objects.first?["rows"] as? [[String: Any]] ?? []
                #expect(rows.flatMap { $0["catalogued"] as? [Int] ?? [] }.reduce(0, +) == 6, "\(stats.errors)")
                #expect(try String(contentsOfFile: chart, encoding: .utf8).contains("<svg"))
                #expect(try other.run("catalogue", "stats", "--period", "abc").status == 2)
            }
        }
    }
}
