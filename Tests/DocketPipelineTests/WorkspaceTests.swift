import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import DocketTestSupport
import Foundation
import Testing

struct WorkspaceTests {
    private func withWorkspace(_ body: (Workspace, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-pipeline-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = try await Workspace.create(
            at: folder.appending(path: "library"), settings: Settings(library: LibraryConfiguration(name: "試驗 \"a\"")),
            by: .commandLine("test"))
        try await body(workspace, folder)
    }

    private func add(_ text: String, _ name: String, _ workspace: Workspace, _ folder: URL) async throws -> SourceID {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        guard case .source(let added, findings: _) = try await workspace.add(file, by: .commandLine("test")) else {
            throw PipelineError.unknown(id: name)
        }
        return added.id
    }

    @Test func `a new settings file reads back as what it was made from`() async throws {
        try await withWorkspace { workspace, _ in
            let loaded = try #require(try Settings.load(from: workspace.library.url))
            #expect(loaded.library.name == "試驗 \"a\"")
            #expect(loaded.library.ceiling == .internal)
            #expect(loaded.library.review == ReviewPolicy())
        }
    }

    @Test func `everything that is searched can be shown by its name`() async throws {
        try await withWorkspace { workspace, folder in
            let minutes = """
                虛構市政府第5次資訊會報紀錄
                時間：民國115年3月3日14時0分
                地點：第一會議室
                主席：甲乙丙秘書長 紀錄：丁戊
                出席：如簽到表
                壹、報告事項
                一、單一登入導入情形。(資訊局)
                會議結論：請資訊局於4月30日前完成介接。
                散會 (下午3時)
                """
            let id = try await add(minutes, "minutes.txt", workspace, folder)
            let stored = try await workspace.library.source(id, viewer: workspace.viewer)
            #expect(stored.document.kind == .minutes)
            let documents = IndexDocuments.documents(of: stored)
            #expect(Set(documents.map(\.id)).count == documents.count)
            #expect(documents.filter { $0.kind == .conclusion }.count == 1)
            #expect(documents.filter { $0.kind == .agendaItem }.count == 1)
            for document in documents {
                for field in document.fields {
                    guard let span = field.span else { continue }
                    #expect(stored.document.text(in: span.range) == field.text)
                }
            }
            let answer = try await workspace.search(
                SearchRequest("單一登入", viewer: workspace.viewer)
            ).answer
            #expect(answer.hits.contains { $0.kind == .agendaItem })
        }
    }

    @Test func `a reindex changes neither passages nor what is found`() async throws {
        try await withWorkspace { workspace, folder in
            let id = try await add("壹、總則\n一、本要點依據市政會議決議訂定。\n二、各機關應配合辦理。\n", "a.txt", workspace, folder)
            let before = try await workspace.library.source(id, viewer: workspace.viewer)
            let hits = try await workspace.search(SearchRequest("市政會議", viewer: workspace.viewer)).answer.hits.map(\.id)
            #expect(!hits.isEmpty)
            let (sources, _) = try await workspace.reindex(by: .commandLine("test"))
            #expect(sources == 1)
            let after = try await workspace.library.source(id, viewer: workspace.viewer)
            #expect(after.document == before.document)
            #expect(
                try await workspace.search(SearchRequest("市政會議", viewer: workspace.viewer)).answer.hits.map(\.id)
                    == hits)
        }
    }

    @Test func `a source above the ceiling is refused, and one within it drafted at its own level`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-pipeline-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = try await Workspace.create(
            at: folder.appending(path: "library"),
            settings: Settings(library: LibraryConfiguration(ceiling: .restricted)), by: .commandLine("test"))
        let file = folder.appending(path: "a.txt")
        try Data("資通安全演練計畫。\n".utf8).write(to: file)
        var options = Workspace.AddOptions()
        options.classification = .confidential
        await #expect(throws: ArchiveError.self) {
            try await workspace.add(file, options: options, by: .commandLine("test"))
        }
        options.classification = .restricted
        guard
            case .source(let added, findings: _) = try await workspace.add(
                file, options: options, by: .commandLine("t"))
        else {
            Issue.record("a text was read as records")
            return
        }
        let draft = try await workspace.draft(added.id, by: .commandLine("test")) { .summary(length: 50, passages: $0) }
        #expect(draft.verified.draft.classification == .restricted)
    }

    @Test(.enabled(if: ReferenceData.isAvailable, "needs the reference data"))
    func `real documents of every kind come in whole`() async throws {
        try await withWorkspace { workspace, _ in
            let files = [
                "taipei/taipei-chief-secretaries-meeting-213-minutes-2021.txt",
                "taipei/taipei-secretariat-work-report-2022h1.txt",
                "taipei/taipei-secretariat-annual-plan-2026.txt", "archive-tw-raw/akoma-ntoso-1.an.xml",
                "formats/ami-ES2009a.srt", "formats/ami-ES2009a.vtt", "formats/ami-ES2009a.whisper.json",
            ]
            for path in files {
                let report = try await workspace.add(ReferenceData.url(path), by: .commandLine("test"))
                guard case .source(let added, findings: _) = report else {
                    Issue.record("\(path) is no single source")
                    continue
                }
                let stored = try await workspace.library.source(added.id, viewer: workspace.viewer)
                #expect(stored.document.isPartitioned, "\(path)")
                #expect(stored.document.text.utf8.count > 1000, "\(path)")
                let segments = workspace.segments(of: stored)
                #expect(segments.first?.firstPassage == 0, "\(path)")
                #expect(segments.last?.lastPassage == stored.document.passages.count - 1, "\(path)")
            }
        }
    }
}
