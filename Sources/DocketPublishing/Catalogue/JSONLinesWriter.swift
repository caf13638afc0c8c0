import DocketCore
import Foundation

/// One JSON object of a `CatalogueEntry` a line, keys sorted.
struct JSONLinesWriter: CatalogueWriter {
    private let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    func opening() -> String { "" }

    func closing() -> String { "" }

    func text(of entry: CatalogueEntry) -> String {
        var entry = entry
        for index in entry.subjects.indices where !entry.subjects[index].score.isFinite {
            entry.subjects[index].score = 0
        }
        // Plain values with finite numbers: encoding cannot fail, and an empty line would show it if it did.
        return (try? encoder.encode(entry)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
    }
}
