import Foundation

/// Real texts that the catalogue is modelled on.
enum Samples {
    /// One line of a sample in JSON.
    private struct Line: Decodable {
        var title: String?
        var abstract: String?
        var text: String?

        var texts: [String] { [title, abstract, text].compactMap { $0 } }
    }

    /// The texts of `file`: of a name that ends in `.jsonl`, the titles, abstracts and texts of its lines; else the whole.
    static func texts(_ file: String) throws -> [String] {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        guard file.hasSuffix(".jsonl") else { return [text] }
        return try text.split(separator: "\n").flatMap { line in
            try JSONDecoder().decode(Line.self, from: Data(line.utf8)).texts
        }
    }

    /// The catalogue modelled on `files`.
    static func catalogue(_ files: [String]) throws -> Catalogue {
        let texts = try files.flatMap(texts)
        guard texts.reduce(0, { $0 + $1.utf8.count }) > 100_000 else {
            throw Stress.Failure(text: "name texts of 100,000 bytes or more: --sample FILE")
        }
        return Catalogue(texts)
    }
}
