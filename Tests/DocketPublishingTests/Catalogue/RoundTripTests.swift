import DocketCore
import DocketIngest
import DocketTestSupport
import DocketText
import Foundation
import Testing

@testable import DocketPublishing

/// Entries written in a profile.
func exported(
    _ entries: [CatalogueEntry], _ profile: CatalogueProfile, language: String = "zh-Hant", withClassified: Bool = false
) throws -> (text: String, result: CatalogueExport.Result) {
    let date = try #require(CalendarDate(2021, 12, 31))
    let context = CatalogueExport.Context(
        title: "青嵐市政府檔案目錄", agency: "青嵐市政府秘書處", agencyCode: "301000000A", date: date, language: language)
    var text = ""
    let result = try CatalogueExport(profile, context: context, includesClassified: withClassified)
        .write(entries) { text += $0 }
    return (text, result)
}

/// Entries read from a text of any form, and what was found on them.
func imported(
    _ text: String, options: CatalogueImportOptions = CatalogueImportOptions()
) throws -> (entries: [CatalogueEntry], findings: [Finding]) {
    let file = try CatalogueImport(data: Data(text.utf8), name: "x", options: options)
    var entries: [CatalogueEntry] = []
    var findings: [Finding] = []
    try file.forEach { row in
        findings += row.findings
        if let entry = row.entry { entries.append(entry) }
    }
    return (entries, findings)
}

extension CatalogueEntry {
    /// The entry as it comes back from a profile: without what the profile says that it loses.
    func after(_ profile: CatalogueProfile) -> CatalogueEntry {
        var entry = self
        if profile.losses.contains(.sentences), let summary = entry[.summary] {
            entry.fields[.summary]?.values = [summary]
        }
        return entry
    }
}

@Suite struct RoundTripTests {
    static let profiles = CatalogueProfile.allCases.filter(\.isReadBack)

    @Test(arguments: profiles, [UInt64](0..<60))
    func `entries come back as they went out, but for what the profile says it loses`(
        profile: CatalogueProfile, seed: UInt64
    ) throws {
        let entries = CatalogueEntry.inFilingOrder(
            (0..<5).map { CatalogueEntry.random(seed: seed * 10 + $0) }
        ).filter { profile.levels.contains($0.level) }
        for language in ["zh-Hant", "en"] {
            let text = try exported(entries, profile, language: language).text
            guard !entries.isEmpty else { continue }
            let back = try imported(text)
            #expect(back.findings.map(\.message.en) == [])
            #expect(back.entries == entries.map { $0.after(profile) }, "seed \(seed)")
        }
    }

    @Test(arguments: profiles)
    func `the same entries give the same bytes, and going round twice changes nothing`(profile: CatalogueProfile) throws
    {
        let entries = (0..<20).map { CatalogueEntry.random(seed: 5000 + $0) }.filter {
            profile.levels.contains($0.level)
        }
        let first = try exported(entries, profile).text
        #expect(try exported(entries, profile).text == first)
        #expect(try exported(imported(first).entries, profile).text == first)
    }

    @Test func `review states, evidence and engine of entries come back from JSON Lines where this library wrote them`()
        throws
    {
        var entry = CatalogueEntry.random(seed: 1, level: .folder)
        entry.fields[.creator] = DescribedField(["秘書處"], by: .human, state: .accepted)
        entry.fields[.disposition] = DescribedField(["destroy"], by: .model, state: .rejected)
        entry.subjects = [SubjectTerm("檔案管理", score: 0.25, state: .accepted)]
        entry.proposals = [ProposedTerm("庫房", score: 2)]
        let text = try exported([entry], .jsonl).text
        var expected = entry
        expected.proposals = []
        #expect(try imported(text, options: CatalogueImportOptions(keepsReview: true)).entries == [expected])

        let distrusted = try #require(try imported(text).entries.first)
        #expect(distrusted.fields[.creator] == DescribedField(["秘書處"], by: .imported))
        #expect(distrusted.fields[.disposition] == nil)
        #expect(distrusted.subjects == [SubjectTerm("檔案管理", producer: .imported)])
    }

