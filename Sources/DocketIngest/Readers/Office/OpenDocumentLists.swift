import DocketCore

/// The list styles of an ODT file and the counters that run while it is read (ODF 1.3 part 3, 16.30 and 19.880).
struct OpenDocumentLists {
    struct Level: Equatable {
        var system = CountingSystem.none
        var prefix = ""
        var suffix = ""
        var start = 1
        /// How many levels the number shows: 2 for "1.1".
        var shown = 1
    }

    private(set) var styles: [String: [Int: Level]] = [:]
    /// Levels of headings that are numbered by the outline style.
    private(set) var outline: [Int: Level] = [:]
    /// List style of a paragraph style.
    private(set) var paragraphLists: [String: String] = [:]
    private var parents: [String: String] = [:]
    private var counters: [String: [Int: Int]] = [:]

    /// Reads the styles of one part; later parts add to them.
    mutating func read(_ cursor: XMLCursor) throws(IngestError) {
        var list: String?
        var isOutline = false
        var level = 1
        while let event = try cursor.next() {
            switch event {
            case .start("list-style"): list = cursor.attribute("name")
            case .end("list-style"): list = nil
            case .start("outline-style"): isOutline = true
            case .end("outline-style"): isOutline = false
            case .start("list-level-style-number"), .start("outline-level-style"):
                level = cursor.level("level") ?? 1
                let read = Self.level(cursor)
                if isOutline { outline[level] = read } else if let list { styles[list, default: [:]][level] = read }
            case .start("list-level-style-bullet"), .start("list-level-style-image"):
                if let list { styles[list, default: [:]][cursor.level("level") ?? 1] = Level() }
            case .start("style"):
                guard let name = cursor.attribute("name"), cursor.attribute("family") == "paragraph" else { continue }
                paragraphLists[name] = cursor.attribute("list-style-name")
                parents[name] = cursor.attribute("parent-style-name")
            default: continue
            }
        }
    }

    private static func level(_ cursor: XMLCursor) -> Level {
        var level = Level()
        level.system = CountingSystem(odt: cursor.attribute("num-format") ?? "")
        level.prefix = cursor.attribute("num-prefix") ?? ""
        level.suffix = cursor.attribute("num-suffix") ?? ""
        level.start = cursor.number("start-value") ?? 1
        level.shown = cursor.level("display-levels") ?? 1
        // Newer writers give the whole pattern, "（%3%）"; what stands around its last number counts.
        if let pattern = cursor.attribute("num-list-format"), let first = pattern.firstIndex(of: "%"),
            let last = pattern.lastIndex(of: "%"), first < last, level.prefix.isEmpty, level.suffix.isEmpty
        {
            level.prefix = String(pattern[..<first])
            level.suffix = String(pattern[pattern.index(after: last)...])
        }
        return level
    }

    /// List style that a paragraph style brings, through its parents; a circle ends.
    func listStyle(of paragraph: String) -> String? {
        var next: String? = paragraph
        var seen: Set<String> = []
        while let name = next, seen.insert(name).inserted {
            if let list = paragraphLists[name] { return list.isEmpty ? nil : list }
            next = parents[name]
        }
        return nil
    }

    // MARK: Counting

    /// Begins a list: its numbers start again unless it continues the one before of the same style.
    mutating func begin(_ style: String, level: Int, continues: Bool) {
        guard !continues else { return }
        for deeper in (counters[style] ?? [:]).keys where deeper >= level { counters[style]?[deeper] = nil }
    }

    /// The next number of a list as shown; "" for bullets and unknown styles.
    mutating func next(_ style: String, level index: Int, start: Int?) -> String {
        guard let level = styles[style]?[index] else { return "" }
        return next(in: style, level, index, start, styles[style] ?? [:])
    }

    /// The next number of a heading by the outline style; "" when it has none.
    mutating func nextHeading(_ index: Int, start: Int?) -> String {
        guard let level = outline[index], level.system != .none else { return "" }
        return next(in: "", level, index, start, outline)
    }

    private mutating func next(
        in style: String, _ level: Level, _ index: Int, _ start: Int?, _ levels: [Int: Level]
    ) -> String {
        var counts = counters[style] ?? [:]
        counts[index] = start ?? counts[index].map { $0 + 1 } ?? level.start
        for deeper in counts.keys where deeper > index { counts[deeper] = nil }
        counters[style] = counts
        guard level.system != .none else { return "" }
        let first = max(1, index - level.shown + 1)
        let numbers = (first...index).compactMap { place -> String? in
            guard let shown = levels[place], shown.system != .none else { return nil }
            return shown.system.words(counts[place] ?? shown.start)
        }
        let words = level.prefix + numbers.joined(separator: ".") + level.suffix
        let isWide = (words.unicodeScalars.last?.value ?? 0) >= 0x2E80
        return isWide || words.last == " " ? words : words + " "
    }
}
