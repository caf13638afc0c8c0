import DocketText
import Foundation

/// JSON as it is stored: UTF-8 text with sorted keys, so that equal values are equal text.
enum Coding {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, from text: String, of object: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: "unreadable value of \(object)")
        }
    }

    /// An object of texts, read without a decoder: fifty sources are read for a question.
    static func facts(from text: String, of object: @autoclosure () -> String) throws -> [String: String] {
        let members = try? JSONParser.value(of: Array(text.utf8)).object
        let facts = members?.compactMapValues(\.string)
        guard let facts, facts.count == members?.count else {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: "unreadable value of \(object())")
        }
        return facts
    }
}

/// Where the archive takes its time from: the machine's clock, or a test's.
struct StoreClock: Sendable {
    var now: @Sendable () -> Date

    static let system = StoreClock { Date() }

    /// ISO 8601 in UTC with milliseconds; text order is time order.
    func timestamp() -> String { Self.timestamp(now()) }

    static func timestamp(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
