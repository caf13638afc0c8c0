import DocketArchive
import DocketCore
import DocketIngest
import DocketTestSupport
import DocketText
import Foundation

/// One vocabulary from its file to the answers of look-ups, in processor time, and the memory of it all.
///
/// Options: `--file F` for a vocabulary of one's own, else one of `--concepts N` (100,000) is made from a seed. Reading
/// stands beside a split of the file at line breaks, a look-up beside a scan of all labels in memory.
struct VocabularyScenario {
    private var file: String?
    private var concepts = 100_000

    init(_ options: [String]) {
        for (name, value) in zip(options, options.dropFirst()) {
            if name == "--file" { file = value }
            if name == "--concepts" { concepts = Int(value) ?? concepts }
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms no measurement
        var url = folder.appending(path: "made.ttl")
        if let file { url = URL(filePath: file) } else { try Data(Self.made(concepts).utf8).write(to: url) }
        let bytes = try Data(contentsOf: url)
        print("\(url.lastPathComponent)  \(bytes.count) bytes  \(Self.megabytes) MB before")
        Self.time("baseline: split at line breaks") { consume(bytes.split(separator: 0x0A).count) }

        var read: VocabularyReader.Reading?
        try Self.time("read and check") {
            read = try VocabularyReader.read(ReaderInput(data: bytes, fileName: url.lastPathComponent), named: "bench")
        }
        guard let read else { return }
        let vocabulary = read.vocabulary
        print("\(vocabulary.concepts.count) concepts  \(vocabulary.labelCount) labels  \(read.findings.count) findings")

        let place = folder.appending(path: "library")
        let library = try await Library.create(at: place, by: Actor("bench"))
        try await Self.time("store") { _ = try await library.putVocabulary(vocabulary, by: Actor("bench")) }
        try library.close()
        let opened = try await Library.open(at: place, mode: .read)
        try await Self.time("open, first look-up") { _ = try await opened.synonyms(of: ["採購"]) }
        try await Self.time("load whole") { consume(try await opened.vocabulary("bench")?.concepts.count ?? 0) }
        try await lookUps(opened, vocabulary)
        let size = try place.appending(path: "docket.sqlite").resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        print("\(size / 1_000_000) MB on disk (10^6 bytes)  \(Self.megabytes) MB at the peak")
        try opened.close()
    }

    /// All runs of 2 to 12 characters of a question of 20, of which one in twenty is a label, and known words alone.
    private func lookUps(_ library: Library, _ vocabulary: Vocabulary) async throws {
        var random = SeededGenerator(seed: 7)
        let known = (0..<1_000).compactMap { _ in
            vocabulary.concepts.randomElement(using: &random)?.labels.randomElement(using: &random)?.text
        }
        let questions = known.prefix(100).map { label in
            let characters = Array(("請問" + label + "後來辦理情形如何的那一次會議結論").prefix(20))
            return characters.indices.flatMap { start in
                (2...12).compactMap { start + $0 <= characters.count ? String(characters[start..<(start + $0)]) : nil }
            }
        }
        try await Self.time("1,000 known words, one call each") {
            for word in known { consume(try await library.synonyms(of: [word]).count) }
        }
        try await Self.time("100 questions, all their parts") {
            for parts in questions { consume(try await library.synonyms(of: parts).count) }
        }
        let keys = known.prefix(10).map(Folding.labelKey)
        Self.time("baseline: 10 words by a scan") {
            for key in keys {
                consume(vocabulary.concepts.count { $0.labels.contains { Folding.labelKey($0.text) == key } })
            }
        }
    }

    // MARK: - Measuring

    private static func usage() -> rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }

    private static func processor() -> Double {
        let usage = usage()
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    private static var megabytes: Int { Int(usage().ru_maxrss / 1024) }

    private static func time(_ name: String, _ work: () throws -> Void) rethrows {
        let start = processor()
        try work()
        report(name, processor() - start)
    }

    private static func time(_ name: String, _ work: () async throws -> Void) async rethrows {
        let start = processor()
        try await work()
        report(name, processor() - start)
    }

    private static func report(_ name: String, _ seconds: Double) {
        print("\(String(format: "%.1f", seconds * 1000).rightAligned(9)) ms processor  \(name)")
    }

    // MARK: - A made vocabulary

    /// Turtle of `count` concepts in a tree of ten branches a level, each with two languages and two alternative labels.
    private static func made(_ count: Int) -> String {
        var random = SeededGenerator(seed: 1)
        let characters = Array("公共工程採購契約檔案管理會議紀錄環境保護交通運輸衛生福利教育文化財政預算資訊安全都市發展消防防災")
        func word() -> String {
            String(
                (0..<Int.random(in: 2...6, using: &random)).compactMap { _ in characters.randomElement(using: &random) }
            )
        }
        var text = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix b: <https://bench.example/> .\n"
        for number in 0..<count {
            text +=
                "b:\(number) a skos:Concept ; skos:prefLabel \"\(word())\(number)\"@zh-Hant, \"concept \(number)\"@en ;\n"
            text += "    skos:altLabel \"\(word())\"@zh-Hant, \"\(word())\"@zh-Hant"
            if number > 0 { text += " ;\n    skos:broader b:\(number / 10)" }
            text += " .\n"
        }
        return text
    }
}
