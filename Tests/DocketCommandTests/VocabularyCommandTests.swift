import DocketTestSupport
import Foundation
import Testing

struct VocabularyCommandTests {
    @Test func `a vocabulary is added, listed and given a new version`() throws {
        try Program.withLibrary { library in
            let file = try library.file("trees.txt", "行道樹\n UF 路樹\n BT 植栽\n植栽\n")
            let added = try library.run("add", file, "--kind", "vocabulary", "--json")
            #expect(added.status == 0)
            let answer = try #require(added.objects.first)
            #expect(answer["kind"] as? String == "vocabulary" && answer["name"] as? String == "trees")
            #expect(answer["version"] as? Int == 1 && answer["concepts"] as? Int == 2 && answer["labels"] as? Int == 3)
            #expect((answer["findings"] as? [Any])?.isEmpty == true && answer["duplicate"] as? Bool == false)
            let again = try library.run("add", file, "--kind", "vocabulary", "--lang", "en")
            #expect(again.output.contains("Vocabulary trees is equal to version 1: 2 concepts, 3 labels"))
            let other = try library.file("other.csv", "prefLabel,broader\n行道樹,植物\n")
            let changed = try library.run("add", other, "--kind", "vocabulary", "--name", "trees", "--lang", "zh-Hant")
            #expect(changed.output.contains("詞彙表 trees 第 2 版：1 個概念、1 個詞"))
            #expect(changed.output.contains("VOC-05") && changed.status == 0)
            let listed = try library.run("list", "vocabularies", "--json").objects
            #expect(listed.count == 1 && listed.first?["version"] as? Int == 2)
            #expect(try library.run("list", "vocabularies", "--lang", "en").output.contains("Concepts"))
        }
    }

    @Test func `what is no vocabulary, and a name where none belongs, are refused in one line`() throws {
        try Program.withLibrary { library in
            let file = try library.file("letter.txt", "主旨：一封信。\n")
            let refused = try library.run("add", file, "--kind", "vocabulary")
            #expect(refused.status == 3)
            #expect(refused.errors.contains("letter.txt") && refused.errors.split(separator: "\n").count <= 2)
            #expect(try library.run("add", file, "--name", "x").status == 2)
            #expect(try library.run("add", file, file, "--kind", "vocabulary", "--name", "x").status == 2)
            #expect(try library.sources().isEmpty)
        }
    }
}
