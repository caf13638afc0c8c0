import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketDrafting

@Suite struct CorpusMinutesTests {
    @Test(arguments: CorpusMeeting.all)
    func `the minutes of a meeting are those that were read and recorded`(path: String) async throws {
        let draft = try await CorpusMeeting.Cache.shared.meeting(path).draft
        let name = "Minutes/\(path.replacing("/", with: "-")).txt"
        let difference = try Golden.difference(CorpusMeeting.page(draft), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test(arguments: CorpusMeeting.all)
    func `claims cite words that are there and the ledger has every passage`(path: String) async throws {
        let (meeting, draft) = try await CorpusMeeting.Cache.shared.meeting(path)
        var sources = [meeting.transcript.id: meeting.transcript]
        for paper in [meeting.facts.agenda, meeting.facts.attendance] {
            if let paper { sources[paper.document.id] = paper.document }
        }
        #expect(draft.claims.map(\.number) == Array(draft.claims.indices))
        #expect(draft.coverage.map(\.passage) == Array(meeting.transcript.passages.indices))
        for citation in draft.claims.flatMap(\.citations) {
            let source = try #require(sources[citation.span.source])
            #expect(citation.words == SHA256Digest(of: source.text(in: citation.span.range)))
        }
        // What a claim cites is in the draft, and the ledger says so.
        let cited = draft.claims.flatMap(\.citations).filter { $0.span.source == meeting.transcript.id }
        for entry in draft.coverage where entry.use == .setAside {
            let range = meeting.transcript.passages[entry.passage].range
            #expect(!cited.contains { $0.span.range.overlaps(range) }, "\(entry.passage)")
        }
    }

    @Test(arguments: CorpusMeeting.all.filter { !$0.hasPrefix("working") })
    func `figures of a conclusion are figures of what it cites`(path: String) async throws {
        let (meeting, draft) = try await CorpusMeeting.Cache.shared.meeting(path)
        for block in draft.blocks where block.kind == .conclusion {
            for claim in block.claims {
                let cited = claim.citations.map { SpokenNumbers.written(meeting.transcript.text(in: $0.span.range)) }
                    .joined()
                let said = Set(Self.figures(cited))
                for figure in Self.figures(claim.text) where Int(figure) != nil {
                    let isCount = claim.text.contains("等\(figure)案")
                    #expect(isCount || said.contains(figure), "\(figure) of \(claim.text)")
                }
            }
        }
    }

    private static func figures(_ text: String) -> [String] {
        text.split { !$0.isASCII || !$0.isNumber }.map(String.init)
    }
}
