import DocketCore
public import Foundation

/// The lines of a file of JSON Lines that are not blank, with their numbers from 1.
public struct JSONLines: Sequence, Sendable {
    /// A line.
    public struct Line: Sendable {
        /// Its number from 1.
        public var number: Int
        /// Its bytes without the break.
        public var bytes: Data
        /// Name of its file in messages.
        public var file: String

        /// The value of the line.
        /// - Throws: `PipelineError.badLine` with what is wrong, without words of the line.
        public func decode<Value: Decodable>(_ type: Value.Type) throws(PipelineError) -> Value {
            do {
                return try JSONDecoder().decode(type, from: bytes)
            } catch let error as DecodingError where !error.isOfWhole {
                throw .badLine(file: file, line: number, problem: error.located)
            } catch {
                throw .badLine(file: file, line: number, problem: .init(zhHant: "不是 JSON", en: "not JSON"))
            }
        }
    }

    private let data: Data
    private let file: String

    /// The lines of the file at `url`.
    /// - Throws: `PipelineError.cannotRead`.
    public init(_ url: URL) throws {
        file = url.lastPathComponent
        do { data = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
            throw PipelineError.cannotRead(file: url.path)
        }
    }

    /// The lines from the first.
    public func makeIterator() -> AnyIterator<Line> {
        var start = data.startIndex
        var number = 0
        return AnyIterator {
            while start < data.endIndex {
                let end = data[start...].firstIndex(of: UInt8(ascii: "\n")) ?? data.endIndex
                let line = data[start..<end]
                start = end < data.endIndex ? data.index(after: end) : end
                number += 1
                if line.contains(where: { $0 > 0x20 }) { return Line(number: number, bytes: Data(line), file: file) }
            }
            return nil
        }
    }
}
