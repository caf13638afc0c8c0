import DocketArchive
import DocketCore
import DocketIngest
import DocketPipeline
import DocketTestSupport
import Foundation

/// Libraries and papers for the tests of the pipeline.
struct PipelineFixture {
    let workspace: Workspace
    let folder: URL

    static let clerk = Actor.commandLine("test")

    /// Runs `body` with a new library in a folder of its own.
    static func with(
        _ configuration: LibraryConfiguration = LibraryConfiguration(), _ body: (PipelineFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-pipeline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms no test
        let workspace = try await Workspace.create(
            at: folder.appending(path: "library"), settings: Settings(library: configuration), by: clerk)
        try await body(PipelineFixture(workspace: workspace, folder: folder))
    }

    /// A paper that was added, with the findings on it.
    struct Paper {
        var id: SourceID
        var isDuplicate: Bool
        var rules: [String]
    }

    /// Adds a text as a file.
    func add(
        _ text: String, _ name: String = "a.txt", kind: SourceKind? = nil, meeting: MeetingReference? = nil,
        classification: Classification = .internal, date: String? = nil
    ) async throws -> Paper {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return try await add(
            file,
            Workspace.AddOptions(kind: kind, date: date, classification: classification, meeting: meeting))
    }

    /// Adds a file of the corpus.
    func add(corpus path: String, meeting: MeetingReference? = nil, kind: SourceKind? = nil) async throws -> Paper {
        let file = ReferenceData.packageRoot.appending(path: "Corpus/" + path)
        return try await add(file, Workspace.AddOptions(kind: kind, meeting: meeting))
    }

    private func add(_ file: URL, _ options: Workspace.AddOptions) async throws -> Paper {
        let report = try await workspace.add(file, options: options, by: Self.clerk)
        guard case .source(let added, let findings) = report else {
            throw PipelineError.unknown(id: file.lastPathComponent)
        }
        return Paper(id: added.id, isDuplicate: added.duplicate, rules: findings.map(\.rule))
    }

    func addSeries(_ name: String = "chief-secretaries") async throws {
        _ = try await workspace.addSeries(
            ReferenceData.packageRoot.appending(path: "Corpus/series/\(name).yaml"), by: Self.clerk)
    }

    func stored(_ id: SourceID) async throws -> StoredSource {
        try await workspace.library.source(id, viewer: workspace.viewer)
    }

    /// Rules that find something in a source as it stands now.
    func rules(_ id: SourceID) async throws -> [String] {
        try await workspace.findings(on: try await stored(id)).map(\.rule)
    }

    /// The meeting of an ordinal in a series.
    func meeting(_ ordinal: Int, _ series: String = "chief-secretaries") async throws -> Meeting? {
        try await workspace.meeting(MeetingReference(series: .any(series), ordinal: ordinal))
    }

    /// Minutes of a fictional committee; `body` are the lines between head and closing.
    static func minutes(
        _ ordinal: Int, previous: Int? = nil, attendance: String? = "出席：如簽到表", _ body: String
    ) -> String {
        """
        虛構市政府第\(ordinal)次資訊會報紀錄
        時間：民國115年\(ordinal)月3日14時0分
        地點：第一會議室
        主席：甲乙丙秘書長 紀錄：丁戊己
        \(attendance.map { $0 + "\n" } ?? "")壹、宣讀本府115年\(previous ?? ordinal - 1)月3日第\(previous ?? ordinal - 1)次資訊會報紀錄。
        會議結論：紀錄確定。
        貳、報告事項
        \(body)
        散會（下午3時）

        """
    }
}
