public import DocketCore
import DocketText
public import Foundation

/// How a batch is made.
public struct SubmissionOptions: Sendable {
    /// Name of the batch and of its folder: letters, digits, "-", "_" and ".".
    public var name: String
    /// Forms of the files; an entry goes into the first that has a place for its level.
    public var profiles: [CatalogueProfile]
    /// What the files say of themselves.
    public var context: CatalogueExport.Context
    /// Half year that is submitted; entries that were catalogued after it wait for the next.
    public var period: HalfYear
    /// Entries of one file, 1...3,000.
    public let mostRecords: Int

    /// The most entries that one file may have (CAT-23).
    public static let limit = 3000

    /// Options; `mostRecords` outside 1...3,000 becomes the nearest of them.
    public init(
        name: String, profiles: [CatalogueProfile], context: CatalogueExport.Context, period: HalfYear,
        mostRecords: Int = limit
    ) {
        self.name = name
        self.profiles = profiles
        self.context = context
        self.period = period
        self.mostRecords = min(max(1, mostRecords), Self.limit)
    }
}

/// An entry that is offered for submission.
public struct SubmissionCandidate: Sendable {
    /// The entry.
    public var entry: CatalogueEntry
    /// Where it stands; only `verified` ones are submitted.
    public var status: CatalogueEntry.Status
    /// What the rules found on it.
    public var findings: [Finding]

    /// A candidate.
    public init(_ entry: CatalogueEntry, status: CatalogueEntry.Status, findings: [Finding] = []) {
        self.entry = entry
        self.status = status
        self.findings = findings
    }
}

/// Writes a submission batch into a folder of its own, one entry at a time.
///
/// The folder appears under its name when all of it is on disk, and never takes the place of another. It holds the files with entries,
/// `manifest.json` and `manifest.txt`, the validation report `report.html` with `findings.csv`, `left-out.csv`, and `SHA256SUMS` over them all. A writer that
/// is dropped before `finish` leaves nothing behind.
public final class SubmissionWriter {
    private let options: SubmissionOptions
    private let target: URL
    private let partial: URL
    private var parts: [CatalogueProfile: Part] = [:]
    private var counts: [CatalogueProfile: Int] = [:]
    /// Entries that went into a file, in order.
    public private(set) var sent: [EntryID] = []
    private var manifest: SubmissionManifest
    private var report: SubmissionReport
    private let findings: OutputFile
    private let leftOut: OutputFile
    private var sums: [(name: String, digest: SHA256Digest)] = []
    private var isFinished = false

    /// A file with entries in the making.
    private struct Part {
        var file: OutputFile
        var stream: CatalogueExportStream
    }

    /// Begins a batch in `folder`, which is there.
    /// - Throws: `CatalogueExportError.badName`, `.exists`, `.unwritable`.
    public init(in folder: URL, _ options: SubmissionOptions) throws(CatalogueExportError) {
        guard Self.isName(options.name) else { throw .badName(options.name) }
        self.options = options
        target = folder.appending(path: options.name, directoryHint: .isDirectory)
        partial = folder.appending(path: ".\(options.name).\(ULID().string)", directoryHint: .isDirectory)
        guard !FileManager.default.fileExists(atPath: target.path(percentEncoded: false)) else {
            throw .exists(path: options.name)
        }
        guard mkdir(partial.path(percentEncoded: false), 0o755) == 0 else {
            throw .unwritable(path: folder.lastPathComponent, errno: errno)
        }
        let context = options.context
        manifest = SubmissionManifest(
            name: options.name, agency: context.agency, agencyCode: context.agencyCode, period: options.period.label,
            from: options.period.from, to: options.period.to, created: context.date.iso)
        report = SubmissionReport(context)
        do throws(CatalogueExportError) {
            findings = try OutputFile("findings.csv", in: partial)
            leftOut = try OutputFile("left-out.csv", in: partial)
            try findings.write("\u{FEFF}" + SubmissionReport.findingsHead(context))
            try leftOut.write("\u{FEFF}" + SubmissionReport.leftOutHead(context))
        } catch {
            // Nothing of a batch that could not begin stays.
            try? FileManager.default.removeItem(at: partial)
            throw error
        }
    }

    deinit {
        // Nothing of a batch that was given up stays; what cannot be removed is hidden by its name.
        if !isFinished { try? FileManager.default.removeItem(at: partial) }
    }

