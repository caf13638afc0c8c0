import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// The 213th minutes and the minutes of a plenary sitting, as they were published.
@Suite(.enabled(if: ReferenceData.isAvailable, "reference data not found"))
struct ReferenceMinutesTests {
    private func chiefSecretaries() async throws -> (source: SourceDocument, structure: DocumentStructure) {
        let text = try ReferenceData.text("taipei/taipei-chief-secretaries-meeting-213-minutes-2021.txt")
        let source = try await readSource(text)
        return (source, StructureParser().structure(of: source))
    }

    @Test func `the header of the 213th minutes is read whole`() async throws {
        let (source, structure) = try await chiefSecretaries()
        let minutes = try #require(structure.minutes)
        #expect(source.kind == .minutes)
        #expect(minutes.issuer == "臺北市政府" && minutes.series == "主任秘書會報" && minutes.ordinal == 213)
        #expect(minutes.start?.iso == "2021-10-26T14:00:00+08:00")
        #expect(minutes.end?.iso == "2021-10-26T15:35:00+08:00")
        #expect(minutes.place?.text == "視訊會議" && minutes.mode == "video")
        #expect(minutes.chair?.name == "陳志銘" && minutes.chair?.title == "秘書長")
        #expect(minutes.minuteTaker?.name == "陳慧玲")
        #expect(minutes.attendanceReference?.text == "如簽到表")
        #expect(minutes.previousOrdinal == 212 && minutes.previousDate?.iso == "2021-09-23")
        #expect(minutes.closing?.text == "散會 (下午15時35分)")
        try expectPlaced(structure, in: source)
    }

