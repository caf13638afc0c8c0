import DocketCore

/// Reads how a source names a person: 教育局吳主秘, 陳慶安府會副總聯絡人, 沈秘書長維岳, 副院長 江丙坤, Helen Marsh (chair).
///
/// The phrase is taken apart into agency, name or surname, and title: first the agency (roster, else by its last
/// character), then the title (roster, else by the words that end titles), and what is left is the name.
struct PersonPhraseReader: Sendable {
    let directory: PersonDirectory

    struct Parts: Sendable, Equatable {
        var agency: String?
        var name: String?
        var surname: String?
        var title: String?
    }

    /// The parts of `phrase`; nil when it does not read as a person.
    ///
    /// Words in brackets at its end are left out.
    /// `inList` says that the phrase stands where only people stand (a header field, an attendance list), so that a bare
    /// name without a title is one.
    func parts(of phrase: String, inList: Bool = false) -> Parts? {
        let bare = inList ? Self.withoutBrackets(phrase) : Self.withoutNotes(phrase)
        guard !bare.isEmpty, bare.unicodeScalars.count <= 40 else { return nil }
        if inList, Title.isName(bare), !Title.isTitle(bare) {
            let titled = compact(bare).flatMap { $0.title == nil ? nil : $0 }
            return titled ?? finished(Parts(name: bare))
        }
        if bare.unicodeScalars.allSatisfy({ $0.value < 0x250 || $0.value == 0x2019 }) { return latin(bare) }
        let pieces = bare.split(whereSeparator: { $0 == " " || $0 == "\u{3000}" || $0 == "\t" }).map(String.init)
        if pieces.count > 1, let split = spaced(pieces) { return split }
        return compact(pieces.joined())
    }

    // MARK: Chinese phrases

    /// 研考會　丁致遠　主任秘書: each piece is one of agency, name, title.
    private func spaced(_ pieces: [String]) -> Parts? {
        var parts = Parts()
        for piece in pieces {
            if parts.title == nil, Title.isTitle(piece) || directory.titles.contains(piece) {
                parts.title = piece
            } else if parts.agency == nil, directory.isAgency(piece) {
                parts.agency = piece
            } else if parts.name == nil, Title.isName(piece) || directory.names.contains(piece) {
                parts.name = piece
            } else if let inner = compact(piece) {
                parts.agency = parts.agency ?? inner.agency
                parts.name = parts.name ?? inner.name
                parts.surname = parts.surname ?? inner.surname
                parts.title = parts.title ?? inner.title
            } else {
                return nil
            }
        }
        return parts.name == nil && parts.surname == nil && parts.title == nil ? nil : finished(parts)
    }

    private func compact(_ phrase: String) -> Parts? {
        let scalars = Array(phrase.unicodeScalars)
        var readings: [Parts] = []
        for end in directory.agencyEnds(scalars) where end < scalars.count {
            guard var parts = personAndTitle(Array(scalars[end...])) else { continue }
            parts.agency = end > 0 ? String(scalars: scalars[..<end]) : nil
            readings.append(parts)
        }
        return readings.max { rank($0) < rank($1) }.map(finished)
    }

    /// A reading that names a person is worth more than one that leaves a bare title; then the longer agency.
    private func rank(_ parts: Parts) -> Int {
        (parts.name != nil ? 150 : parts.surname != nil ? 100 : 0)
            + (parts.agency.map { directory.isListed($0) } ?? false ? 1000 : 0) + (parts.agency?.count ?? 0)
    }

    /// name title, surname title, title name, surname title given name, or a bare title.
    private func personAndTitle(_ scalars: [Unicode.Scalar]) -> Parts? {
        let whole = String(scalars: scalars)
        if directory.names.contains(whole) { return Parts(name: whole) }
        if Title.isTitle(whole) || directory.titles.contains(whole) { return Parts(title: whole) }
        // The longest title first: 吳主任秘書 is 吳 with a title, not 吳主任 with another.
        for length in 1...4 where length < scalars.count {
            let head = String(scalars: scalars[..<length])
            let tail = String(scalars: scalars[length...])
            guard directory.titles.contains(tail) || Title.isTitle(tail),
                Title.isName(head) || length == 1 && Title.isSurname(scalars[0])
            else {
                continue
            }
            if length == 1 || length == 2 && Title.compoundSurnames.contains(head) {
                return Parts(surname: head, title: tail)
            }
            return Parts(name: head, title: tail)
        }
        return titleInside(scalars)
    }

    /// 沈秘書長維岳 and 秘書長林錫山.
    private func titleInside(_ scalars: [Unicode.Scalar]) -> Parts? {
        for nameLength in [3, 2, 4] where nameLength < scalars.count {
            let title = String(scalars: scalars[..<(scalars.count - nameLength)])
            let name = String(scalars: scalars[(scalars.count - nameLength)...])
            if directory.names.contains(name) || Title.isName(name),
                directory.titles.contains(title) || Title.isTitle(title)
            {
                return Parts(name: name, title: title)
            }
        }
        for given in [2, 1] where given + 2 < scalars.count {
            for family in [1, 2] where family + given < scalars.count {
                let surname = String(scalars: scalars[..<family])
                let title = String(scalars: scalars[family..<(scalars.count - given)])
                let rest = String(scalars: scalars[(scalars.count - given)...])
                guard family == 1 || Title.compoundSurnames.contains(surname), Title.isName(surname + rest),
                    directory.titles.contains(title) || Title.isTitle(title)
                else { continue }
                return Parts(name: surname + rest, title: title)
            }
        }
        return nil
    }

