internal import DocketText

/// Finds the names of private persons: behind 陳情人 and its like, and before 君, 先生, 女士.
///
/// Officials are written with agency or title and stay. A name that is masked already (陳○○) is no name.
struct NameScan {
    private let scan: PersonalDataScan

    init(_ scan: PersonalDataScan) { self.scan = scan }

    /// Words that a private person's name follows.
    private static let leads = [
        "陳情人", "申請人", "檢舉人", "訴願人", "當事人", "陳請人", "投訴人", "異議人", "被害人", "受害人", "家屬", "案主", "住戶", "里民", "屋主", "房東", "房客",
        "承租人", "出租人", "車主", "請求權人", "報案人", "代理人", "聯名人", "立書人", "具名人",
    ].map { Array($0.unicodeScalars) }

    /// Words that follow a private person's name.
    private static let tails = ["先生", "女士", "小姐", "君", "太太"].map { Array($0.unicodeScalars) }

    private static let englishTitles = ["Mr", "Mrs", "Ms", "Miss", "Mx"]
    private static let englishLeads = [
        "petitioner", "applicant", "complainant", "claimant", "resident", "kind regards", "yours sincerely",
        "yours faithfully", "regards",
    ]

    /// Spans of names in order.
    func spans() -> [PersonalDataMasker.Span] {
        var spans: [PersonalDataMasker.Span] = []
        var index = 0
        while index < scan.scalars.count {
            if let range = name(at: index) {
                spans.append(
                    .init(kind: .personName, range: scan.offsets[range.lowerBound]..<scan.offsets[range.upperBound]))
                index = range.upperBound
            } else {
                index += 1
            }
        }
        return spans
    }

    private func name(at index: Int) -> Range<Int>? {
        for lead in Self.leads where stands(lead, at: index) { return behind(index + lead.count) }
        if let range = before(index) { return range }
        return english(at: index)
    }

    private func stands(_ word: [Unicode.Scalar], at index: Int) -> Bool {
        index + word.count <= scan.scalars.count && scan.scalars[index..<index + word.count].elementsEqual(word)
    }

    /// 陳情人：王小明, 陳情人王小明先生, 住戶 陳大文.
    private func behind(_ start: Int) -> Range<Int>? {
        var place = start
        if let next = scan.scalar(place), next == ":" || next == " " || next == "(" {
            while let next = scan.scalar(place), next == ":" || next == " " || next == "(" { place += 1 }
        }
        let isApart = place > start
        var end = place
        while end < scan.scalars.count, end - place < 4, ChineseText.isHan(scan.scalars[end]) { end += 1 }
        for count in [3, 2, 4] where place + count <= end {
            let words = String(String.UnicodeScalarView(scan.scalars[place..<place + count]))
            guard MentionFinder.isFullName(words), isGivenName(place + 1..<place + count) else { continue }
            let isClosed = count == end - place || isEnd(place + count)
            // Without a mark between, only a name that clearly ends is one: 陳情人王小明先生.
            guard isClosed, isApart || isTail(place + count) || !isHan(place + count) else { continue }
            return place..<place + count
        }
        return nil
    }

    private func isHan(_ index: Int) -> Bool { scan.scalar(index).map(ChineseText.isHan) ?? false }

    private func isTail(_ index: Int) -> Bool { Self.tails.contains { stands($0, at: index) } }

    /// True when what follows ends a name.
    private func isEnd(_ index: Int) -> Bool {
        guard isHan(index) else { return true }
        return isTail(index) || ["等", "之", "於", "所", "陳", "檢", "申", "反", "來", "及"].contains(scan.scalars[index])
    }

    /// True when no character is one that names do not have: 陳情人高度關切 is no name.
    private func isGivenName(_ range: Range<Int>) -> Bool {
        let words: Set<Unicode.Scalar> = [
            "等", "的", "於", "在", "所", "為", "請", "陳", "申", "應", "將", "已", "未", "得", "可", "情", "度", "表", "示", "位", "年",
            "月", "日",
        ]
        return !scan.scalars[range].contains { words.contains($0) }
    }

