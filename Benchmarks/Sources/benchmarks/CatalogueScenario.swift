import DocketCore
import DocketIngest
import DocketPublishing
import DocketText
import Foundation

/// A list of items in and out: rows a second of processor time on one core, and the peak of memory.
///
/// Options: `--rows N` (100,000). A made list as old systems export it is read from disk, its entries are written in each profile, and
/// what was written is read back. Nothing is kept in memory, so the peak is that of the machinery. The baseline, a split of the same bytes at
/// line breaks and commas into strings, comes last, since it holds the file.
struct CatalogueScenario {
    private var rows = 100_000

    init(_ options: [String]) {
        for (name, value) in zip(options, options.dropFirst()) where name == "--rows" { rows = Int(value) ?? rows }
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms no measurement
        let list = folder.appending(path: "list.csv")
        let bytes = try write(to: list) { output in
            try output("檔號,案名,案由,發文者,受文者,發文字號,文件產生日期,保存年限,密等,文別,數量,單位\r\n")
            for number in 0..<rows { try output(Self.row(number)) }
        }
        print("\(rows) rows  \(bytes / 1_000_000) MB (10^6 bytes)  \(Self.megabytes) MB before")
        try read("legacy CSV in", list)
        guard let day = CalendarDate(2021, 12, 31) else { return }
        let context = CatalogueExport.Context(title: "檔案目錄", agency: "青嵐市政府秘書處", date: day)
        for profile in CatalogueProfile.allCases where profile.levels.contains(.item) {
            let file = folder.appending(path: "\(profile.rawValue).\(profile.fileExtension)")
            let start = Self.processor()
            let size = try write(to: file) { output in
                var stream = CatalogueExportStream(CatalogueExport(profile, context: context))
                try output(stream.opening())
                for number in 0..<rows { if let text = try stream.add(Self.entry(number)) { try output(text) } }
                try output(stream.closing())
            }
            report("\(profile.rawValue) out (\(size / 1_000_000) MB)", Self.processor() - start)
            if profile.isReadBack { try read("\(profile.rawValue) in", file) }
        }
        let start = Self.processor()
        let split = try Data(contentsOf: list).split(separator: 0x0A).reduce(0) { sum, line in
            sum + line.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }.count
        }
        consume(split)
        report("baseline: split of the legacy list into strings, in memory", Self.processor() - start)
    }

    private func read(_ name: String, _ file: URL) throws {
        let start = Self.processor()
        var entries = 0
        try CatalogueImport(file: file).forEach { entries += $0.entry == nil ? 0 : 1 }
        report(entries == rows ? name : "\(name): ONLY \(entries)", Self.processor() - start)
    }

    private func write(to url: URL, _ body: ((String) throws -> Void) throws -> Void) throws -> Int {
        FileManager.default.createFile(atPath: url.path(percentEncoded: false), contents: nil)
        let handle = try FileHandle(forWritingTo: url)
        var pending = Data()
        var count = 0
        try body { text in
            pending.append(contentsOf: text.utf8)
            guard pending.count > 1 << 18 else { return }
            count += pending.count
            try handle.write(contentsOf: pending)
            pending.removeAll(keepingCapacity: true)
        }
        try handle.write(contentsOf: pending)
        try handle.close()
        return count + pending.count
    }

    private func report(_ name: String, _ seconds: Double) {
        print(
            "\(String(format: "%.0f", Double(rows) / max(seconds, 1e-9)).rightAligned(9)) rows/s  "
                + "\(String(format: "%.2f", seconds).rightAligned(6)) s  \(Self.megabytes.description.rightAligned(4)) MB peak  \(name)"
        )
    }

    // MARK: - A made list

    private static let agencies = ["青嵐市政府工務局", "青嵐市政府教育局", "青嵐市政府秘書處", "青嵐市政府交通局"]

    private static func subject(_ number: Int) -> String {
        "檢送望潮路\(number % 97)段路面及人行道改善工程第\(number % 12 + 1)次協調會議紀錄，並請於期限內辦理"
    }

    private static func row(_ number: Int) -> String {
        let month = number % 12 + 1
        let day = "110/\(month < 10 ? "0" : "")\(month)/1\(number % 9)"
        return "110/0301/\(number / 400)/\(number / 200 % 2 + 1)/\(number % 200 + 1),道路改善工程,\(subject(number)),"
            + "\(agencies[number % 4]),\"\(agencies[(number + 1) % 4])、\(agencies[(number + 2) % 4])\","
            + "青工字第110\(number)號,\(day),10,,函,\(number % 30 + 1),頁\r\n"
    }

    private static func entry(_ number: Int) -> CatalogueEntry {
        var entry = CatalogueEntry(
            id: EntryID(rawValue: "E\(number)"), level: .item,
            fileNumber: FileNumber(
                year: "110", classNumber: "0301", caseNumber: "\(number / 400)", volume: "\(number / 200 % 2 + 1)",
                item: "\(number % 200 + 1)"))
        func set(_ field: CatalogueField, _ values: String...) {
            entry.fields[field] = DescribedField(values, by: .imported)
        }
        set(.folderTitle, "道路改善工程")
        set(.subject, subject(number))
        set(.principalSender, agencies[number % 4])
        set(.recipients, agencies[(number + 1) % 4], agencies[(number + 2) % 4])
        set(.outgoingNumber, "青工字第110\(number)號")
        set(.creationDate, "2021-03-1\(number % 9)")
        set(.retention, "10")
        set(.documentKind, "函")
        set(.extentCount, "\(number % 30 + 1)")
        set(.extentUnit, "頁")
        set(.accessRestriction, "unreviewed")
        entry.subjects = [SubjectTerm("道路工程", kind: .topic, producer: .imported)]
        return entry
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
}
