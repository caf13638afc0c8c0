internal import DocketText
internal import Foundation
internal import Synchronization

/// Checks values by the subset of JSON Schema that Docket's own schemas use.
///
/// Known: `type` (a name or a list), `required`, `properties`, `additionalProperties` (true, false or a schema),
/// `items`, `minItems`, `maxItems`, `enum`, `minLength`, `maxLength`, `minimum`, `maximum`, `pattern`. A schema with
/// anything else is refused, so that no promise goes unchecked in silence; `title`, `description` and `$schema` are
/// words for people.
public struct SchemaValidator: Sendable {
    /// A schema that this validator does not know.
    public struct UnknownSchema: Error, Equatable {
        /// Path of the part that is not known, "$.items.oneOf".
        public let path: String
    }

    /// What is wrong with a value, and where; never a part of the value.
    public struct Violation: Sendable, Equatable {
        /// Path in the value, "$.items[2].owner".
        public let path: String
        /// Keyword of the schema, "maxLength".
        public let keyword: String
        /// What the keyword asks for, as JSON, when it is short.
        public let wanted: String
    }

    private let root: Node
    /// Schema as a value, to be sent along.
    let json: JSONValue

    /// Reads a schema.
    /// - Throws: `UnknownSchema`.
    public init(_ schema: AnswerSchema) throws(UnknownSchema) {
        // A schema that is not JSON is unknown as a whole.
        guard let json = try? JSONParser.value(of: Array(schema.json.utf8)) else { throw UnknownSchema(path: "$") }
        self.json = json
        root = try Node(json, path: "$", depth: 0)
    }

    /// What is wrong with a JSON text, in its order, twelve at most; one violation of "json" when it is no JSON.
    public func violations(in text: String) -> [Violation] {
        // What is wrong with the JSON is of no use to anybody but the model, which is told to write JSON.
        guard let value = try? JSONParser.value(of: Array(text.utf8)) else {
            return [Violation(path: "$", keyword: "json", wanted: "valid JSON")]
        }
        return violations(in: value)
    }

    func violations(in value: JSONValue) -> [Violation] {
        var found: [Violation] = []
        root.check(value, path: "$", into: &found)
        return found
    }
}

extension SchemaValidator {
    /// One level of a schema.
    fileprivate final class Node: Sendable {
        let types: Set<String>?
        let values: [JSONValue]?
        let required: [String]
        let properties: [String: Node]
        let others: Others
        let items: Node?
        let counts: ClosedRange<Int>
        let lengths: ClosedRange<Int>
        let minimum: Double?
        let maximum: Double?
        let pattern: Pattern?

        enum Others: Sendable {
            case any, none
            case by(Node)
        }

        private static let known: Set<String> = [
            "type", "required", "properties", "additionalProperties", "items", "minItems", "maxItems", "enum",
            "minLength", "maxLength", "minimum", "maximum", "pattern", "title", "description", "$schema",
        ]
        private static let typeNames: Set<String> = [
            "null", "boolean", "integer", "number", "string", "array", "object",
        ]

        init(_ schema: JSONValue, path: String, depth: Int) throws(UnknownSchema) {
            guard let members = schema.object, depth < 32 else { throw UnknownSchema(path: path) }
            if let key = members.keys.sorted().first(where: { !Self.known.contains($0) }) {
                throw UnknownSchema(path: "\(path).\(key)")
            }
            let parts = Parts(members: members, path: path)
            types = try parts.types(Self.typeNames)
            values = try parts.list("enum")
            required = try parts.names("required")
            counts = try parts.range("minItems", "maxItems")
            lengths = try parts.range("minLength", "maxLength")
            minimum = try parts.number("minimum")
            maximum = try parts.number("maximum")
            pattern = try parts.pattern()
            var properties: [String: Node] = [:]
            for (key, value) in try parts.object("properties") {
                properties[key] = try Node(value, path: "\(path).\(key)", depth: depth + 1)
            }
            self.properties = properties
            switch members["additionalProperties"] {
            case nil, .bool(true): others = .any
            case .bool(false): others = .none
            case .some(let value):
                others = .by(try Node(value, path: "\(path).additionalProperties", depth: depth + 1))
            }
            if let value = members["items"] {
                items = try Node(value, path: "\(path).items", depth: depth + 1)
            } else {
                items = nil
            }
        }
    }

    /// Typed parts of one level of a schema.
    private struct Parts {
        let members: [String: JSONValue]
        let path: String

        private func unknown(_ key: String) -> UnknownSchema { UnknownSchema(path: "\(path).\(key)") }

        func list(_ key: String) throws(UnknownSchema) -> [JSONValue]? {
            guard let value = members[key] else { return nil }
            guard let list = value.array else { throw unknown(key) }
            return list
        }

        func names(_ key: String) throws(UnknownSchema) -> [String] {
            let list = try list(key) ?? []
            let names = list.compactMap(\.string)
            guard names.count == list.count else { throw unknown(key) }
            return names
        }