    private static func isName(_ name: String) -> Bool {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0)
        }
        return isPlain && !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 200
    }

    /// Offers an entry: it goes into a file, or is left out with a reason.
    /// - Throws: `CatalogueExportError.unwritable`; the batch cannot go on then.
    public func add(_ candidate: SubmissionCandidate) throws(CatalogueExportError) {
        manifest.offered += 1
        let entry = candidate.entry
        guard let profile = options.profiles.first(where: { $0.levels.contains(entry.level) }) else {
            return try leave(candidate, .otherLevel)
        }
        if let reason = reason(candidate) { return try leave(candidate, reason) }
        if parts[profile] == nil { try begin(profile) }
        guard var part = parts[profile], let text = try part.stream.add(entry) else {
            return try leave(candidate, .classified)
        }
        try part.file.write(text)
        parts[profile] = part
        manifest.written += 1
        sent.append(entry.id)
        for finding in candidate.findings { manifest.findings[finding.rule, default: 0] += 1 }
        try list(candidate, isSubmitted: true)
        if part.stream.result.written == options.mostRecords { try end(profile) }
    }

    private func reason(_ candidate: SubmissionCandidate) -> SubmissionManifest.Reason? {
        if candidate.entry.isClassified { return .classified }
        if candidate.status != .verified { return .notVerified }
        if candidate.findings.contains(where: { $0.severity == .error }) { return .hasErrors }
        let day = candidate.entry[.cataloguedOn].flatMap(CalendarDate.init(iso:))?.firstDay.iso
        if let day, day > options.period.to { return .afterPeriod }
        do throws(CatalogueExportError) {
            try candidate.entry.withoutRejected.checkCharacters()
            return nil
        } catch {
            // The one thing that the check finds.
            return .forbiddenCharacter
        }
    }

    private func leave(
        _ candidate: SubmissionCandidate, _ reason: SubmissionManifest.Reason
    ) throws(CatalogueExportError) {
        manifest.leftOut[reason.rawValue, default: 0] += 1
        // Of a classified entry nothing is said but its name.
        let rules = reason == .hasErrors ? Set(candidate.findings.map(\.rule)).sorted().joined(separator: " ") : ""
        let words = options.context.text(reason.name)
        try leftOut.write(
            CSVWriter.row([candidate.entry.id.rawValue, reason.rawValue, words, rules].map { CSVWriter.cell([$0]) }))
        if reason == .hasErrors { try list(candidate, isSubmitted: false) }
    }

    private func list(_ candidate: SubmissionCandidate, isSubmitted: Bool) throws(CatalogueExportError) {
        for finding in candidate.findings {
            report.add(finding, on: candidate.entry, isSubmitted: isSubmitted)
            try findings.write(
                SubmissionReport.row(finding, on: candidate.entry, isSubmitted: isSubmitted, options.context))
        }
    }

    // MARK: Files

    private func begin(_ profile: CatalogueProfile) throws(CatalogueExportError) {
        let number = (counts[profile] ?? 0) + 1
        counts[profile] = number
        let stem =
            switch profile {
            case .csvItems: "items"
            case .csvFolders: "folders"
            default: profile.rawValue
            }
        var part = Part(
            file: try OutputFile("\(stem)-\(number.padded(3)).\(profile.fileExtension)", in: partial),
            stream: CatalogueExportStream(CatalogueExport(profile, context: options.context)))
        try part.file.write(part.stream.opening())
        parts[profile] = part
    }

    private func end(_ profile: CatalogueProfile) throws(CatalogueExportError) {
        guard var part = parts.removeValue(forKey: profile) else { return }
        try part.file.write(part.stream.closing())
        let digest = try part.file.finish()
        sums.append((part.file.name, digest))
        manifest.files.append(
            .init(
                name: part.file.name, profile: profile, records: part.stream.result.written, bytes: part.file.bytes,
                sha256: digest))
    }

    /// Ends the batch and gives it its name.
    /// - Throws: `CatalogueExportError.emptyBatch` when nothing may be submitted, `.exists` when the name was taken meanwhile, `.unwritable`.
    public func finish() throws(CatalogueExportError) -> SubmissionManifest {
        for profile in options.profiles { try end(profile) }
        guard manifest.written > 0 else { throw .emptyBatch }
        manifest.files.sort { $0.name < $1.name }
        sums.append((findings.name, try findings.finish()))
        sums.append((leftOut.name, try leftOut.finish()))
        try put("manifest.json", manifest.json)
        try put("manifest.txt", manifest.text(options.context))
        try put("report.html", report.html(manifest))
        let lines = sums.sorted { $0.name < $1.name }.map { "\($0.digest.hex)  \($0.name)\n" }
        try put("SHA256SUMS", lines.joined())
        try sync(partial)
        // The system moves a folder onto nothing or onto an empty folder, never onto a file or a folder that holds something.
        guard rename(partial.path(percentEncoded: false), target.path(percentEncoded: false)) == 0 else {
            let isTaken = [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno)
            throw isTaken ? .exists(path: options.name) : .unwritable(path: options.name, errno: errno)
        }
        isFinished = true
        try sync(target.deletingLastPathComponent())
        return manifest
    }

    private func put(_ name: String, _ text: String) throws(CatalogueExportError) {
        let file = try OutputFile(name, in: partial)
        try file.write(text)
        sums.append((name, try file.finish()))
    }

    /// Brings the names in a folder to the disk.
    private func sync(_ folder: URL) throws(CatalogueExportError) {
        let descriptor = open(folder.path(percentEncoded: false), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path: options.name, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .unwritable(path: options.name, errno: errno) }
    }
}
