import DocketCore
import DocketTestSupport
import DocketText
import Foundation
import Testing

@testable import DocketArchive

/// The examples of docs/search.md are what the program does.
@Suite struct SearchDocumentationTests {
    /// The rows of the table whose head has these columns.
    private static func rows(_ columns: [String]) throws -> [[String]] {
        let page = try String(contentsOf: ReferenceData.packageRoot.appending(path: "docs/search.md"), encoding: .utf8)
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        let head = "| " + columns.joined(separator: " | ") + " |"
        guard let start = lines.firstIndex(where: { $0 == head }) else { return [] }
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
        }
    }

    @Test func `what is understood is what the page says`() async throws {
        let rows = try Self.rows(["typed", "understood as", "stands for"])
        #expect(rows.count >= 10)
        for row in rows {
            let reader = try await PlainQueryReader(
                row[0], knowledge: PlainQueryTests.knowledge, today: CalendarDate(2025, 2, 10))
            #expect(
                reader.understood.contains { $0.kind.rawValue == row[1] && $0.meaning == row[2] },
                "\(row[0]): \(reader.understood)")
        }
    }

    @Test func `what is asked is what the page says`() throws {
        let rows = try Self.rows(["typed", "asked"])
        #expect(rows.count >= 12)
        for row in rows { #expect(try QueryParser().parse(row[0]).text == row[1], "\(row[0])") }
    }

    @Test func `what is refused is refused at the place that the page says`() throws {
        let rows = try Self.rows(["typed", "byte", "said"])
        #expect(rows.count >= 6)
        for row in rows {
            #expect("\(row[0])") {
                _ = try QueryParser().parse(row[0])
            } throws: { error in
                guard case ArchiveError.malformedQuery(let offset, let problem) = error else { return false }
                return offset == Int(row[1]) && problem.en == row[2]
            }
        }
    }
}
