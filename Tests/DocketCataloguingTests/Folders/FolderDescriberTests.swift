import DocketCataloguing
import DocketCore
import DocketTestSupport
import Foundation
import Testing

@Suite struct FolderDescriberTests {
    static let cases = ["bridge-motorcycle-lane", "legal-advice-points", "harbour-plans-loan"]

    @Test func `a case of the corpus becomes one folder with what its items give`() async throws {
        let (_, folder) = try await Described.folder(case: "bridge-motorcycle-lane")
        let entry = folder.entry
        #expect(entry.level == .folder && entry.fileNumber?.text == "113/0612/4")
        #expect(entry[.folderTitle] == "望潮大橋機車道鋪面改善")
        #expect(entry[.creator] == "青嵐市政府工務局")
        #expect(entry.values(.relatedAgencies) == ["青嵐市政府交通局", "青嵐市政府警察局", "青嵐市政府秘書處"])
        #expect(entry[.dateFrom] == "2024-07-22" && entry[.dateTo] == "2024-11-08")
        #expect(entry[.volumeCount] == "2")
        #expect(entry[.extentCount] == "7" && entry[.extentUnit] == "件")
        #expect(entry[.retention] == "15")
        #expect(entry[.agencyCode] == "990080000A")
        #expect(entry[.accessRestriction] == "unreviewed")
        #expect(folder.findings.map(\.rule) == ["CAT-27"])
        #expect(
            folder.items.map { $0.fileNumber?.text.suffix(5) } == [
                "1/001", "1/002", "1/003", "1/004", "1/005", "2/001", "2/002",
            ])
    }

    @Test(arguments: cases)
    func `an abstract keeps its length, order, citations and privacy`(name: String) async throws {
        let (sources, folder) = try await Described.folder(case: name)
        let described = try #require(folder.entry.fields[.summary])
        let text = try #require(folder.entry[.summary])
        #expect(SummaryLength.range(for: text).contains(SummaryLength.length(text)))
        #expect(!text.contains("\n"))
        #expect(described.evidence.count == described.values.count && described.evidence.allSatisfy { !$0.isEmpty })
        let byID = Dictionary(uniqueKeysWithValues: sources.map { ($0.document.id, $0.document) })
        for citation in described.evidence.joined() {
            let source = try #require(byID[citation.span.source])
            #expect(SHA256Digest(of: source.text(in: citation.span.range)) == citation.words)
        }
        #expect(PersonalDataMasker().spans(in: text).isEmpty)
        for secret in ["江宛蓉", "江女士", "A234567893", "6612", "0900", "wanrong", "EAL-0612", "5208"] {
            #expect(!text.contains(secret))
        }
    }

    /// Words that the rules may add, beside the words of the sources and the names of agencies.
    private static let form = "函復民眾，。函知說明就簽訂與提出辦理召開決定該局該處該市請公告案卷內含、為"

    @Test(arguments: cases.prefix(2))
    func `no two characters stand together that the cited words do not have together`(name: String) async throws {
        let (sources, folder) = try await Described.folder(case: name)
        let described = try #require(folder.entry.fields[.summary])
        let byID = Dictionary(uniqueKeysWithValues: sources.map { ($0.document.id, $0.document) })
        let names = Described.roster.agencies.flatMap { [$0.officialName] + $0.shortNames }.joined(separator: "|")
        for (sentence, evidence) in zip(described.values, described.evidence) {
            let cited = evidence.compactMap { byID[$0.span.source]?.text(in: $0.span.range) }.joined(separator: "|")
            let known = Array((cited + "|" + names).filter { !$0.isWhitespace })
            let pairs = Set(zip(known, known.dropFirst()).map { String([$0, $1]) })
            let form = Array(Self.form)
            let words = Array(sentence)
            var foreign = 0
            for (left, right) in zip(words, words.dropFirst()) where !pairs.contains(String([left, right])) {
                // At a seam one side is punctuation, a digit of the head or a word of the form.
                let isSeam = [left, right].contains { form.contains($0) || $0.isNumber || "年月日號".contains($0) }
                if !isSeam { foreign += 1 }
            }
            // A seam between two statements of the source that had words between them.
            #expect(foreign <= 3, "\(sentence)")
        }
    }

    @Test func `an abstract tells the cause first and the outcome last, agencies in full at first mention`()
        async throws
    {
        let (_, folder) = try await Described.folder(case: "bridge-motorcycle-lane")
        let sentences = try #require(folder.entry.fields[.summary]?.values)
        #expect(sentences.first?.hasPrefix("113年7月22日民眾陳情望潮大橋") == true)
        #expect(sentences.last?.contains("驗收合格") == true)
        let text = sentences.joined()
        #expect(text.ranges(of: "青嵐市政府工務局").count == 1)
        let short = try #require(text.range(of: "。11月8日工務局"))
        let full = try #require(text.range(of: "青嵐市政府工務局"))
        #expect(full.lowerBound < short.lowerBound)
        #expect(!text.contains("請查照") && !text.contains("歉意") && !text.contains("（"))
    }

    @Test func `items without a file number are left over, and each case has a folder of its own`() async throws {
        let rows = try await Described.corpus("archive/catalogues/items.csv")
        let letters = try await Described.corpus("archive/letters/education-seismic.txt")
        let items = ItemDescriber(roster: Described.roster).entries(for: rows + letters)
        let grouping = FolderDescriber(roster: Described.roster).folders(of: items, sources: rows + letters)
        #expect(grouping.unfiled.map(\.sources) == letters.map { [$0.document.id] })
        let numbers = grouping.folders.map { $0.entry.fileNumber?.text ?? "" }
        #expect(Set(numbers).count == numbers.count)
        #expect(grouping.folders.reduce(0) { $0 + $1.items.count } == rows.count)
        let licences = try #require(grouping.folders.first { $0.entry.fileNumber?.text == "72/1203/4" })
        #expect(licences.entry[.summary] == "案卷內含望潮路一段◯◯◯增建執照副本、民生大道◯◯◯使用執照副本、霧溪路二段28巷雨遮違建查報。")
    }

    @Test func `nothing of a classified item is told`() async throws {
        let open = """
            檔號：113/0902/1/1/003
            青嵐市政府秘書處　函
            發文日期：中華民國113年10月30日
            發文字號：青秘字第1130040001號
            主旨：檢送年度勤務分工表1份，請查照。
            說明：一、分工表經本處核定。
            """
        let secret = """
            檔號：113/0902/1/1/004
            青嵐市政府警察局　函
            發文日期：中華民國113年11月1日
            密等及解密條件或保密期限：密（本件於113年12月31日解密）
            主旨：為辦理海星專案勤務協調，請派員出席會議，請查照。
            說明：一、會議決定撥付經費20萬元。
            """
        let sources = [try await Described.text(open, "a.txt"), try await Described.text(secret, "b.txt")]
        let items = ItemDescriber(roster: Described.roster).entries(for: sources)
        let folder = try #require(
            FolderDescriber(roster: Described.roster).folders(of: items, sources: sources).folders.first)
        #expect(folder.entry.classification == .restricted)
        #expect(folder.entry[.publicationRestriction] == "restricted")
        #expect(folder.findings.map(\.rule) == ["CAT-28"])
        let json = try String(decoding: JSONEncoder().encode(folder.entry), as: UTF8.self)
        for words in ["海星", "協調", "20萬"] { #expect(!json.contains(words), "\(words)") }
        let alone = FolderDescriber(roster: Described.roster).folders(of: [items[1]], sources: sources).folders.first
        #expect(alone?.entry[.summary] == nil)
        #expect(alone?.entry.fields[.summary]?.emptyReason != nil)
    }

    @Test func `scopes of the items are joined, so that nobody sees more`() async throws {
        let first = CatalogueEntry(level: .item, fileNumber: FileNumber("113/1/1/1/1"), scope: "工務局")
        let second = CatalogueEntry(level: .item, fileNumber: FileNumber("113/1/1/1/2"), scope: "人事處")
        let folder = FolderDescriber().folders(of: [first, second], sources: []).folders.first
        #expect(folder?.entry.scope == ["人事處", "工務局"].sorted().joined(separator: "\n"))
        #expect(folder?.entry[.summary] == nil)
    }

    @Test(arguments: 0..<9)
    func `the order in which items come makes no difference`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let sources = try await Described.folder("archive/cases/" + (Self.cases[Int(seed % 3)]))
        let describer = ItemDescriber(roster: Described.roster)
        let items = describer.entries(for: sources)
        let ordered = FolderDescriber(roster: Described.roster).folders(of: items, sources: sources).folders.first?
            .entry
        let shuffled = FolderDescriber(roster: Described.roster)
            .folders(of: items.shuffled(using: &random), sources: sources.shuffled(using: &random)).folders.first?.entry
        #expect(ordered?.fields == shuffled?.fields, "seed \(seed)")
    }

    @Test func `the folders of the corpus`() async throws {
        var page = ""
        for name in Self.cases {
            let (_, folder) = try await Described.folder(case: name)
            page += EntryPage.text(folder.entry, title: name)
            for item in folder.items { page += EntryPage.text(item, title: item.fileNumber?.text ?? "") }
        }
        #expect(try Golden.difference(page, "catalogue/folders.txt") == nil)
    }
}
