import Foundation

/// BM25F with one set of settings for all fields: an occurrence counts by the weight of its field, and so does the length
/// (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", sections 3.2 and 3.5).
struct Ranking: Sendable, Equatable {
    /// How soon more of the same word stops to matter.
    var k1: Float = 0.8
    /// How much long documents are held back, 0...1.
    var b: Float = 0.9
    /// Lengths below count as this one: a heading or a line of a list is not better for being short.
    var shortest: Float = 80

    /// What a search knows of all documents that its viewer may see.
    struct Statistics: Sendable, Equatable {
        var documents = 0
        var totalLength = 0

        var averageLength: Float { documents > 0 ? max(1, Float(totalLength) / Float(documents)) : 1 }

        static func + (left: Statistics, right: Statistics) -> Statistics {
            Statistics(
                documents: left.documents + right.documents, totalLength: left.totalLength + right.totalLength)
        }
    }

    /// What a term that stands in `frequency` of `documents` is worth; above zero for every term.
    func inverseFrequency(_ frequency: Int, of documents: Int) -> Float {
        Float(log(1 + (Double(documents) - Double(frequency) + 0.5) / (Double(frequency) + 0.5)))
    }

    /// Share of a term's worth that `weight` of it earns in a document of `length`: 0...1, rising with `weight`.
    @inline(__always)
    func saturation(_ weight: Float, length: Float, average: Float) -> Float {
        weight / (weight + k1 * (1 - b + b * max(length, shortest) / max(average, shortest)))
    }
}
