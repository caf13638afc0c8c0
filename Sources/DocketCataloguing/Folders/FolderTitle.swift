internal import DocketCore

/// Proposes 案名: what the items of a folder call their common matter, in their own words.
enum FolderTitle {
    /// The title that items give, or the longest words that most of their subjects share; nil when they share none.
    static func title(of items: [CatalogueEntry]) -> (title: CitedText, isStated: Bool)? {
        let stated = items.filter { $0[.folderTitle] != nil }
        if let words = most(stated.compactMap { $0[.folderTitle] }) {
            return (cited(words, .folderTitle, stated.filter { $0[.folderTitle] == words }), true)
        }
        let open = items.filter { $0.classification < .restricted }
        let subjects = open.compactMap { $0[.subject] }
        guard let words = shared(subjects) else {
            guard let first = open.first(where: { $0[.subject] != nil }), let subject = first[.subject] else {
                return nil
            }
            return (cited(SubjectWriter.bounded(subject, 40), .subject, [first]), false)
        }
        return (
            cited(words, .subject, open.filter { $0[.subject]?.lowercased().contains(words.lowercased()) ?? false }),
            false
        )
    }

    private static func cited(_ words: String, _ field: CatalogueField, _ items: [CatalogueEntry]) -> CitedText {
        var text = CitedText(words, [])
        for item in items.prefix(8) { text = text + CitedText("", item.fields[field]?.evidence.first ?? []) }
        return text
    }

    private static func most(_ words: [String]) -> String? {
        var counts: [String: Int] = [:]
        for word in words { counts[word, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// The words that at least half of the subjects (and two) share: by characters × subjects, so that a name beats a word.
    static func shared(_ subjects: [String]) -> String? {
        guard subjects.count > 1 else { return nil }
        let isChinese = subjects.allSatisfy(ChineseText.isChinese)
        let units = subjects.prefix(40).map { subject in
            isChinese ? subject.prefix(100).map(String.init) : subject.split(separator: " ").prefix(40).map(String.init)
        }
        let needed = max(2, (units.count + 1) / 2)
        var counts: [[String]: Int] = [:]
        for unit in units {
            for words in runs(unit, isChinese) { counts[words, default: 0] += 1 }
        }
        func score(_ words: [String], _ count: Int) -> Int { words.count * words.count * count }
        let best = counts.filter { $0.value >= needed && isTitle($0.key, isChinese) }.max { left, right in
            let (one, two) = (score(left.key, left.value), score(right.key, right.value))
            return one == two ? right.key.lexicographicallyPrecedes(left.key) : one < two
        }
        guard let words = best?.key else { return nil }
        guard !isChinese else { return words.joined() }
        let title = asWritten(words, units).joined(separator: " ")
        return title.prefix(1).uppercased() + title.dropFirst()
    }

    /// The run in the case in which the first subject that has it writes it.
    private static func asWritten(_ words: [String], _ units: [[String]]) -> [String] {
        for unit in units where unit.count >= words.count {
            for start in 0...unit.count - words.count {
                let run = Array(unit[start..<start + words.count])
                if run.map({ $0.lowercased() }) == words { return run }
            }
        }
        return words
    }

    /// The runs of words of a subject that may be a title, each once.
    private static func runs(_ unit: [String], _ isChinese: Bool) -> Set<[String]> {
        let words = isChinese ? unit : unit.map { $0.lowercased() }
        var runs: Set<[String]> = []
        for start in words.indices {
            for length in (isChinese ? 4 : 2)...(isChinese ? 24 : 10) where start + length <= words.count {
                runs.insert(Array(words[start..<start + length]))
            }
        }
        return runs
    }

    /// True for words that begin and end like a name.
    private static func isTitle(_ words: [String], _ isChinese: Bool) -> Bool {
        guard let first = words.first, let last = words.last else { return false }
        guard isChinese else {
            let small: Set<String> = [
                "the", "of", "on", "a", "an", "for", "and", "to", "in", "with", "six", "four", "two",
            ]
            return !small.contains(first.lowercased()) && !small.contains(last.lowercased())
        }
        let text = words.joined()
        let marks = "，。、；：「」『』（）()《》〈〉0123456789年月日 "
        if text.contains(where: { "，。；：（）「」".contains($0) }) { return false }
        if text.contains("政府") { return false }
        return !marks.contains(first) && !marks.contains(last) && !"之的及與並往於請函復為自就第將等次".contains(first)
            && !"之的及與並往於請函復為自就第將等檢送1次".contains(last)
    }
}
