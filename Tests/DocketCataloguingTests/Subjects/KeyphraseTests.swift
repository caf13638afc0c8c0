import DocketCore
import DocketTestSupport
import DocketText
import Testing

@testable import DocketCataloguing

@Suite struct KeyphraseTests {
    @Test(arguments: 0..<40)
    func `candidates and their counts are those of every run of characters`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = (0..<4).map { _ in SubjectSamples.text(Int.random(in: 1...14, using: &random), &random) }
            .joined(separator: "，")
        var counts: [String: Int] = [:]
        for run in text.split(separator: "，").map(Array.init) {
            for start in run.indices {
                for length in 2...8 where start + length <= run.count {
                    counts[Folding.key(String(run[start..<start + length])), default: 0] += 1
                }
            }
        }
        let table = PhraseTable(TextUnits(text), titleEnd: 0)
        let bytes = Array(text.utf8)
        var found: [String: Int] = [:]
        for phrase in table.phrases {
            let words = String(decoding: bytes[table.range(of: phrase)], as: UTF8.self)
            found[Folding.key(words)] = phrase.starts.count
            var extended = 0
            for (longer, count) in counts where longer.count == words.count + 1 {
                let key = Folding.key(words)
                if longer.hasPrefix(key) || longer.hasSuffix(key) { extended = max(extended, count) }
            }
            #expect(phrase.extended == extended, "seed \(seed): \(words)")
        }
        #expect(found == counts, "seed \(seed)")
    }

    private static let topics = ["資源回收", "噪音防制", "檔案清理", "公務採購", "道路養護", "會議紀錄"]

    private func examples(_ count: Int) -> [KeyphraseModel.Example] {
        (0..<count).map { number in
            let topic = Self.topics[number % 6]
            return KeyphraseModel.Example(
                document: SubjectDocument(
                    title: "關於\(topic)的探討", text: "本文就\(topic)的現況與\(topic)的問題加以說明，並提出意見\(number)。"),
                phrases: [topic])
        }
    }

    @Test func `a trained model finds phrases like those it was shown`() throws {
        let model = KeyphraseModel(training: examples(60))
        let document = SubjectDocument(title: "關於古蹟維護的探討", text: "本文就古蹟維護的現況與古蹟維護的問題加以說明。")
        let phrases = model.phrases(in: document)
        #expect(phrases.first?.text == "古蹟維護")
        let bytes = Array(document.text.utf8)
        #expect(phrases.first?.ranges.count == 3)
        for range in phrases.first?.ranges ?? [] { #expect(String(decoding: bytes[range], as: UTF8.self) == "古蹟維護") }
        #expect(model == KeyphraseModel(training: examples(60)), "training is the same twice")
        let read = try KeyphraseModel(model.bytes)
        #expect(read.phrases(in: document).first?.text == "古蹟維護")
        #expect(try KeyphraseModel(read.bytes).bytes == read.bytes)
    }

    @Test func `a proposal is a phrase that no label is`() throws {
        let model = KeyphraseModel(training: examples(60))
        let document = SubjectDocument(title: "關於古蹟維護的探討", text: "本文就古蹟維護的現況與古蹟維護的問題加以說明。")
        let indexer = SubjectIndexer(try SubjectSamples.vocabulary(labels: ["古跡維護"]), weights: .plain)
        let proposals = indexer.proposals(for: document, by: model)
        #expect(proposals.count == 5)
        #expect(!proposals.contains { $0.text == "古蹟維護" })
    }

    @Test func `other files are refused`() {
        for bad in ["", "{}", #"{"version":1,"dense":[],"scale":1,"hashed":""}"#] {
            #expect(throws: SubjectError.badPhraseModel) { _ = try KeyphraseModel(Array(bad.utf8)) }
        }
    }

    @Test func `empty and long texts are read`() {
        let model = KeyphraseModel(training: examples(6))
        #expect(model.phrases(in: SubjectDocument(text: "")).isEmpty)
        #expect(model.phrases(in: SubjectDocument(text: String(repeating: "會議紀錄", count: 20_000)), limit: 3).count == 3)
    }
}
