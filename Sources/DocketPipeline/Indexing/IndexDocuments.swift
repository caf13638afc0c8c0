public import DocketArchive
import DocketCore
internal import DocketText

/// What a search finds of a source: its conclusions, its agenda items, its passages, or the record itself.
public enum IndexDocuments {
    /// The documents of one stored source, in the order in which hits of equal rank are shown.
    public static func documents(of stored: StoredSource) -> [IndexDocument] {
        let source = stored.document
        if source.kind == .record { return [entry(stored)] }
        var result: [IndexDocument] = []
        if let minutes = stored.structure.minutes {
            result += conclusions(minutes, stored) + items(minutes, stored)
        }
        return result + passages(stored)
    }

    // MARK: - Kinds

    private static func entry(_ stored: StoredSource) -> IndexDocument {
        let source = stored.document
        let body = source.passages.filter { $0.mark != "title" }
        var fields = body.map { field(of: $0, in: source) }
        let subjects = source.facts["subjects"] ?? ""
        if !subjects.isEmpty { fields.append(IndexField(.body, subjects)) }
        // Senders, numbers and what else a catalogue says of its record.
        let shown: Set<String> = ["subjects", "agency", "series", "scope"]
        let others = source.facts.filter { !shown.contains($0.key) && !$0.value.isEmpty }.sorted { $0.key < $1.key }
        if !others.isEmpty {
            fields.append(IndexField(.body, others.map { "\($0.key) \($0.value)" }.joined(separator: "\n")))
        }
        return document(
            stored, id: source.id.rawValue, kind: .entry, ordinal: 0, title: source.title, fields: fields,
            facts: source.facts.filter { ["code", "agency"].contains($0.key) })
    }

    private static func conclusions(_ minutes: MinutesStructure, _ stored: StoredSource) -> [IndexDocument] {
        let standings = stored.openedItems.map { ($0.path, $0.standing) }
        let tracked = Dictionary(standings, uniquingKeysWith: { first, _ in first })
        let opened = Dictionary(
            stored.openedItems.map { ($0.path, $0.reference) }, uniquingKeysWith: { first, _ in first })
        let titles = Dictionary(minutes.items.map { ($0.path, $0.title.text) }, uniquingKeysWith: { first, _ in first })
        let order = shownOrder(minutes.conclusions)
        return minutes.conclusions.enumerated().map { number, conclusion in
            let item = conclusion.itemPath.flatMap { titles[$0] }
            return document(
                stored, id: "\(stored.document.id):c\(number)", kind: .conclusion, ordinal: order[number],
                title: item ?? stored.document.title,
                fields: [IndexField(.conclusion, conclusion.text.text, span: span(conclusion.text, stored.document))],
                agencies: conclusion.addressees.compactMap { $0.agency ?? ($0.group == nil ? $0.words.text : nil) },
                statuses: statuses(of: conclusion, tracked[conclusion.path], language: stored.document.language),
                facts: [
                    "label": conclusion.label, "path": conclusion.path, "item": item ?? "",
                    "tracked": trackedItems(of: conclusion, minutes, opened),
                ])
        }
    }

    /// By conclusion, its place among hits of equal rank: what decides something comes before what only takes note.
    private static func shownOrder(_ conclusions: [Conclusion]) -> [Int] {
        let formal: Set<ConclusionType> = [.confirmMinutes, .noted]
        func isFormal(_ conclusion: Conclusion) -> Bool {
            !conclusion.types.isEmpty && formal.isSuperset(of: conclusion.types)
        }
        let sorted = conclusions.indices.sorted { left, right in
            let (first, second) = (isFormal(conclusions[left]), isFormal(conclusions[right]))
            return first == second ? left < right : second
        }
        var order = [Int](repeating: 0, count: conclusions.count)
        for (place, index) in sorted.enumerated() { order[index] = place }
        return order
    }

    /// Numbers of the tracked items that a conclusion opens or acts on, joined by a blank.
    private static func trackedItems(
        of conclusion: Conclusion, _ minutes: MinutesStructure, _ opened: [String: String]
    ) -> String {
        let acted = minutes.trackingActions.filter { $0.conclusionPath == conclusion.path }.map(\.reference)
        var seen: Set<String> = []
        let numbers = [opened[conclusion.path]].compactMap { $0 } + conclusion.trackingNumbers + acted
        return numbers.filter { seen.insert($0).inserted }.joined(separator: " ")
    }

    private static func items(_ minutes: MinutesStructure, _ stored: StoredSource) -> [IndexDocument] {
        minutes.items.enumerated().map { number, item in
            let details = item.details.map {
                IndexField(.body, $0.text.text, span: span($0.text, stored.document))
            }
            return document(
                stored, id: "\(stored.document.id):i\(number)", kind: .agendaItem,
                ordinal: minutes.conclusions.count + number, title: item.title.text, fields: details,
                agencies: item.sponsor.map { [$0] } ?? [], facts: ["path": item.path])
        }
    }

