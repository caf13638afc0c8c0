/// One pass over a text that collects names of agencies and persons.
struct NameReader {
    let text: ByteText
    let roster: RosterIndex
    let taken: [Range<Int>]
    private var found: [Mention] = []
    private var nextTaken = 0
    /// First byte that no name has been read over yet.
    private var floor = 0

    init(text: ByteText, roster: RosterIndex, taken: [Range<Int>]) {
        self.text = text
        self.roster = roster
        self.taken = taken
    }

    mutating func readAll() -> [Mention] {
        var index = 0
        while index < text.count {
            while nextTaken < taken.count, taken[nextTaken].upperBound <= index { nextTaken += 1 }
            if nextTaken < taken.count, taken[nextTaken].contains(index) {
                index = taken[nextTaken].upperBound
                floor = index
            } else if let end = read(at: index) {
                index = max(end, index + 1)
                floor = index
            } else {
                index += max(1, text.scalar(at: index).width)
            }
        }
        return found
    }

    private mutating func read(at index: Int) -> Int? {
        if let (persons, end) = roster.persons.longest(in: text, at: index) {
            return readKnownPerson(persons, at: index, end)
        }
        if let (agency, end) = roster.agencies.longest(in: text, at: index) {
            append(.agency, index..<end) {
                $0.name = agency.name
                $0.rosterID = agency.id
            }
            return end
        }
        if let end = readEnglishPerson(at: index) { return end }
        if let (title, end) = roster.titles.longest(in: text, at: index) { return readTitled(title, index..<end) }
        if let suffix = MentionWords.agencySuffixes.longest(in: text, at: index) {
            return readAgency(index..<suffix.end, isStrong: suffix.value)
        }
        return nil
    }

    private mutating func append(_ kind: Mention.Kind, _ range: Range<Int>, _ fill: (inout Mention) -> Void) {
        var mention = Mention(kind: kind, range: range, words: text.words(range))
        fill(&mention)
        found.append(mention)
    }

    // MARK: - Persons

    private mutating func readKnownPerson(_ persons: [RosterIndex.Person], at index: Int, _ end: Int) -> Int {
        let after = roster.titles.longest(in: text, at: text.skippingBlanks(end))
        let matching = after.map { title in persons.filter { $0.titles.contains(title.value) } } ?? persons
        let person = matching.first ?? persons[0]
        let agency = adjacentAgency(before: index)
        append(.person, index..<(after?.end ?? end)) {
            $0.name = person.name
            $0.surname = person.surname
            $0.title = after?.value
            $0.agency = agency
            $0.rosterID = matching.count == 1 ? person.id : nil
        }
        return after?.end ?? end
    }

    /// The agency whose mention ends at `index`.
    private func adjacentAgency(before index: Int) -> String? {
        guard let last = found.last, last.kind == .agency, last.range.upperBound == index else { return nil }
        return last.name ?? last.words
    }

    /// 吳主秘, 陳志銘秘書長, 秘書長陳志銘, 陳秘書長志銘: a title with the name before, after or around it.
    private mutating func readTitled(_ title: String, _ range: Range<Int>) -> Int? {
        if let (nameStart, surname, before) = nameBefore(range.lowerBound) {
            let around = before == nil ? givenName(after: range.upperBound, surname: surname, title: title) : nil
            let name = before ?? around?.name
            let end = around?.end ?? range.upperBound
            let agency = adjacentAgency(before: nameStart)
            let agencyID = found.last?.range.upperBound == nameStart ? found.last?.rosterID : nil
            let known = roster.person(surname: surname, title: title, agency: agencyID)
            append(.person, nameStart..<end) {
                $0.name = name
                $0.surname = surname
                $0.title = title
                $0.agency = agency
                $0.rosterID = name == nil || name == known?.name ? known?.id : nil
            }
            return end
        }
        guard let (end, surname, name) = nameAfter(range.upperBound) else {
            // 教育局局長: the title of an agency without a name is an agency's mention plus a title, no person.
            return nil
        }
        let agency = adjacentAgency(before: range.lowerBound)
        append(.person, range.lowerBound..<end) {
            $0.name = name
            $0.surname = surname
            $0.title = title
            $0.agency = agency
        }
        return end
    }

