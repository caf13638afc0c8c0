import Foundation

/// The expected facts of a provenance card: the little of YAML that cards use (nested keys, lists, plain scalars).
indirect enum CardValue {
    case scalar(String)
    case list([CardValue])
    case map([String: CardValue])

    subscript(key: String) -> CardValue? {
        if case .map(let entries) = self { return entries[key] }
        return nil
    }

    var text: String? {
        if case .scalar(let text) = self { return text }
        return nil
    }

    var number: Int? { text.flatMap { Int($0) } }

    var texts: [String] {
        if case .list(let values) = self { return values.compactMap(\.text) }
        return []
    }

    var entries: [String: CardValue] {
        if case .map(let entries) = self { return entries }
        return [:]
    }
}

enum CorpusCard {
    /// The card beside a file of the corpus.
    static func card(of path: String) throws -> CardValue {
        parse(String(decoding: try CorpusFile.data(path + ".card.yaml"), as: UTF8.self))
    }

    static func parse(_ text: String) -> CardValue {
        var lines = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }[...]
        return block(&lines, indent: 0)
    }

    private static func indent(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }

    private static func block(_ lines: inout ArraySlice<Substring>, indent level: Int) -> CardValue {
        guard let first = lines.first else { return .scalar("") }
        if first.dropFirst(level).hasPrefix("- ") { return list(&lines, indent: level) }
        var entries: [String: CardValue] = [:]
        while let line = lines.first, indent(line) == level, !line.dropFirst(level).hasPrefix("- ") {
            lines.removeFirst()
            let body = line.dropFirst(level)
            guard
                let colon = body.range(
                    of: body.hasSuffix(":") ? ":" : ": ", options: body.hasSuffix(":") ? .backwards : [])
            else { continue }
            let key = unquoted(body[..<colon.lowerBound])
            let rest = body[colon.upperBound...]
            if !rest.isEmpty {
                entries[key] = .scalar(unquoted(rest))
            } else if let next = lines.first, indent(next) > level || next.dropFirst(level).hasPrefix("- ") {
                entries[key] = block(&lines, indent: indent(next))
            } else {
                entries[key] = .scalar("")
            }
        }
        return .map(entries)
    }

    private static func list(_ lines: inout ArraySlice<Substring>, indent level: Int) -> CardValue {
        var values: [CardValue] = []
        while let line = lines.first, indent(line) == level, line.dropFirst(level).hasPrefix("- ") {
            let rest = line.dropFirst(level + 2)
            if rest.hasPrefix("- ") || (rest.contains(": ") && !rest.hasPrefix("'")) {
                lines[lines.startIndex] = Substring(String(repeating: " ", count: level + 2) + rest)
                values.append(block(&lines, indent: level + 2))
            } else {
                lines.removeFirst()
                values.append(.scalar(unquoted(rest)))
            }
        }
        return .list(values)
    }

    private static func unquoted(_ words: Substring) -> String {
        let trimmed = words.trimmingCharacters(in: .whitespaces)
        guard trimmed.count >= 2, trimmed.first == "'", trimmed.last == "'" else { return trimmed }
        return String(trimmed.dropFirst().dropLast()).replacingOccurrences(of: "''", with: "'")
    }
}
