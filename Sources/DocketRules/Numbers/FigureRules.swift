internal import DocketCore
internal import DocketText

/// NUM-03: a remainder of 10,000 or more behind 萬.
struct ExcessRemainder: Rule {
    let card = RuleCard(
        "NUM-03", .warning,
        finds: LocalizedText("「萬」後之餘數達一萬以上，如 3萬12,500。", "A remainder of 10,000 or more behind 萬, as in 3萬12,500."),
        remedy: LocalizedText("請核對數字；「萬」後之餘數應小於一萬。", "Check the figure; what follows 萬 is below 10,000."),
        silent: LocalizedText("餘數未補零者，如 3萬507；逐字稿。", "A remainder without leading zeros, as in 3萬507; transcripts."))

    func findings(on reading: SourceReading) -> [Finding] {
        reading.quantities.filter(\.isRemainderTooLarge).map { quantity in
            card.finding(at: reading.place(clean: quantity.range), message(quantity))
        }
    }

    func findings(on reading: DraftReading) -> [Finding] {
        var findings: [Finding] = []
        reading.forEachClaim { claim, block in
            for quantity in NumberParser().quantities(in: claim.text) where quantity.isRemainderTooLarge {
                findings.append(card.finding(at: reading.place(claim, in: block), message(quantity)))
            }
        }
        return findings
    }

    private func message(_ quantity: Quantity) -> LocalizedText {
        LocalizedText(
            "「\(quantity.words)」之餘數達一萬以上。", "The remainder of \(quantity.words) is 10,000 or more.")
    }
}

/// NUM-04: one member of a series of like figures with another unit.
struct UnitInSeries: Rule {
    let card = RuleCard(
        "NUM-04", .warning,
        finds: LocalizedText(
            "同一序列之數字單位不一：表中同欄，或依機關、期間列舉者。",
            "A series of like figures with two units: a table column, or a list by agency or period."),
        remedy: LocalizedText("請確認單位，並統一用詞。", "Check the unit and use one word for it."),
        silent: LocalizedText(
            "列舉不同事物者，如「電腦3臺、桌子5張」；未滿三項者；指標各異之欄。",
            "Lists of different things, as in 電腦3臺、桌子5張; fewer than three members; columns of different measures."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard !reading.source.isSpeech else { return [] }
        let bytes = reading.structure.tables.isEmpty ? [] : Array(reading.source.text.utf8)
        return reading.structure.tables.flatMap { columns($0, bytes, reading) } + lists(reading)
    }

    // MARK: - Columns

    private func columns(_ table: Table, _ bytes: [UInt8], _ reading: SourceReading) -> [Finding] {
        let figures = TableFigures(table)
        let finder = MentionFinder(RosterIndex(reading.context.roster))
        let rows = (figures.firstRow..<max(figures.firstRow, table.rows.count)).filter { row in
            (0..<figures.width).contains { Self.isAgencyOrPeriod(figures.text(row, $0), finder) }
        }
        return (0..<figures.width).flatMap { column -> [Finding] in
            let cells = rows.compactMap { row in figures.figure(row, column).map { (row: row, quantity: $0) } }
            guard let odd = Self.odd(cells.map(\.quantity)) else { return [] }
            return odd.members.map { index in
                let range = figures.range(ofRow: cells[index].row, column: column, in: bytes)
                return card.finding(at: reading.place(source: range), message(cells[index].quantity.unit, odd.usual))
            }
        }
    }

    // MARK: - Lists

    /// 交通局3件、教育局2案、衛生局1件: members joined by 、, each of an agency or a period and one figure.
    private func lists(_ reading: SourceReading) -> [Finding] {
        let finder = MentionFinder(RosterIndex(reading.context.roster))
        var findings: [Finding] = []
        for members in Self.series(in: reading) where members.count >= 3 {
            guard let odd = Self.odd(members.map(\.quantity)),
                members.allSatisfy({ Self.isAgencyOrPeriod(reading.words($0.subject), finder) })
            else { continue }
            findings += odd.members.map { index in
                let quantity = members[index].quantity
                return card.finding(at: reading.place(clean: quantity.range), message(quantity.unit, odd.usual))
            }
        }
        return findings
    }

    private struct Member {
        let subject: Range<Int>
        let quantity: Quantity
    }

    /// Runs of figures with only 、 and a short subject between them.
    private static func series(in reading: SourceReading) -> [[Member]] {
        var runs: [[Member]] = []
        var previous: Quantity?
        for quantity in reading.quantities {
            defer { previous = quantity }
            guard quantity.kind == .count, !quantity.unit.isEmpty else { continue }
            if let last = previous {
                let gap = last.range.upperBound..<max(last.range.upperBound, quantity.range.lowerBound)
                let words = gap.count <= 60 ? reading.words(gap) : ""
                if words.hasPrefix("、"), !words.contains(where: { "，。；：\n（）()".contains($0) }), !runs.isEmpty,
                    runs[runs.count - 1].last?.quantity.range == last.range
                {
                    let subject = gap.lowerBound + "、".utf8.count..<quantity.range.lowerBound
                    runs[runs.count - 1].append(Member(subject: subject, quantity: quantity))
                    continue
                }
            }
            runs.append([Member(subject: firstSubject(before: quantity.range.lowerBound, reading), quantity: quantity)])
        }
        return runs
    }

    /// The words before a first member, back to the last mark.
    private static func firstSubject(before end: Int, _ reading: SourceReading) -> Range<Int> {
        let marks: Set<Character> = ["，", "。", "；", "：", "、", "（", "(", "\n", "為"]
        var start = end
        for character in reading.words(max(0, end - 60)..<end).reversed() {
            if marks.contains(character) { break }
            start -= String(character).utf8.count
        }
        return max(0, start)..<end
    }

    /// True for 交通局, 第1季, 8月: who or when, never what.
    private static func isAgencyOrPeriod(_ words: String, _ finder: MentionFinder) -> Bool {
        let bare = words.filter { !$0.isWhitespace }
        guard !bare.isEmpty else { return false }
        if DateParser().expressions(in: bare).contains(where: { $0.range == 0..<bare.utf8.count }) { return true }
        return finder.mentions(in: bare).contains { $0.kind == .agency && $0.range.upperBound == bare.utf8.count }
    }

    // MARK: - The odd one

    /// Members whose unit is not that of all others, when at least three quarters share one.
    private static func odd(_ members: [Quantity]) -> (members: [Int], usual: String)? {
        let named = members.indices.filter { !members[$0].unit.isEmpty && members[$0].kind == .count }
        guard named.count >= 3 else { return nil }
        let counts = Dictionary(grouping: named) { members[$0].unit }
        guard counts.count == 2, let usual = counts.max(by: { $0.value.count < $1.value.count }),
            let rare = counts.min(by: { $0.value.count < $1.value.count }), rare.value.count * 3 <= named.count,
            rare.value.count < usual.value.count
        else { return nil }
        return (rare.value, usual.key)
    }

    private func message(_ unit: String, _ usual: String) -> LocalizedText {
        LocalizedText("單位為「\(unit)」，同一序列其餘各項為「\(usual)」。", "The unit is \(unit); the rest of the series has \(usual).")
    }
}

extension RosterIndex {
    /// The index of a library's roster.
    init(_ roster: Roster) {
        self.init(
            agencies: roster.agencies.map {
                Agency(id: $0.id, name: $0.officialName, otherNames: $0.shortNames + $0.aliases)
            },
            persons: roster.persons.map {
                Person(
                    id: $0.id, name: $0.name, surname: $0.surname, titles: [$0.title] + $0.titleAliases,
                    agency: $0.agency)
            })
    }
}