    private static func passages(_ stored: StoredSource) -> [IndexDocument] {
        let source = stored.document
        let first = (stored.structure.minutes?.conclusions.count ?? 0) + (stored.structure.minutes?.items.count ?? 0)
        return source.passages.compactMap { passage in
            let words = field(of: passage, in: source)
            guard !words.text.isEmpty else { return nil }
            var facts: [String: String] = [:]
            facts["speaker"] = passage.speaker
            facts["page"] = passage.locator?.page.map(String.init)
            return document(
                stored, id: IndexDocument.passageID(source.id, passage.number), kind: .passage,
                ordinal: first + passage.number, title: source.title, isTitleSearched: passage.number == 0,
                fields: [words], facts: facts)
        }
    }

    // MARK: - Parts

    private static func document(
        _ stored: StoredSource, id: String, kind: ResultKind, ordinal: Int, title: String, isTitleSearched: Bool = true,
        fields: [IndexField], agencies: [String] = [], statuses: [String] = [], facts: [String: String]
    ) -> IndexDocument {
        let source = stored.document
        let minutes = stored.structure.minutes
        var facts = facts.filter { !$0.value.isEmpty }
        facts["meeting"] = (minutes?.ordinal).map(String.init) ?? source.facts["ordinal"]
        let names = agencies + (source.facts["agency"].map { [$0] } ?? [])
        var seen: Set<String> = []
        var document = IndexDocument(
            id: id, kind: kind, source: source.id, ordinal: ordinal, external: stored.external, title: title,
            isTitleSearched: isTitleSearched, fields: fields,
            date: source.date ?? minutes?.start?.iso.map { String($0.prefix(10)) },
            series: stored.seriesName ?? minutes?.series ?? source.facts["series"],
            agencies: names.filter { seen.insert($0).inserted },
            status: statuses.first, sourceKind: source.kind, classification: source.classification, scope: source.scope,
            facts: facts)
        document.moreStatuses = Array(statuses.dropFirst())
        document.card = SourceCard(
            title: source.title, external: stored.external, date: source.date, facts: source.facts)
        return document
    }

    /// A span whose words are those of `words`, so that a snippet can be cut from the stored text; nil where line breaks
    /// were taken out.
    private static func span(_ words: Words, _ source: SourceDocument) -> SourceSpan? {
        source.text(in: words.range) == words.text ? source.span(words.range) : nil
    }

    /// The words of a passage with the line breaks of conversion taken out; with a span where none had to be.
    private static func field(of passage: Passage, in source: SourceDocument) -> IndexField {
        let raw = source.text(in: passage.range)
        let trimmed = raw.trimmingBreaks
        let start = passage.start + raw.utf8.distance(from: raw.startIndex, to: trimmed.startIndex)
        let words = String(trimmed)
        guard passage.kind != .tableRow, words.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else {
            return IndexField(.body, words, span: source.span(start..<start + words.utf8.count))
        }
        return IndexField(.body, TextCleaner().clean(words).text)
    }

    /// What became of a conclusion, the latest first: where its tracked item stands, then what it does itself.
    private static func statuses(
        of conclusion: Conclusion, _ standing: TrackedItem.Standing?, language: String
    ) -> [String] {
        let isChinese = language.hasPrefix("zh")
        let type = conclusion.types.first { $0 != .other }
        let own = type.flatMap { isChinese ? statuses[$0] : $0.rawValue }
        let followUp: [String] =
            switch standing {
            case .open: [isChinese ? "列管中" : "open"]
            case .continued: isChinese ? ["賡續列管", "列管中"] : ["continued", "open"]
            case .released: [isChinese ? "解除列管" : "released"]
            case nil: []
            }
        return followUp + (own.map { [$0] } ?? [])
    }

    /// Words of the house for what a conclusion does (DOMAIN.md section 2.2).
    private static let statuses: [ConclusionType: String] = [
        .confirmMinutes: "紀錄確定", .noted: "備查", .release: "解除列管", .continueTracking: "賡續列管", .assign: "交辦",
        .announce: "轉知", .policyRule: "規定", .escalate: "提報", .schedule: "期程", .monitor: "追蹤", .commend: "感謝",
        .adopted: "照案通過", .adoptedAsAmended: "修正通過", .deferred: "緩議", .returned: "退回", .withdrawn: "撤案",
    ]
}

extension String {
    /// Without line breaks and blanks at either end.
    fileprivate var trimmingBreaks: Substring {
        let blank: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
        guard let last = lastIndex(where: { !blank($0) }) else { return "" }
        return self[...last].drop(while: blank)
    }
}