    /// The given name of a rostered person whose surname stands before the title; other words after a title are no name.
    private func givenName(after index: Int, surname: String, title: String) -> (end: Int, name: String)? {
        for person in roster.persons(surname: surname, title: title) {
            let given = Array(person.name.utf8.dropFirst(surname.utf8.count))
            let end = index + given.count
            if !given.isEmpty, end <= text.count, text.words(index..<end) == String(decoding: given, as: UTF8.self) {
                return (end, person.name)
            }
        }
        return nil
    }

    /// A surname with a given name of up to two characters that ends at `index`.
    private func nameBefore(_ index: Int) -> (start: Int, surname: String, name: String?)? {
        var starts = [index]
        while starts.count < 5 {
            let (scalar, start) = text.scalar(before: starts[starts.count - 1])
            guard start >= floor, start < starts[starts.count - 1], ByteText.isHan(scalar) else { break }
            starts.append(start)
        }
        // Longest first: a full name of three, then of two, then the surname alone.
        for length in [3, 2, 1] where length < starts.count {
            let start = starts[length]
            guard MentionWords.surnames.contains(text.scalar(at: start).value), length == 3 || isNameBoundary(start)
            else { continue }
            let width = text.scalar(at: start).width
            if length == 1, MentionWords.commonWords.contains(text.scalar(at: start).value) { continue }
            if length > 1, text.scalar(at: start + width).value == 0x4E3B { continue }
            let surname = text.words(start..<start + width)
            return (start, surname, length == 1 ? nil : text.words(start..<index))
        }
        return nil
    }

    /// True when what stands before a surname may end a word: an agency, punctuation, a particle, the start.
    private func isNameBoundary(_ index: Int) -> Bool {
        let (before, start) = text.scalar(before: index)
        if start == index || index == floor { return true }
        return !ByteText.isHan(before) || MentionWords.agencyStops.contains(before) || Self.nameLeads.contains(before)
    }

    private static let nameLeads = Set(FoldedWord("局處會署部院科室組長席錄人員者隊所司館團市縣鄉鎮區").scalars)

    private func nameAfter(_ index: Int) -> (end: Int, surname: String, name: String)? {
        let (first, width) = text.scalar(at: index)
        guard MentionWords.surnames.contains(first), !MentionWords.commonWords.contains(first) else { return nil }
        var end = index + width
        var count = 1
        while count < 3 {
            let (scalar, width) = text.scalar(at: end)
            guard ByteText.isHan(scalar), !MentionWords.agencyStops.contains(scalar), !Self.verbs.contains(scalar)
            else { break }
            end += width
            count += 1
        }
        let following = text.scalar(at: end).value
        // A name after a title ends at punctuation, a particle or a verb of speech; otherwise the words are no name.
        guard count >= 2,
            !ByteText.isHan(following) || MentionWords.agencyStops.contains(following) || Self.verbs.contains(following)
        else { return nil }
        return (end, text.words(index..<index + width), text.words(index..<end))
    }

    private static let verbs = Set(FoldedWord("說表指補報發回答主致裁宣認建強質詢率代出列請擔任等").scalars)

    /// Reads a title with a name behind it: "Dr Smith".
    private mutating func readEnglishPerson(at index: Int) -> Int? {
        guard ByteText.isLatinLetter(text.scalar(at: index).value), !text.isWordBefore(index) else { return nil }
        guard let title = MentionWords.englishTitles.longest(in: text, at: index), isCapital(index) else {
            return wordEnd(index)
        }
        var end = title.end
        var names: [String] = []
        var position = text.skippingBlanks(text.end(of: ".", at: end) ?? end)
        while names.count < 3, isCapital(position) {
            end = wordEnd(position)
            names.append(text.words(position..<end))
            position = text.skippingBlanks(end)
        }
        guard let surname = names.last else { return title.end }
        append(.person, index..<end) {
            $0.name = names.joined(separator: " ")
            $0.surname = surname
            $0.title = title.value
        }
        return end
    }