    @Test func `three sections, nine report items and three general conclusions are found`() async throws {
        let minutes = try #require(try await chiefSecretaries().structure.minutes)
        #expect(minutes.sections.map(\.path) == ["壹", "貳", "參"])
        #expect(minutes.sections.map(\.kind) == [.readPrevious, .report, .general])
        let reports = minutes.items.filter { $0.path.hasPrefix("貳.") }
        #expect(reports.map(\.path) == "一二三四五六七八九".map { "貳.\($0)" })
        #expect(reports[0].kind == .trackingReview && reports[1].kind == .report)
        #expect(reports.map(\.sponsor) == [nil, nil, nil, "主計處", "研考會", "研考會", "研考會", "資訊局", "資訊局"])
        #expect(reports[7].title.text == "台北通市政服務整合規劃報告。")
        let general = minutes.conclusions.filter { $0.itemPath == nil }
        #expect(general.map(\.path) == ["參.一", "參.二", "參.三"])
        #expect(
            minutes.conclusions.map(\.path).prefix(6) == ["壹", "貳.一.（一）", "貳.一.（二）", "貳.一.（三）", "貳.二.（一）", "貳.二.（二）"])
        #expect(minutes.conclusions.count == 21)
    }

    @Test func `thirteen tracking actions are told apart by scope and proviso`() async throws {
        let minutes = try #require(try await chiefSecretaries().structure.minutes)
        let actions = minutes.trackingActions
        #expect(
            actions.filter { $0.action == .release }.map(\.reference) == [
                "205-2", "209-2", "211-2", "211-6", "212-1", "212-2", "212-3", "212-4", "212-5",
            ])
        #expect(actions.filter { $0.action == .continue }.map(\.reference) == ["204-2", "210-5", "211-2", "211-3"])
        #expect(actions.filter { $0.reference == "211-2" }.map(\.scope) == ["觀傳局", "法務局"])
        #expect(actions.first { $0.reference == "212-1" }?.proviso == "本案依同時上線最高量作動態調整")
        #expect(actions.filter { $0.scope != nil || $0.proviso != nil }.count == 3)
        #expect(minutes.declaredCounts.map(\.declared) == [9, 4] && minutes.declaredCounts.map(\.found) == [9, 4])
    }

    @Test func `the correction by the 214th meeting is an object and the body keeps its words`() async throws {
        let minutes = try #require(try await chiefSecretaries().structure.minutes)
        let correction = try #require(minutes.corrections.first)
        #expect(minutes.corrections.count == 1)
        #expect(correction.target == "參.三" && correction.targetFound && correction.bodyStillHasFrom)
        #expect(correction.from == "電子收據系統" && correction.to == "電子領據系統")
        #expect(correction.byMeeting == 214 && correction.on?.iso == "2021-11-24" && correction.ofMeeting == nil)
    }

    @Test func `eight statements of seven people are resolved by agency, surname and title`() async throws {
        let minutes = try #require(try await chiefSecretaries().structure.minutes)
        let speakers = minutes.statements.map(\.speaker)
        #expect(minutes.statements.allSatisfy { $0.verb == "補充說明" })
        #expect(speakers.map(\.surname) == ["陳", "吳", "藍", "陳", "林", "高", "劉", "陳"])
        #expect(
            speakers.map(\.agency) == [nil, "教育局", "工務局", "資訊局", "社會局", "秘書處文書組", "產業局", "資訊局"])
        #expect(
            speakers.map(\.title) == ["府會副總聯絡人", "主秘", "主秘", "主秘", "主秘", "組長", "主秘", "主秘"])
        #expect(speakers[0].name == "陳慶安")
        #expect(minutes.statements.map(\.paragraphs.count) == [2, 1, 1, 1, 1, 1, 1, 3])
        // A sentence that a page break cut is whole again.
        #expect(minutes.statements[0].paragraphs[0].text.contains("市長赴議會進行專案報告，今日上午"))
    }

    @Test func `types, addressees, conditions and dates of conclusions follow their words`() async throws {
        let minutes = try #require(try await chiefSecretaries().structure.minutes)
        func conclusion(_ path: String) throws -> Conclusion {
            try #require(minutes.conclusions.first { $0.path == path })
        }
        #expect(try conclusion("壹").types == [.confirmMinutes])
        #expect(try conclusion("貳.一.（一）").types == [.release])
        #expect(try conclusion("貳.一.（二）").types == [.continueTracking])
        #expect(try conclusion("貳.六").types == [.noted])
        #expect(try conclusion("貳.三.（一）").types == [.announce])
        #expect(try conclusion("貳.三.（一）").addressees.map(\.group) == ["各位主任秘書"])
        #expect(try conclusion("貳.二.（一）").types.first == .schedule)
        #expect(try conclusion("貳.五.（一）").addressees.map(\.words.text) == ["研考會", "主計處"])
        #expect(try conclusion("貳.七.（一）").types == [.policyRule])
        let late = try conclusion("貳.四")
        #expect(late.types == [.assign, .escalate])
        #expect(late.due.map(\.iso) == ["2021-12-31"])
        #expect(late.condition?.hasPrefix("倘有窒礙難行處") == true)
        #expect(late.addressees.map(\.group) == ["案內 15 個預算執行進度落後案件之主辦機關"])
        #expect(
            try conclusion("參.二").addressees.map(\.words.text) == ["本府各局處", "觀傳局", "文化局", "體育局", "產業局"])
        #expect(try conclusion("參.三").types.contains(.monitor))
    }

    // MARK: A plenary sitting

    private struct Sitting: Decodable {
        struct Decision: Decodable {
            let item: String
            let decision: String
        }

        let official_minutes: String
        let decisions: [Decision]
    }

    private func sitting() async throws -> (gold: Sitting, minutes: MinutesStructure) {
        let line = try #require(try ReferenceData.lines("ly-minutes-pair/meetings.jsonl").first)
        let gold = try JSONDecoder().decode(Sitting.self, from: line)
        let source = try await readSource(gold.official_minutes, options: ReadingOptions(kind: .minutes))
        let structure = StructureParser().structure(of: source)
        try expectPlaced(structure, in: source)
        return (gold, try #require(structure.minutes))
    }

    @Test func `every decision of the sitting is found under its item`() async throws {
        let (gold, minutes) = try await sitting()
        var found = 0
        for decision in gold.decisions {
            let isThere = minutes.items.contains { item in
                item.title.text == decision.item
                    && minutes.conclusions.contains {
                        $0.itemPath == item.path && $0.text.text.hasPrefix(decision.decision)
                    }
            }
            if isThere { found += 1 }
        }
        print("decisions found: \(found) of \(gold.decisions.count)")
        #expect(found == gold.decisions.count)
        #expect(minutes.items.count == 100)
        #expect(minutes.conclusions.count == gold.decisions.count + 3, "and three items set aside in brackets")
    }

    @Test func `a header of words apart, head counts and two sittings is read`() async throws {
        let minutes = try await sitting().minutes
        #expect(minutes.issuer == "立法院" && minutes.ordinal == 16)
        #expect(minutes.start?.iso == "2002-05-21T09:01:00+08:00")
        #expect(minutes.end?.iso == "2002-05-21T17:29:00+08:00")
        #expect(minutes.chair?.name == "江丙坤" && minutes.chair?.title == "副院長")
        #expect(minutes.attendeeCount == 205)
        #expect(minutes.attendance.filter { $0.role == .observer }.map(\.person.name) == ["林錫山", "羅成典"])
        #expect(minutes.previousOrdinal == 15)
        #expect(minutes.sections.map(\.title.text) == ["報告事項", "質詢事項", "討論事項"])
    }

    @Test func `what became of bills is classified`() async throws {
        let minutes = try await sitting().minutes
        let returned = minutes.conclusions.filter { $0.text.text.hasPrefix("退回程序委員會") }
        #expect(!returned.isEmpty && returned.allSatisfy { $0.types == [.returned] })
        let referred = try #require(minutes.conclusions.first { $0.text.text == "交法制、科技及資訊兩委員會，與相關提案併案審查。" })
        #expect(referred.types == [.assign])
        #expect(referred.addressees.map(\.words.text) == ["法制、科技及資訊兩委員會"])
        let aside = minutes.conclusions.filter { $0.text.text == "（本案暫不予處理）" }
        #expect(aside.count == 3 && aside.allSatisfy { $0.types == [.deferred] })
        #expect(minutes.conclusions.first?.types == [.confirmMinutes])
    }

    @Test func `a bare list of conclusions is read without inventing a meeting`() async throws {
        let lines = try ReferenceData.lines("archive-tw-meetings/meetings.jsonl")
        struct Record: Decodable {
            struct Utterance: Decodable { let text: String }
            let title: String
            let utterances: [Utterance]
        }
        let records = try lines.map { try JSONDecoder().decode(Record.self, from: $0) }
        let record = try #require(records.first { $0.title.contains("會議結論") })
        let text = ([record.title] + record.utterances.map(\.text)).joined(separator: "\n")
        let (source, structure) = try await structure(of: text, kind: .minutes)
        let minutes = try #require(structure.minutes)
        #expect(minutes.conclusions.count == 4)
        #expect(minutes.conclusions.allSatisfy { $0.itemPath == nil && $0.addressees.isEmpty })
        #expect(minutes.items.isEmpty && minutes.statements.isEmpty && minutes.trackingActions.isEmpty)
        #expect(minutes.chair == nil && minutes.minuteTaker == nil && minutes.closing == nil && minutes.place == nil)
        try expectPlaced(structure, in: source)
    }
}
