import DocketCore
import DocketIngest
import DocketTestSupport
import DocketText
import Foundation
import Testing

@testable import DocketPublishing

/// A folder that is there while a test needs it.
func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // A left-over folder harms no test.
    try body(folder)
}

@Suite struct SubmissionTests {
    private func options(
        _ profiles: [CatalogueProfile] = [.archivesXML], most: Int = 3000, name: String = "110H2",
        language: String = "zh-Hant"
    ) throws -> SubmissionOptions {
        let date = try #require(CalendarDate(2022, 1, 5))
        return SubmissionOptions(
            name: name, profiles: profiles,
            context: .init(title: "目錄彙送", agency: "青嵐市政府秘書處", agencyCode: "301000000A", date: date, language: language),
            period: HalfYear(year: 2021, isFirst: false), mostRecords: most)
    }

    private func finding(_ rule: String, _ severity: Finding.Severity) -> Finding {
        Finding(
            rule: rule, severity: severity, place: .init(path: "summary"),
            message: .init(zhHant: "說明<\(rule)>", en: "what"),
            remedy: .init(zhHant: "處理", en: "do"))
    }

    /// A verified entry that any period takes.
    private func candidate(_ seed: UInt64, level: CatalogueEntry.Level = .item) -> SubmissionCandidate {
        var entry = CatalogueEntry.random(seed: seed, level: level)
        entry.id = EntryID(rawValue: "E\(seed)")
        entry.fields[.cataloguedOn] = nil
        return SubmissionCandidate(entry, status: .verified)
    }

    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
    }

    @Test func `a batch is split, counted and summed, and what is left out is said`() throws {
        try withFolder { folder in
            let writer = try SubmissionWriter(in: folder, options(most: 3))
            var kept: [CatalogueEntry] = []
            for seed in 0..<8 {
                let candidate = candidate(UInt64(seed))
                kept.append(candidate.entry)
                try writer.add(candidate)
            }
            var secret = candidate(100)
            secret.entry.classification = .confidential
            secret.entry.fields[.subject] = DescribedField(["不得外洩之案由"], by: .human)
            secret.findings = [finding("CAT-16", .error)]
            try writer.add(secret)
            var unverified = candidate(101)
            unverified.status = .edited
            try writer.add(unverified)
            var faulty = candidate(102)
            faulty.findings = [finding("CAT-02", .error), finding("CAT-12", .warning)]
            try writer.add(faulty)
            var late = candidate(103)
            late.entry.fields[.cataloguedOn] = DescribedField(["2022-01-03"], by: .human)
            try writer.add(late)
            var warned = candidate(104)
            warned.findings = [finding("CAT-12", .warning)]
            kept.append(warned.entry)
            try writer.add(warned)
            #expect(try names(folder).allSatisfy { $0.hasPrefix(".") })
            let manifest = try writer.finish()

            #expect(manifest.files.map(\.name) == (1...3).map { "archives-xml-00\($0).xml" })
            #expect(manifest.files.map(\.records) == [3, 3, 3])
            #expect(manifest.offered == 13 && manifest.written == 9)
            #expect(manifest.leftOut == ["classified": 1, "notVerified": 1, "hasErrors": 1, "afterPeriod": 1])
            #expect(manifest.findings == ["CAT-12": 1])
            let batch = folder.appending(path: "110H2")
            let expected = [
                "SHA256SUMS", "archives-xml-001.xml", "archives-xml-002.xml", "archives-xml-003.xml", "findings.csv",
                "left-out.csv", "manifest.json", "manifest.txt", "report.html",
            ]
            #expect(try names(batch) == expected)

            // Digests and sizes are of what is on disk; the files hold the entries.
            var back: [CatalogueEntry] = []
            for file in manifest.files {
                let data = try Data(contentsOf: batch.appending(path: file.name))
                #expect(file.bytes == data.count && file.sha256 == SHA256Digest(of: data))
                back += try imported(String(decoding: data, as: UTF8.self)).entries
            }
            #expect(back == kept.map { $0.after(.archivesXML) })
            let sums = try String(contentsOf: batch.appending(path: "SHA256SUMS"), encoding: .utf8).split(
                separator: "\n")
            #expect(sums.count == expected.count - 1)
            for line in sums {
                let data = try Data(contentsOf: batch.appending(path: String(line.dropFirst(66))))
                #expect(SHA256Digest(of: data).hex == line.prefix(64))
            }
            let stored = try Data(contentsOf: batch.appending(path: "manifest.json"))
            #expect(try JSONDecoder().decode(SubmissionManifest.self, from: stored) == manifest)

            // Of a classified entry nothing leaves but its name.
            for name in expected {
                let text = try String(contentsOf: batch.appending(path: name), encoding: .utf8)
                #expect(!text.contains("不得外洩") && !text.contains("CAT-16"), "\(name)")
            }
            let left = try String(contentsOf: batch.appending(path: "left-out.csv"), encoding: .utf8)
            #expect(left.contains("E100,classified") && left.contains("E102,hasErrors,檢核有錯誤,CAT-02 CAT-12"))
            let report = try String(contentsOf: batch.appending(path: "report.html"), encoding: .utf8)
            #expect(
                report.contains("lang=\"zh-Hant\"") && report.contains("說明&lt;CAT-12&gt;")
                    && !report.contains("<CAT-12>"))
        }
    }

    @Test func `items and folders go into lists of their own, what has no place is left out`() throws {
        try withFolder { folder in
            let writer = try SubmissionWriter(in: folder, options([.csvItems, .csvFolders]))
            try writer.add(candidate(1, level: .folder))
            try writer.add(candidate(2))
            let manifest = try writer.finish()
            #expect(manifest.files.map(\.name) == ["folders-001.csv", "items-001.csv"])
            let items = try SubmissionWriter(in: folder, options([.csvItems], name: "items"))
            try items.add(candidate(1, level: .folder))
            try items.add(candidate(2))
            #expect(try items.finish().leftOut == ["otherLevel": 1])
        }
    }

    @Test func `no file has more than 3,000 entries, whatever is asked for`() throws {
        #expect(try options(most: 100_000).mostRecords == 3000 && options(most: 0).mostRecords == 1)
        try withFolder { folder in
            let writer = try SubmissionWriter(in: folder, options([.csvItems], most: 100_000))
            for number in 0..<3001 {
                let entry = CatalogueEntry(id: EntryID(rawValue: "E\(number)"), level: .item)
                try writer.add(SubmissionCandidate(entry, status: .verified))
            }
            #expect(try writer.finish().files.map(\.records) == [3000, 1])
        }
    }

    @Test func `a batch of nothing is refused and leaves nothing`() throws {
        try withFolder { folder in
            do {
                let writer = try SubmissionWriter(in: folder, options())
                var classified = candidate(1)
                classified.entry.classification = .secret
                try writer.add(classified)
                #expect(throws: CatalogueExportError.emptyBatch) { try writer.finish() }
            }
            #expect(try names(folder) == [])
        }
    }

    @Test func `a batch never takes the place of another, before or while it is written`() throws {
        try withFolder { folder in
            let first = try SubmissionWriter(in: folder, options())
            let second = try SubmissionWriter(in: folder, options())
            try first.add(candidate(1))
            try second.add(candidate(2))
            let manifest = try first.finish()
            #expect(throws: CatalogueExportError.exists(path: "110H2")) { try second.finish() }
            #expect(throws: CatalogueExportError.exists(path: "110H2")) { try SubmissionWriter(in: folder, options()) }
            let stored = try Data(contentsOf: folder.appending(path: "110H2/manifest.json"))
            #expect(try JSONDecoder().decode(SubmissionManifest.self, from: stored) == manifest)
        }
    }

    @Test func `a writer that is dropped leaves nothing behind`() throws {
        try withFolder { folder in
            do {
                let writer = try SubmissionWriter(in: folder, options())
                try writer.add(candidate(1))
            }
            #expect(try names(folder) == [])
        }
    }

    @Test func `an entry with a control character is left out, and no file is made for it`() throws {
        try withFolder { folder in
            let writer = try SubmissionWriter(in: folder, options([.csvItems, .csvFolders]))
            var bad = candidate(2, level: .folder)
            bad.entry.fields[.folderTitle] = DescribedField(["\u{1}"], by: .human)
            try writer.add(bad)
            try writer.add(candidate(3))
            let manifest = try writer.finish()
            #expect(manifest.leftOut == ["forbiddenCharacter": 1] && manifest.files.map(\.name) == ["items-001.csv"])
        }
    }

    @Test(arguments: ["", ".", "..", "a/b", "../x", ".hidden", "a b", "a\n"])
    func `a name that is no plain name is refused`(name: String) throws {
        try withFolder { folder in
            #expect(throws: CatalogueExportError.badName(name)) {
                try SubmissionWriter(in: folder, options(name: name))
            }
        }
    }

    @Test func `a folder that is not there is told of`() throws {
        let nowhere = URL(filePath: "/nonexistent-docket")
        #expect(throws: CatalogueExportError.self) { try SubmissionWriter(in: nowhere, options()) }
    }

    @Test(arguments: ["zh-Hant", "en"])
    func `manifest and report speak the language of the batch`(language: String) throws {
        try withFolder { folder in
            let writer = try SubmissionWriter(in: folder, options(language: language))
            try writer.add(candidate(1))
            _ = try writer.finish()
            let text = try String(contentsOf: folder.appending(path: "110H2/manifest.txt"), encoding: .utf8)
            let report = try String(contentsOf: folder.appending(path: "110H2/report.html"), encoding: .utf8)
            #expect(text.contains(language == "en" ? "Submission of catalogue entries 110H2" : "檔案目錄彙送批次 110H2"))
            #expect(text.contains("2021H2") && text.contains("2021-07-01"))
            #expect(report.contains(language == "en" ? "No rule found anything." : "各規則均無發現。"))
        }
    }
}

@Suite struct HalfYearTests {
    @Test func `half years follow each other and hold their days`() throws {
        let second = HalfYear(year: 2021, isFirst: false)
        #expect(HalfYear("2021H2") == second && HalfYear("110下") == second && HalfYear("110年下半年") == second)
        #expect(second.label == "2021H2" && second.from == "2021-07-01" && second.to == "2021-12-31")
        #expect(
            second.next == HalfYear(year: 2022, isFirst: true) && second.next.previous == second && second < second.next
        )
        #expect(second.months.map(\.iso) == ["2021-07", "2021-08", "2021-09", "2021-10", "2021-11", "2021-12"])
        #expect(second.name == LocalizedText(zhHant: "110年下半年", en: "second half of 2021"))
        #expect(try HalfYear(containing: #require(CalendarDate(2021, 6, 30))) == second.previous)
        for text in ["", "H2", "2021", "2021H3", "0H1", "1下", "12345H1"] { #expect(HalfYear(text) == nil) }
    }
}