        func types(_ known: Set<String>) throws(UnknownSchema) -> Set<String>? {
            guard let value = members["type"] else { return nil }
            let list = if let name = value.string { [name] } else { try self.names("type") }
            let names = Set(list)
            guard !names.isEmpty, names.isSubset(of: known) else { throw unknown("type") }
            return names
        }

        func number(_ key: String) throws(UnknownSchema) -> Double? {
            guard let value = members[key] else { return nil }
            guard let number = value.number else { throw unknown(key) }
            return number
        }

        func range(_ low: String, _ high: String) throws(UnknownSchema) -> ClosedRange<Int> {
            func bound(_ key: String, _ otherwise: Int) throws(UnknownSchema) -> Int {
                guard let value = members[key] else { return otherwise }
                guard let bound = value.integer, bound >= 0 else { throw unknown(key) }
                return bound
            }
            let (first, last) = (try bound(low, 0), try bound(high, .max))
            guard first <= last else { throw unknown(high) }
            return first...last
        }

        func object(_ key: String) throws(UnknownSchema) -> [String: JSONValue] {
            guard let value = members[key] else { return [:] }
            guard let object = value.object else { throw unknown(key) }
            return object
        }

        func pattern() throws(UnknownSchema) -> Pattern? {
            guard let value = members["pattern"] else { return nil }
            guard let text = value.string, let pattern = Pattern(text) else { throw unknown("pattern") }
            return pattern
        }
    }

    /// A regular expression of a schema, searched for as the standard has it: anchored only where it says so.
    fileprivate final class Pattern: Sendable {
        private static let longest = 4096
        let source: String
        private let expression: Mutex<NSRegularExpression>

        init?(_ source: String) {
            // A pattern that cannot be read makes the schema unknown.
            guard let expression = try? NSRegularExpression(pattern: source) else { return nil }
            self.source = source
            self.expression = Mutex(expression)
        }

        /// Texts too long to search in good time do not match.
        func matches(_ text: String) -> Bool {
            guard text.utf8.count <= Self.longest else { return false }
            return expression.withLock { expression in
                let all = NSRange(text.startIndex..., in: text)
                return expression.firstMatch(in: text, range: all) != nil
            }
        }
    }
}

extension SchemaValidator.Node {
    private static let most = 12

    func check(_ value: JSONValue, path: String, into found: inout [SchemaValidator.Violation]) {
        guard found.count < Self.most else { return }
        func note(_ keyword: String, _ wanted: String, at place: String? = nil) {
            guard found.count < Self.most else { return }
            let short = wanted.utf8.count <= 200 ? wanted : ""
            found.append(.init(path: place ?? path, keyword: keyword, wanted: short))
        }
        if let types, !types.contains(where: { Self.isOf($0, value) }) {
            return note("type", types.sorted().joined(separator: ", "))
        }
        if let values, !values.contains(value) { note("enum", JSONValue.array(values).text) }
        switch value {
        case .object(let members): check(members, path: path, into: &found)
        case .array(let elements):
            if elements.count < counts.lowerBound { note("minItems", "\(counts.lowerBound)") }
            if elements.count > counts.upperBound { note("maxItems", "\(counts.upperBound)") }
            guard let items else { return }
            for (index, element) in elements.enumerated() where found.count < Self.most {
                items.check(element, path: "\(path)[\(index)]", into: &found)
            }
        case .string(let text):
            let length = text.unicodeScalars.count
            if length < lengths.lowerBound { note("minLength", "\(lengths.lowerBound)") }
            if length > lengths.upperBound { note("maxLength", "\(lengths.upperBound)") }
            if let pattern, !pattern.matches(text) { note("pattern", pattern.source) }
        case .number(let number):
            if let minimum, number < minimum { note("minimum", JSONValue.number(minimum).text) }
            if let maximum, number > maximum { note("maximum", JSONValue.number(maximum).text) }
        case .null, .bool: break
        }
    }

    private func check(
        _ members: [String: JSONValue], path: String, into found: inout [SchemaValidator.Violation]
    ) {
        for key in required where members[key] == nil && found.count < Self.most {
            found.append(.init(path: "\(path).\(key)", keyword: "required", wanted: ""))
        }
        for key in members.keys.sorted() where found.count < Self.most {
            guard let member = members[key] else { continue }
            if let property = properties[key] {
                property.check(member, path: "\(path).\(key)", into: &found)
                continue
            }
            switch others {
            case .any: break
            // The key is the model's own word, which may be a part of the source.
            case .none:
                found.append(
                    .init(
                        path: path, keyword: "additionalProperties",
                        wanted: properties.keys.sorted().joined(separator: ", ")))
            case .by(let node): node.check(member, path: "\(path).*", into: &found)
            }
        }
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array),
            ("object", .object):
            true
        case ("integer", .number): value.integer != nil
        default: false
        }
    }
}
