import ArgumentParser
import DocketArchive
import DocketCore
import DocketIngest
import DocketPipeline
import Foundation

/// Checks the machine's tools and the library.
struct Doctor: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "doctor", abstract: Phrase.doctorAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long, help: ArgumentHelp(Phrase.doctorFixity())) var fixity = false
    @Option(name: .customLong("endpoint"), help: ArgumentHelp(Phrase.doctorEndpoint(), valueName: "name"))
    var endpoints: [String] = []

    /// One line of the report.
    struct Line: Encodable {
        let name: String
        let isGood: Bool
        let note: String
        /// How an endpoint's check stands: good, warning, failed, skipped; nil for what is there or not.
        var state: String?
    }

    func run() async throws {
        var lines = Self.tools.map(Self.look)
        let folder = global.libraryFolder
        var isSound = true
        if FileManager.default.fileExists(atPath: folder.appending(path: "docket.sqlite").path) {
            let library = try await self.library(folder)
            lines += library
            isSound = library.allSatisfy(\.isGood)
        } else {
            lines.append(
                Line(name: Phrase.doctorLibrary(), isGood: true, note: Phrase.doctorNoLibrary(folder.path)))
        }
        let probed = try await endpointLines(of: folder)
        lines += probed
        if global.json {
            for line in lines { try Terminal.print(json: line) }
        } else {
            let rows = lines.map { [$0.name, Self.shownState($0), $0.note] }
            let header = [Phrase.doctorTool(), Phrase.doctorState(), Phrase.doctorNote()]
            for line in Terminal.table(header, rows, limit: 120) { Terminal.print(line) }
        }
        if !isSound { throw ExitStatus.storage }
        if !probed.allSatisfy(\.isGood) { throw ExitStatus.endpoint }
    }

    /// Programs that readers run, the Debian package each is in, and what it is for.
    private static let tools: [(program: String, package: String, use: LocalizedText)] = [
        ("pdftotext", "poppler-utils", LocalizedText(zhHant: "讀取 PDF 文字層", en: "text layer of PDF files")),
        ("pdftoppm", "poppler-utils", LocalizedText(zhHant: "將掃描頁轉為影像", en: "pictures of scanned pages")),
        (
            "tesseract", "tesseract-ocr tesseract-ocr-chi-tra",
            LocalizedText(zhHant: "掃描頁文字辨識", en: "text of scanned pages")
        ),
        (
            "prlimit", "util-linux",
            LocalizedText(zhHant: "限制外部程式的時間與記憶體", en: "limits on time and memory of other programs")
        ),
    ]

    private static func look(_ tool: (program: String, package: String, use: LocalizedText)) -> Line {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let found = path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(tool.program)")
        }
        let note = found ? tool.use.shown : Phrase.doctorInstall(tool.use.shown, tool.package)
        return Line(name: tool.program, isGood: found, note: note)
    }

    private static func shown(_ state: IndexState) -> (isGood: Bool, note: String) {
        switch state {
        case .complete: (true, Phrase.doctorGood())
        case .rebuilding(let done): (false, Phrase.doctorIndexCut("\(done)"))
        case .outdated: (false, Phrase.doctorIndexOutdated())
        }
    }

    private func library(_ folder: URL) async throws -> [Line] {
        let workspace = try await Workspace.open(at: folder, mode: .read)
        let check = try await workspace.library.check(fixity: fixity)
        let statistics = try await workspace.library.statistics(viewer: workspace.viewer)
        let counts = statistics.sources.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let (isIndexGood, index) = Self.shown(try await workspace.library.indexState())
        let problems =
            check.missing.map { Phrase.doctorLost($0.hex) } + check.damaged.map { Phrase.doctorDamaged($0.hex) }
            + check.incompleteRows
            + check.database
        return [
            Line(name: Phrase.doctorLibrary(), isGood: true, note: folder.path),
            Line(name: Phrase.labelPassages(), isGood: true, note: counts.joined(separator: ", ")),
            Line(
                name: Phrase.doctorOriginals(), isGood: problems.isEmpty,
                note: problems.isEmpty ? "\(check.originals) \(Phrase.doctorGood())" : problems.joined(separator: "; ")),
            Line(name: Phrase.doctorIndex(), isGood: isIndexGood, note: index),
            Line(
                name: Phrase.doctorAudit(), isGood: check.auditBreak == nil,
                note: check.auditBreak.map { Phrase.doctorBreak("\($0.sequence)", $0.kind.rawValue) }
                    ?? "\(statistics.auditEvents) \(Phrase.doctorGood())"),
        ]
    }
}