    /// 王小明先生, 陳君, Andersen君: back from the word behind a name; `index` is where the name would begin.
    private func before(_ index: Int) -> Range<Int>? {
        let scalars = scan.scalars
        if ChineseText.isHan(scalars[index]), index == 0 || !isNameCharacter(index - 1) {
            for count in 1...4 where index + count < scalars.count && isTail(index + count) {
                guard (index..<index + count).allSatisfy({ ChineseText.isHan(scalars[$0]) }) else { return nil }
                let words = String(String.UnicodeScalarView(scalars[index..<index + count]))
                let isName = count == 1 ? MentionFinder.isFullName(words + "大明") : MentionFinder.isFullName(words)
                guard isName, !Self.notNames.contains(words), !isTitleBefore(index) else { return nil }
                return index..<index + count
            }
            return nil
        }
        guard scan.isLetter(scan.narrow[index]), !scan.isWord(before: index), scalars[index].properties.isUppercase
        else { return nil }
        var end = index
        while end < scalars.count,
            scan.isLetter(scan.narrow[end]) || scalars[end] == "." || scalars[end] == " " || scalars[end] == "-",
            end - index < 40
        { end += 1 }
        guard end > index + 1,
            stands(Array("君".unicodeScalars), at: end) || stands(Array("先生".unicodeScalars), at: end)
                || stands(Array("女士".unicodeScalars), at: end) || stands(Array("小姐".unicodeScalars), at: end)
        else { return nil }
        return index..<end
    }

    private static let notNames: Set<String> = ["各位", "諸", "本", "該", "何", "某", "位", "老", "貴"]

    /// A name goes back over Han characters only to something that ends a word: a mark, a particle, a role.
    private func isNameCharacter(_ index: Int) -> Bool {
        guard isHan(index) else { return false }
        let leads: Set<Unicode.Scalar> = [
            "人", "為", "由", "與", "及", "、", "復", "致", "請", "經", "和", "向", "給", "戶", "民", "主",
        ]
        return !leads.contains(scan.scalars[index])
    }

    /// 局長陳先生 is an official by the title before the name.
    private func isTitleBefore(_ index: Int) -> Bool {
        let before = scan.text(index - 4..<index)
        return ["局長", "處長", "市長", "科長", "主任", "主秘", "秘書", "議員", "里長", "股長"].contains { before.hasSuffix($0) }
    }

    // MARK: English

    /// Mr Tom Baker; Applicant: Jane Roe; a name under "Kind regards,".
    private func english(at index: Int) -> Range<Int>? {
        guard scan.isLetter(scan.narrow[index]), !scan.isWord(before: index) else { return nil }
        for title in Self.englishTitles {
            let count = title.unicodeScalars.count
            guard scan.text(index..<index + count) == title else { continue }
            var start = index + count
            if scan.scalar(start) == "." { start += 1 }
            guard scan.scalar(start) == " " else { continue }
            return names(from: start + 1)
        }
        for lead in Self.englishLeads {
            let count = lead.unicodeScalars.count
            guard scan.text(index..<index + count).lowercased() == lead else { continue }
            var start = index + count
            guard let mark = scan.scalar(start), mark == ":" || mark == "," else { continue }
            while let next = scan.scalar(start),
                next == ":" || next == "," || next == " " || next == "\n" || next == "\r"
            { start += 1 }
            return names(from: start)
        }
        return nil
    }

    /// One to four words with capitals, initials among them.
    private func names(from start: Int) -> Range<Int>? {
        var place = start
        var end = start
        for _ in 0..<4 {
            guard let first = scan.scalar(place), ("A"..."Z").contains(first) else { break }
            var next = place + 1
            while let scalar = scan.scalar(next), scan.isLetter(scalar) || scalar == "'" || scalar == "-" { next += 1 }
            if scan.scalar(next) == ".", next - place == 1 { next += 1 }
            end = next
            guard scan.scalar(next) == " " else { break }
            place = next + 1
        }
        return end > start + 1 ? start..<end : nil
    }
}
