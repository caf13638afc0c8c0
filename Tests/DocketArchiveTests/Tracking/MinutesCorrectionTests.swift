import DocketCore
import Foundation
import Testing

@testable import DocketArchive

@Suite struct MinutesCorrectionTests {
    /// Minutes of a meeting with a note that corrects `ofMeeting`, or themselves.
    private static func minutes(_ ordinal: Int, ofMeeting: Int?? = nil, byMeeting: Int? = nil) -> NewSource {
        var source = FictionalMinutes(ordinal: ordinal, date: "2024-0\(ordinal)-01", lines: []).source()
        guard let ofMeeting else { return source }
        source.structure.minutes?.corrections = [
            Correction(
                target: "參.二", from: "里民活動場所", to: "區民活動中心", ofMeeting: ofMeeting, byMeeting: byMeeting, on: nil,
                note: Words("備註", at: 0..<6), targetFound: true, bodyStillHasFrom: true)
        ]
        return source
    }

    @Test func `a correction is found from the minutes it corrects, wherever its note stands`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let own = try await library.add(
                Self.minutes(3, ofMeeting: .some(nil), byMeeting: 5), by: ArchiveFixture.clerk
            ).id
            let other = try await library.add(Self.minutes(2), by: ArchiveFixture.clerk).id
            let later = try await library.add(Self.minutes(4, ofMeeting: 3), by: ArchiveFixture.clerk).id
            let found = try await library.corrections(of: own, viewer: ArchiveFixture.viewer)
            #expect(found.map(\.source) == [later, own])
            #expect(found.map(\.byMeeting) == [4, 5])
            #expect(found[0].correction.to == "區民活動中心")
            #expect(try await library.corrections(of: other, viewer: ArchiveFixture.viewer).isEmpty)
            #expect(try await library.corrections(of: later, viewer: ArchiveFixture.viewer).isEmpty)
            try await library.withdraw(later, revision: 1, authority: "令", by: ArchiveFixture.clerk)
            #expect(try await library.corrections(of: own, viewer: ArchiveFixture.viewer).map(\.source) == [own])
        }
    }
}
