import DocketArchive
import DocketCataloguing
import DocketCore
import DocketPipeline
import DocketPublishing
import Foundation

/// What the rules find on entries: a table, CSV or JSON; an error ends with exit code 1.
enum CatalogueCheck {
    static func run(_ entries: [StoredEntry], _ workspace: Workspace, asJSON: Bool, asCSV: Bool) async throws {
        let findings = try await workspace.catalogueFindings(on: entries)
        let report = CatalogueReport(on: entries.map(\.entry), findings: findings)
        let export = CatalogueReportExport(language: Language.current.rawValue)
        if asJSON {
            Terminal.print(String(decoding: try export.json(report), as: UTF8.self))
        } else if asCSV {
            Terminal.write(String(decoding: export.csv(report), as: UTF8.self), to: STDOUT_FILENO)
        } else {
            Terminal.print(export.table(report))
        }
        if !report.isClean { throw ExitStatus.findings }
    }
}
