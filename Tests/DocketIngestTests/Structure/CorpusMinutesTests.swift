import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Minutes of the corpus against the facts on their cards.
struct CorpusMinutesTests {
    static let paths =
        ["061", "062", "063", "064", "065"].map { "meetings/chief-secretaries/\($0)/minutes.txt" }
        + ["031", "032", "033", "034"].map { "meetings/division-meetings/\($0)/minutes.txt" }
        + ["meetings/working-group-en/07/minutes.txt"]

    @Test(arguments: paths)
    func `the header holds what the card says`(path: String) async throws {
        let (source, structure) = try await structure(ofCorpus: path)
        let expected = try #require(try CorpusCard.card(of: path)["expected"])
        #expect(source.kind == .minutes)
        let minutes = try #require(structure.minutes)
        #expect(minutes.ordinal == (try CorpusCard.card(of: path)["ordinal"]?.number))
        #expect(minutes.start?.iso?.prefix(16) == expected["start"]?.text?.prefix(16))
        #expect(minutes.end?.iso?.prefix(16) == expected["end"]?.text?.prefix(16))
        #expect(minutes.chair?.name == expected["chair"]?.text)
        #expect(minutes.minuteTaker?.name == expected["minuteTaker"]?.text)
        #expect(minutes.previousOrdinal == expected["previous"]?["ordinal"]?.number)
        // Minutes that name the previous meeting by its ordinal alone (the 31st division meeting) give no date.
        let wanted = path.contains("/031/") ? nil : expected["previous"]?["date"]?.text
        #expect(minutes.previousDate?.iso == wanted)
        #expect(minutes.closing != nil)
        try expectPlaced(structure, in: source)
    }

    @Test(arguments: paths)
    func `sections, items, statements and conclusions are counted as on the card`(path: String) async throws {
        let minutes = try #require(try await structure(ofCorpus: path).structure.minutes)
        let expected = try #require(try CorpusCard.card(of: path)["expected"])
        func check(_ key: String, _ found: Int) {
            guard let wanted = expected[key]?.number else { return }
            #expect(found == wanted, "\(key) of \(path)")
        }
        check("sections", minutes.sections.count)
        let inReports = minutes.sections.first { $0.kind == .report }?.path ?? ""
        check("reportItems", minutes.items.filter { $0.path.hasPrefix(inReports + ".") }.count)
        check("discussionItems", minutes.items.filter { $0.kind == .discussion }.count)
        check("adHocMotions", minutes.items.filter { $0.kind == .adHoc }.count)
        check("statements", minutes.statements.count)
        check("agendaItems", minutes.items.count)
        let general = minutes.conclusions.filter { $0.itemPath == nil }
        check("generalConclusions", general.count)
        check("conclusions", minutes.conclusions.count)
        check("decisions", minutes.conclusions.filter { $0.label == "Decisions" }.count)
        check("actions", minutes.conclusions.filter { $0.label == "Action" }.count)
        check("present", minutes.attendance.filter { $0.role == .attendee }.count)
        check("apologies", minutes.attendance.filter { $0.role == .excused }.count)
    }

    @Test(arguments: paths)
    func `tracked items are released, continued and opened as on the card`(path: String) async throws {
        let minutes = try #require(try await structure(ofCorpus: path).structure.minutes)
        let expected = try #require(try CorpusCard.card(of: path)["expected"])
        for action in [TrackingAction.Action.release, .continue] {
            let found = minutes.trackingActions.filter { $0.action == action }.map { entry in
                let note = entry.scope.map { $0 + "部分" } ?? entry.proviso
                return entry.reference + (note.map { "(\($0))" } ?? "")
            }
            #expect(found == expected["tracking"]?[action.rawValue]?.texts ?? [], "\(action) of \(path)")
        }
        for (action, count) in expected["tracking"]?["declaredCounts"]?.entries ?? [:] {
            #expect(minutes.declaredCounts.first { $0.action.rawValue == action }?.declared == count.number)
        }
        let isRight = minutes.declaredCounts.allSatisfy { $0.declared == $0.found }
        if let wanted = expected["tracking"]?["countsRight"]?.text { #expect(isRight == (wanted == "true")) }
        let opened = minutes.trackingActions.filter { $0.action == .open }
        for (reference, path) in expected["opens"]?.entries ?? [:] {
            let entry = opened.first { $0.reference == reference }
            #expect(entry?.conclusionPath == path.text?.replacing("(", with: "（").replacing(")", with: "）"))
            #expect(entry?.isNumberProposed == true)
        }
        #expect(opened.count == expected["opens"]?.entries.count ?? opened.count)
    }

    @Test(arguments: paths)
    func `corrections are objects with their target`(path: String) async throws {
        let minutes = try #require(try await structure(ofCorpus: path).structure.minutes)
        let expected = try #require(try CorpusCard.card(of: path)["expected"])
        if let note = expected["correction"] {
            let found = try #require(minutes.corrections.first { $0.ofMeeting == nil })
            #expect(found.target == note["target"]?.text)
            #expect(found.from == note["from"]?.text && found.to == note["to"]?.text)
            #expect(found.byMeeting == note["byMeeting"]?.number && found.on?.iso == note["on"]?.text)
            #expect(found.targetFound && found.bodyStillHasFrom)
        }
        if let earlier = expected["correctsEarlier"] {
            let found = try #require(minutes.corrections.first { $0.ofMeeting != nil })
            #expect(found.ofMeeting == earlier["meeting"]?.number && found.target == earlier["target"]?.text)
            #expect(found.from == earlier["from"]?.text && found.to == earlier["to"]?.text)
        }
        if expected["correction"] == nil, expected["correctsEarlier"] == nil { #expect(minutes.corrections.isEmpty) }
    }

    @Test func `owners and dates of an action table are those on the card`() async throws {
        let path = "meetings/working-group-en/07/minutes.txt"
        let minutes = try #require(try await structure(ofCorpus: path).structure.minutes)
        let actions = minutes.conclusions.filter { $0.label == "Action" }
        let found = actions.map { [$0.addressees.map(\.words.text).joined(separator: ", "), $0.due.first?.iso ?? ""] }
        #expect(found.first == ["Rosalind Okafor", "2024-10-23"])
        #expect(found.dropFirst(2).first == ["Rosalind Okafor, Lin Yu-chen", "2025-01-20"])
        #expect(found.last == ["Lin Yu-chen", "2024-11-15"])
    }

    @Test func `speakers are found in the roster by agency, surname, title and date`() async throws {
        let minutes = try #require(
            try await structure(ofCorpus: "meetings/chief-secretaries/064/minutes.txt").structure.minutes)
        #expect(minutes.statements.allSatisfy { $0.speaker.rosterID != nil })
        #expect(minutes.statements.first?.speaker.name == "曾玉琴")
        // Two chief secretaries are called 林; the agency tells them apart.
        let lin = minutes.statements.filter { $0.speaker.surname == "林" }.map(\.speaker.name)
        #expect(lin == ["林姿吟", "林孟璇"])
        #expect(minutes.chair?.rosterID != nil && minutes.minuteTaker?.rosterID != nil)
    }
}