    private func finished(_ parts: Parts) -> Parts {
        var parts = parts
        if parts.surname == nil, let name = parts.name { parts.surname = Title.surname(of: name) }
        if parts.agency == nil, let title = parts.title, !directory.titles.contains(title),
            let split = Title.unitAndTitle(title)
        {
            parts.agency = split.unit
            parts.title = split.title
        }
        return parts
    }

    // MARK: Latin phrases

    private func latin(_ phrase: String) -> Parts? {
        var pieces = phrase.split(separator: ",").map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
        guard let first = pieces.first else { return nil }
        var words = first.split(separator: " ").map(String.init)
        while let lead = words.first, Title.latinHonorifics.contains(lead) { words.removeFirst() }
        pieces.removeFirst()
        guard (1...5).contains(words.count), words.allSatisfy(Self.isNameWord) else { return nil }
        let name = words.joined(separator: " ")
        let known = directory.names.contains(name)
        guard known || words.count > 1 || directory.surnames.contains(name) else { return nil }
        var parts = Parts(name: words.count > 1 || known ? name : nil, surname: words.last)
        for piece in pieces {
            if parts.title == nil, !directory.isListed(piece) { parts.title = piece } else { parts.agency = piece }
        }
        return parts
    }

    /// True when `phrase` is a full name in Latin letters and nothing else.
    func isLatinName(_ phrase: String) -> Bool {
        if directory.names.contains(phrase) { return true }
        let words = phrase.split(separator: " ").map(String.init)
        return (2...4).contains(words.count) && words.allSatisfy(Self.isNameWord)
            && !words.contains { Self.postWords.contains($0.lowercased()) }
    }

    /// Words that tell a post or a body from a name.
    private static let postWords: Set<String> = [
        "manager", "director", "officer", "head", "chief", "specialist", "adviser", "advisor", "secretary", "chair",
        "archives", "council", "secretariat", "department", "office", "city", "committee", "team", "bureau", "board",
        "deputy", "senior", "assistant", "clerk", "mayor", "president", "university", "institute",
    ]

    private static func isNameWord(_ word: String) -> Bool {
        guard let head = word.unicodeScalars.first else { return false }
        let particles: Set<String> = ["de", "van", "von", "der", "den", "la", "le", "bin", "al"]
        return head.properties.isUppercase || particles.contains(word)
    }

    /// Without anything in brackets: （請假）蕭翊慈, 康宜萱專門委員（代石美玲主任秘書）.
    static func withoutBrackets(_ phrase: String) -> String {
        var depth = 0
        var kept = String.UnicodeScalarView()
        for scalar in phrase.unicodeScalars {
            if Bracket.opening.contains(scalar.value) { depth += 1 }
            if depth == 0 { kept.append(scalar) }
            if Bracket.closing.contains(scalar.value) { depth = max(0, depth - 1) }
        }
        return String(kept).trimmingBlanks
    }

    /// Without a trailing note in brackets, （14時12分到）.
    static func withoutNotes(_ phrase: String) -> String {
        let text = ByteText(phrase)
        var range = text.trimmed(0..<text.count)
        while let last = text.scalar(endingAt: range.upperBound, after: range.lowerBound),
            Bracket.closing.contains(last.value)
        {
            var depth = 1
            var offset = last.start
            while depth > 0, let previous = text.scalar(endingAt: offset, after: range.lowerBound) {
                if Bracket.closing.contains(previous.value) { depth += 1 }
                if Bracket.opening.contains(previous.value) { depth -= 1 }
                offset = previous.start
            }
            guard depth == 0 else { break }
            range = text.trimmed(range.lowerBound..<offset)
        }
        return text.words(range)
    }
}