    private func isCapital(_ index: Int) -> Bool { (0x41...0x5A).contains(text.scalar(at: index).value) }

    private func wordEnd(_ index: Int) -> Int {
        var end = index
        while true {
            let (scalar, width) = text.scalar(at: end)
            let isWord = ByteText.isLatinWord(scalar) || (0xC0...0x24F).contains(scalar)
            let isJoint = (scalar == 0x2D || scalar == 0x27) && end > index && isLetterAt(end + width)
            guard isWord || isJoint else { return max(end, index + 1) }
            end += width
        }
    }

    private func isLetterAt(_ index: Int) -> Bool {
        let scalar = text.scalar(at: index).value
        return ByteText.isLatinLetter(scalar) || (0xC0...0x24F).contains(scalar)
    }

    // MARK: - Agencies

    /// A name that ends in 局, 處, 會 …: one built on a field of government, or whatever stands before a strong ending
    /// back
    /// to punctuation, a particle or a verb.
    private mutating func readAgency(_ suffix: Range<Int>, isStrong: Bool) -> Int? {
        let following = text.scalar(at: suffix.upperBound).value
        let last = text.scalar(before: suffix.upperBound).value
        var start = rootStart(endingAt: suffix.lowerBound, from: floor)
        let continuations = start == nil ? MentionWords.agencyContinuations : MentionWords.rootContinuations
        if continuations[last]?.contains(following) == true { return nil }
        let (floorStart, length) = nameStart(before: suffix.lowerBound)
        if start == nil, isStrong { start = length >= 1 ? strippedStart(floorStart, suffix) : floorStart }
        guard let start, suffix.upperBound - start >= 9 else { return nil }
        let name = text.words(start..<suffix.upperBound)
        guard !MentionWords.notAgencies.contains(where: name.hasSuffix), !name.contains("局處") else { return nil }
        append(.agency, start..<suffix.upperBound) { $0.name = name }
        return suffix.upperBound
    }

    /// Back from `index` over at most 14 characters that may stand in a name.
    private func nameStart(before index: Int) -> (start: Int, length: Int) {
        var (start, length) = (index, 0)
        while length < 14 {
            let (scalar, before) = text.scalar(before: start)
            guard before >= floor, before < start, ByteText.isHan(scalar), !MentionWords.agencyStops.contains(scalar)
            else { break }
            start = before
            length += 1
        }
        return (start, length)
    }

    /// Where the name begins when a field of government ends at `index`: at the field, or at the city before it.
    private func rootStart(endingAt index: Int, from limit: Int) -> Int? {
        var start = index
        var found: Int?
        for _ in 0..<9 {
            guard start > limit else { break }
            start = text.scalar(before: start).start
            if let root = MentionWords.roots.longest(in: text, at: start), root.end == index { found = start }
        }
        guard let root = found else { return nil }
        for word: FoldedWord in ["市政府", "縣政府"] {
            let begin = root - 9
            guard begin >= limit, text.end(of: word, at: begin) == root else { continue }
            return strippedStart(max(limit, begin - 6), begin..<root)
        }
        return root
    }

    /// Moves the start of a name behind the last verb or leading particle before `suffix`.
    private func strippedStart(_ start: Int, _ suffix: Range<Int>) -> Int {
        var (result, position) = (start, start)
        while position < suffix.lowerBound {
            if let word = MentionWords.wordsBeforeAgencies.longest(in: text, at: position),
                word.end <= suffix.lowerBound
            {
                (result, position) = (word.end, word.end)
            } else {
                position += text.scalar(at: position).width
            }
        }
        let (lead, width) = text.scalar(at: result)
        let second = text.scalar(at: result + width).value
        let isLead = MentionWords.agencyLeads.contains(lead) && !MentionWords.afterLeads.contains(second)
        return isLead && result + width < suffix.lowerBound ? result + width : result
    }
}
