import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Agendas and attendance lists of the corpus against their cards.
struct CorpusPapersTests {
    static let agendas = [
        "chief-secretaries/062/agenda.txt", "chief-secretaries/063/agenda.txt", "chief-secretaries/064/agenda.md",
        "chief-secretaries/065/agenda.md", "division-meetings/031/agenda.txt", "division-meetings/032/agenda.md",
        "division-meetings/033/agenda.txt", "division-meetings/034/agenda.md", "working-group-en/07/agenda.md",
    ]
    static let lists = [
        "chief-secretaries/062/attendance.csv", "chief-secretaries/063/attendance.txt",
        "chief-secretaries/064/attendance.csv", "chief-secretaries/065/attendance.txt",
        "division-meetings/031/attendance.txt", "division-meetings/032/attendance.csv",
        "division-meetings/033/attendance.txt", "division-meetings/034/attendance.csv",
        "working-group-en/07/attendance.csv",
    ]

    @Test(arguments: agendas)
    func `an agenda gives its items and decides nothing`(name: String) async throws {
        let path = "meetings/" + name
        let (source, structure) = try await structure(ofCorpus: path, kind: .agenda)
        try expectPlaced(structure, in: source)
        let card = try CorpusCard.card(of: path)
        let minutes = try #require(structure.minutes)
        #expect(minutes.ordinal == card["ordinal"]?.number)
        #expect(minutes.start?.iso?.prefix(10) == card["date"]?.text?[...])
        let expected = card["expected"]
        let reports = minutes.sections.first { $0.kind == .report }?.path ?? "-"
        if let wanted = expected?["reportItems"]?.number {
            // The confirmation of the previous minutes is counted on a card where it is no section of its own.
            let inSection = minutes.items.filter { $0.path.hasPrefix(reports + ".") }.count
            #expect(
                inSection == wanted
                    || minutes.items.filter { $0.kind != .discussion && $0.kind != .adHoc }.count == wanted)
        }
        if let wanted = expected?["discussionItems"]?.number {
            #expect(minutes.items.filter { $0.kind == .discussion }.count == wanted)
        }
        if let wanted = expected?["agendaItems"]?.number { #expect(minutes.items.count == wanted) }
        #expect(minutes.conclusions.isEmpty && minutes.trackingActions.isEmpty && minutes.statements.isEmpty)
        if let rows = expected?["trackingRows"]?.number {
            #expect(structure.tables.first?.rows.count == rows + 1)
        }
    }

    @Test(arguments: lists)
    func `an attendance list gives everybody with their part`(name: String) async throws {
        let path = "meetings/" + name
        let (source, structure) = try await structure(ofCorpus: path, kind: .attendance)
        try expectPlaced(structure, in: source)
        let minutes = try #require(structure.minutes)
        let expected = try #require(try CorpusCard.card(of: path)["expected"])
        func count(_ role: Attendance.Role) -> Int { minutes.attendance.filter { $0.role == role }.count }
        if let wanted = expected["attendees"]?.number { #expect(count(.attendee) == wanted) }
        if let wanted = expected["present"]?.number {
            let writes = name.hasSuffix("en/07/attendance.csv") && minutes.minuteTaker != nil ? 1 : 0
            #expect(count(.attendee) + (minutes.chair == nil ? 0 : 1) + writes == wanted)
        }
        if let wanted = (expected["excused"] ?? expected["apologies"])?.number { #expect(count(.excused) == wanted) }
        if let wanted = expected["observers"]?.number { #expect(count(.observer) == wanted) }
        if expected["chair"] != nil { #expect(minutes.chair?.name != nil) }
        if expected["minuteTaker"] != nil { #expect(minutes.minuteTaker?.name != nil) }
        #expect(minutes.items.isEmpty && minutes.conclusions.isEmpty)
    }

    @Test func `who stands in for whom is kept`() async throws {
        let minutes = try #require(
            try await structure(ofCorpus: "meetings/chief-secretaries/065/attendance.txt").structure.minutes)
        let deputy = try #require(minutes.attendance.first { $0.onBehalfOf != nil })
        #expect(deputy.person.name == "康宜萱" && deputy.onBehalfOf == "石美玲主任秘書" && deputy.role == .attendee)
    }

    @Test func `people of a list are the roster's at the date of the meeting`() async throws {
        let minutes = try #require(
            try await structure(ofCorpus: "meetings/chief-secretaries/063/attendance.txt").structure.minutes)
        #expect(minutes.attendance.allSatisfy { $0.person.rosterID != nil })
        #expect(minutes.attendance.first?.person.agency == "青嵐市政府研究發展考核委員會")
        // 觀光局 took over the short name of the office before it.
        #expect(minutes.attendance.first { $0.person.name == "洪語彤" }?.person.agency == "青嵐市政府觀光局")
    }
}
