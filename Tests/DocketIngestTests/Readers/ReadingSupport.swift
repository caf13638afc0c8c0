import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Reads bytes with the standard readers.
func read(
    _ data: Data, named name: String = "x", options: ReadingOptions = ReadingOptions()
) async throws -> ReadingResult {
    try await ReaderRegistry.standard.read(ReaderInput(data: data, fileName: name), options: options)
}

/// Reads text that is one source.
func readSource(
    _ text: String, options: ReadingOptions = ReadingOptions(), sourceLocation: SourceLocation = #_sourceLocation
) async throws -> SourceDocument {
    try await readSource(Data(text.utf8), options: options, sourceLocation: sourceLocation)
}

/// Reads bytes that are one source.
func readSource(
    _ data: Data, options: ReadingOptions = ReadingOptions(), sourceLocation: SourceLocation = #_sourceLocation
) async throws -> SourceDocument {
    guard case .source(let document) = try await read(data, options: options) else {
        Issue.record("a container, not a source", sourceLocation: sourceLocation)
        throw CancellationError()
    }
    expectSound(document, sourceLocation: sourceLocation)
    return document
}

/// All sources of a reading; a record that fails is an issue.
func sources(
    _ reading: ReadingResult, sourceLocation: SourceLocation = #_sourceLocation
) -> [SourceDocument] {
    switch reading {
    case .source(let document): return [document]
    case .records(let records):
        return records.compactMap { element in
            switch element.result {
            case .success(let document): return document
            case .failure(let error):
                Issue.record("line \(element.line): \(error)", sourceLocation: sourceLocation)
                return nil
            }
        }
    }
}

/// What holds of every source whatever it was read from.
func expectSound(_ document: SourceDocument, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(document.isPartitioned, sourceLocation: sourceLocation)
    #expect(!document.passages.isEmpty, sourceLocation: sourceLocation)
    #expect(!document.text.utf8.contains(0), sourceLocation: sourceLocation)
    #expect(document.origin.reader.contains("/"), sourceLocation: sourceLocation)
    for finding in document.findings {
        for span in finding.place.spans {
            #expect(span.source == document.id && span.end <= document.text.utf8.count, sourceLocation: sourceLocation)
        }
    }
}

extension SourceDocument {
    /// Words of each passage without white space at the ends.
    var words: [String] {
        passages.map { text(in: $0.range).trimmingCharacters(in: .whitespacesAndNewlines) }
    }
}

/// A file of the project's own corpus; its folder is beside the package's sources.
enum CorpusFile {
    static let root = ReferenceData.packageRoot.appending(path: "Corpus")

    static func data(_ path: String) throws -> Data { try Data(contentsOf: root.appending(path: path)) }
}
