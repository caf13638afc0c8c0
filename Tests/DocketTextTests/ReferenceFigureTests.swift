import DocketTestSupport
import DocketText
import Testing

/// Figures and dates of a real work report, as a person reads them.
@Suite(.enabled(if: ReferenceData.isAvailable, "needs DOCKET_REFERENCE_DATA"))
struct ReferenceFigureTests {
    private static let report = "taipei/taipei-secretariat-work-report-2022h1.txt"

    @Test func `every volume that the domain brief quotes from the report is found with its unit`() throws {
        let found = NumberParser().quantities(in: try ReferenceData.text(Self.report))
        let expected: [(String, String)] = [
            ("37113", "件"), ("77847", "件"), ("108797", "件"), ("8199", "件"), ("1069628", "件"), ("3438", "案"),
            ("76715", "卷"),
            ("1179199", "筆"), ("4248234", "件"), ("99.06", "%"), ("1667796", "件"), ("92.05", "%"), ("732", "件"),
            ("925", "筆"),
            ("3075", "件"), ("5189", "件"), ("96", "件"), ("18.18", "%"), ("40", "%"),
        ]
        for (value, unit) in expected {
            #expect(found.contains { $0.value.description == value && $0.unit == unit }, "\(value) \(unit)")
        }
    }

    @Test func `differences of percentages are told from percentages`() throws {
        let found = NumberParser().quantities(in: try ReferenceData.text(Self.report))
        let points = found.filter { $0.kind == .percentagePoint }.map(\.value.description)
        #expect(Set(points).isSuperset(of: ["4.05", "1.56", "4.37", "9.71", "2.5", "0.77"]))
    }

    @Test func `its dates are read with range, bound and calendar`() throws {
        let found = DateParser().expressions(in: try ReferenceData.text(Self.report))
        let expected: [(String?, String?, DateExpression.Bound?)] = [
            ("2022-03", nil, nil), ("2021-12-01", "2022-01-28", nil), (nil, "2006-12-31", .before),
            ("1950", "1992", nil),
            ("1983", "1987", nil), (nil, "2021-12-31", .until), ("2021-07-09", "2021-07-16", nil),
            ("2004-01-01", nil, .from),
            ("2021-07-01", "2021-12-31", nil),
        ]
        for (start, end, bound) in expected {
            #expect(
                found.contains { $0.iso == start && $0.isoEnd == end && $0.bound == bound && $0.calendar == .roc },
                "\(start ?? "") \(end ?? "")")
        }
        #expect(!found.contains { $0.words.hasPrefix("2021 ") && $0.precision == .year })
    }

    @Test func `the minutes give their times, their meetings and their tracking numbers`() throws {
        let text = try ReferenceData.text("taipei/taipei-chief-secretaries-meeting-213-minutes-2021.txt")
        let facts = TextFacts(text)
        #expect(facts.dates.contains { $0.iso == "2021-10-26T14:00+08:00" })
        #expect(facts.dates.contains { $0.time == ClockTime(15, 35) && $0.warnings == [.twelveHourWord] })
        let refs = facts.mentions.filter { $0.kind == .trackingNumber }
        #expect(refs.count == 13)
        #expect(refs.filter { $0.parts == ["211", "2"] }.map(\.agency) == ["觀傳局", "法務局"])
        #expect(refs.compactMap(\.proviso) == ["本案依同時上線最高量作動態調整"])
        let persons = facts.mentions.filter { $0.kind == .person }
        #expect(persons.contains { $0.name == "陳志銘" && $0.title == "秘書長" })
        #expect(persons.filter { $0.title == "主秘" }.compactMap(\.surname).count >= 6)
    }
}