/// Words that end titles and names: language, not anyone's roster.
enum Title {
    private static let endings: [String] = [
        "市長", "縣長", "院長", "部長", "署長", "局長", "處長", "會長", "校長", "主任", "主任秘書", "主秘", "秘書長",
        "秘書", "參事", "參議", "技監", "專門委員", "專委", "委員", "主任委員", "執行長", "執行秘書", "組長", "科長",
        "課長", "股長", "隊長", "室長", "司長", "館長", "園長", "所長", "區長", "鄉長", "鎮長", "里長", "站長", "總隊長",
        "分隊長", "大隊長", "專員", "科員", "課員", "組員", "辦事員", "書記", "技正", "技士", "技佐", "工程司", "工程師",
        "正工程司", "設計師", "分析師", "視察", "督學", "編審", "稽核", "調查官", "檢察官", "法官", "律師", "教授",
        "老師", "博士", "醫師", "建築師", "會計師", "議員", "立委", "立法委員", "召集人", "理事長", "理事", "監事",
        "董事長", "董事", "總經理", "經理", "副理", "協理", "顧問", "代表", "聯絡人", "聯絡員", "總聯絡人", "發言人",
        "總幹事", "幹事", "助理", "研究員", "主席", "副主席", "主持人", "先生", "女士", "小姐", "同仁", "大使", "指揮官",
        "總工程司", "主計長", "議長", "村長", "理事主席", "教務長", "學務長", "總務長", "資安長", "資訊長", "館員", "志工", "里幹事",
        "司令", "團長", "主編", "檔案員", "技術長", "執行長", "副總經理", "政委", "政務委員", "次長", "督察", "警監", "助理員", "約聘人員", "職代",
    ]
    private static let all: Set<String> = Set(endings)
    private static let prefixes = ["副", "代理", "常務", "政務", "資深", "高級", "助理", "總", "簡任", "薦任", "前", "兼", "府會"]
    static let compoundSurnames: Set<String> = [
        "歐陽", "司馬", "諸葛", "上官", "司徒", "皇甫", "尉遲", "公孫", "東方", "范姜", "張簡", "端木", "夏侯", "令狐",
        "長孫", "慕容", "宇文", "鍾離", "西門", "南宮", "獨孤", "聞人", "淳于", "單于", "太史", "申屠", "呼延",
    ]
    static let latinHonorifics: Set<String> = [
        "Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.", "Dr", "Dr.", "Prof", "Prof.", "Professor", "Cllr", "Cllr.",
        "Councillor", "Sir", "Dame",
    ]

    /// True for a title: an ending, at most six characters before it that are no name (秘書長兼處長, 總務科科長).
    static func isTitle(_ words: String) -> Bool {
        if all.contains(words) { return true }
        for prefix in prefixes where words.hasPrefix(prefix) && isTitle(String(words.dropFirst(prefix.count))) {
            return true
        }
        if let joint = words.firstIndex(of: "兼") {
            return isTitle(String(words[..<joint])) && isTitle(String(words[words.index(after: joint)...]))
        }
        return unitAndTitle(words) != nil
    }

    /// The parts of 總務科科長, 議事處處長: a unit, then a title.
    static func unitAndTitle(_ words: String) -> (unit: String, title: String)? {
        let scalars = Array(words.unicodeScalars)
        guard (4...14).contains(scalars.count) else { return nil }
        for cut in 2..<scalars.count - 1 where AgencyWord.endings.contains(scalars[cut - 1].value) {
            let title = String(scalars: scalars[cut...])
            if all.contains(title) { return (String(scalars: scalars[..<cut]), title) }
        }
        return nil
    }

    /// True for two to four Han characters (with 林‧某 dots) that are no title and no agency.
    static func isName(_ words: String) -> Bool {
        let scalars = Array(words.unicodeScalars)
        guard (2...4).contains(scalars.count) || scalars.contains("‧") || scalars.contains("·") else { return false }
        guard scalars.allSatisfy({ isHan($0.value) || $0 == "‧" || $0 == "·" }) else { return false }
        if all.contains(words) { return false }
        guard let first = scalars.first, isSurname(first) else { return false }
        // Four characters are a name only with a surname of two, or without any word for a unit in them.
        if scalars.count == 4, !compoundSurnames.contains(String(words.prefix(2))),
            scalars.contains(where: { AgencyWord.endings.contains($0.value) })
        {
            return false
        }
        return !scalars.dropFirst().contains { AgencyWord.strongEndings.contains($0.value) }
    }

    /// Surname of a full name: the first character, or two of a compound one; the last word of a Latin name.
    static func surname(of name: String) -> String {
        if name.utf8.first ?? 0x80 < 0x80 { return name.split(separator: " ").last.map(String.init) ?? name }
        let pair = String(name.prefix(2))
        return name.count > 2 && compoundSurnames.contains(pair) ? pair : String(name.prefix(1))
    }

    static func isHan(_ value: UInt32) -> Bool {
        (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || (0xF900...0xFAFF).contains(value)
            || (0x20000...0x3FFFF).contains(value) || (0xE000...0xF8FF).contains(value)
    }

    /// True for a character that can be a surname: Han, and no ending of an agency or word of a list.
    static func isSurname(_ scalar: Unicode.Scalar) -> Bool {
        isHan(scalar.value) && !AgencyWord.strongEndings.contains(scalar.value) && !notSurnames.contains(scalar.value)
    }

    /// First characters of words that look like names in a list and are none.
    private static let notSurnames: Set<UInt32> = Set(
        "如詳各本該請無並及與等共同其他上下副總正代會府為由於以在是有".unicodeScalars.map(\.value))
}

/// Last characters of names of agencies and units.
enum AgencyWord {
    static let endings: Set<UInt32> = Set("府局處會署部院科室課組所隊館園校司廳區股站團".unicodeScalars.map(\.value))
    static let strongEndings: Set<UInt32> = Set("府局處署部院科室課所館廳".unicodeScalars.map(\.value))
}