    @Test(arguments: CatalogueProfile.allCases.filter { $0 != .jsonl })
    func `what a person has rejected is not written`(profile: CatalogueProfile) throws {
        let level: CatalogueEntry.Level = profile == .csvItems ? .item : .folder
        var entry = CatalogueEntry(id: EntryID(rawValue: "E1"), level: level)
        entry.fields[.folderTitle] = DescribedField(["已退回"], by: .model, state: .rejected)
        entry.fields[.otherTitle] = DescribedField(["留用"], by: .model)
        entry.subjects = [SubjectTerm("退詞", state: .rejected), SubjectTerm("留詞")]
        let text = try exported([entry], profile).text
        #expect(!text.contains("已退回") && !text.contains("退詞"))
        #expect(text.contains("留用") && text.contains("留詞"))
    }

    @Test(arguments: CatalogueProfile.allCases)
    func `classified entries are left out and named, by their field or by their sources`(profile: CatalogueProfile)
        throws
    {
        let level: CatalogueEntry.Level = profile == .csvFolders ? .folder : .item
        var byField = CatalogueEntry.random(seed: 3, level: level)
        byField.id = EntryID(rawValue: "A")
        byField.fields[.classification] = DescribedField(["confidential"], by: .human)
        var bySource = CatalogueEntry.random(seed: 4, level: level)
        bySource.id = EntryID(rawValue: "B")
        bySource.classification = .restricted
        let open = CatalogueEntry.random(seed: 5, level: level)
        let (text, result) = try exported([byField, open, bySource], profile)
        #expect(result.classified == [byField.id, bySource.id])
        #expect(result.written == 1)
        #expect(try text == exported([open], profile).text)
    }

    @Test(arguments: profiles.filter { $0 != .jsonl })
    func `in the closed zone a classified entry goes out with its level and comes back classified`(
        profile: CatalogueProfile
    ) throws {
        let level: CatalogueEntry.Level = profile == .csvFolders ? .folder : .item
        var entry = CatalogueEntry(id: EntryID(rawValue: "A"), level: level, classification: .secret)
        entry.fields[.folderTitle] = DescribedField(["代號甲"], by: .imported)
        let back = try imported(exported([entry], profile, withClassified: true).text).entries
        #expect(back.map(\.highestClassification) == [.secret])
        #expect(back.first?[.folderTitle] == "代號甲")
    }

    @Test(arguments: CatalogueProfile.allCases, ["\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{FFFE}"])
    func `a character that no file may have is refused with its place`(profile: CatalogueProfile, bad: String) throws {
        let level: CatalogueEntry.Level = profile == .csvFolders ? .folder : .item
        var entry = CatalogueEntry(id: EntryID(rawValue: "A"), level: level)
        entry.fields[.folderTitle] = DescribedField(["甲\(bad)乙"], by: .human)
        let scalar = try #require(bad.unicodeScalars.first)
        #expect(
            throws: CatalogueExportError.forbiddenCharacter(
                entry: entry.id, field: "folderTitle", scalar: scalar.value)
        ) { try exported([entry], profile) }
    }

    @Test(arguments: [UInt64](0..<40))
    func `the neutral XML of any entries is valid by its schema`(seed: UInt64) throws {
        let schema = ProjectFile.path("Models/schemas/catalogue-1.rng")
        var entries = (0..<5).map { CatalogueEntry.random(seed: 900 + seed * 5 + $0) }
        entries[0].fields[.creator] = .empty(LocalizedText(zhHant: "來源沒有", en: "not in the sources"))
        let text = try exported(entries, .neutralXML).text
        #expect(Validation.isValid(text, schema: schema) == true, "seed \(seed)")
        // The schema is one that refuses.
        #expect(
            Validation.isValid(
                text.replacing("level=\"item\"", with: "level=\"volume\"").replacing("level=\"folder\"", with: ""),
                schema: schema) == false)
    }

    @Test func `the schema knows every field`() throws {
        let schema = try String(contentsOfFile: ProjectFile.path("Models/schemas/catalogue-1.rng"), encoding: .utf8)
        var last = schema.startIndex
        for field in CatalogueField.allCases {
            let found = schema.range(of: "<element name=\"\(field.rawValue)\">", range: last..<schema.endIndex)
            #expect(found != nil, "\(field)")
            last = found?.upperBound ?? last
        }
    }
}
