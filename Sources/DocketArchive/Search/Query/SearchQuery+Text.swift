import DocketCore

extension SearchQuery {
    /// The query in words of the query language; a question is its parts, of which any will do.
    ///
    /// What the language has no sign for stands in braces: what counts as the same, and what must hold without ranking.
    public var text: String { Self.text(self, isInside: false) }

    private static func text(_ query: SearchQuery, isInside: Bool) -> String {
        switch query {
        case .everything: "*"
        case .words(let words): words.queryText
        case .question(let text): any(of: text, isInside: isInside)
        case .filter(let filters): filters.queryText
        case .and(let parts): joined(parts.filter { !isEmpty($0) }, by: " AND ", isInside)
        case .or(let parts): joined(parts, by: " OR ", isInside)
        case .not(let part): "NOT " + text(part, isInside: true)
        case .condition(let part): "{" + text(part, isInside: false) + "}"
        }
    }

    private static func isEmpty(_ query: SearchQuery) -> Bool {
        if case .filter(let filters) = query { filters == SearchFilters() } else { false }
    }

    private static func joined(_ parts: [SearchQuery], by sign: String, _ isInside: Bool) -> String {
        if parts.count == 1 { return text(parts[0], isInside: isInside) }
        let joined = parts.map { text($0, isInside: true) }.joined(separator: sign)
        return isInside ? "(\(joined))" : joined
    }

    private static func any(of text: String, isInside: Bool) -> String {
        let parts = QuestionForm(text).parts.map { part in
            part.words + (part.isPrefix ? "*" : "") + (part.share < 1 ? "^\(part.share)" : "")
        }
        let joined = parts.joined(separator: " OR ")
        return isInside && parts.count > 1 ? "(\(joined))" : joined
    }
}

extension SearchWords {
    /// As it would be typed.
    var queryText: String {
        var words = text.contains(where: \.isWhitespace) || isQuoted ? "\"\(text)\"" : text
        if isPrefix { words += "*" }
        if let distance { words += "~\(distance)" }
        let others = synonyms + [facts?.queryText].compactMap { $0 }.filter { !$0.isEmpty }
        return others.isEmpty ? words : "{" + ([words] + others).joined(separator: " = ") + "}"
    }
}

extension SearchFilters {
    /// As fields would be typed.
    var queryText: String {
        func field(_ name: String, _ values: [String]) -> String? {
            values.isEmpty ? nil : values.sorted().map { "\(name):\(Self.quoted($0))" }.joined(separator: " OR ")
        }
        let groups = [
            field("kind", kinds.map(\.rawValue)), field("series", Array(series)), field("agency", Array(agencies)),
            field("status", Array(statuses)), field("source", sourceKinds.map(\.rawValue)),
            field("classification", classifications.map(\.rawValue)), field("scope", Array(scopes)),
            field("meeting", meetings.map(String.init)), field("item", Array(items)),
            field("speaker", Array(speakers)),
            from == nil && to == nil ? nil : "date:" + (from == to ? from ?? "" : "\(from ?? "")..\(to ?? "")"),
        ].compactMap { $0 }
        if groups.count < 2 { return groups.first ?? "" }
        return groups.map { $0.contains(" OR ") ? "(\($0))" : $0 }.joined(separator: " AND ")
    }

    private static func quoted(_ value: String) -> String {
        value.contains(where: { $0.isWhitespace || "()（）\"".contains($0) }) ? "\"\(value)\"" : value
    }
}
