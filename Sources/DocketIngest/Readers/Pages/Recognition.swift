import DocketCore
import Foundation

/// Optical recognition by tesseract in Traditional Chinese and English, with its confidence.
struct Recognition: Sendable {
    /// Dots an inch of the image, which turn its pixels into points.
    let resolution: Int

    /// The pages that an image shows, of which the first is page `first` of the file; a TIFF may hold several.
    /// - Throws: `IngestError.toolMissing`, `.toolFailed`, `.limitExceeded` for `recognisedPages`.
    func pages(from first: Int, image: String, fileName: String, limits: ReaderLimits) async throws -> [PageText] {
        let arguments = [image, "stdout", "-l", "chi_tra+eng", "--dpi", String(resolution), "--psm", "3", "tsv"]
        let result = try await ExternalTool.recognition.run(arguments, on: fileName, limits: limits)
        if let failure = result.failure {
            if result.errors.contains("chi_tra") {
                throw IngestError.toolMissing(tool: "tesseract (chi_tra)", package: "tesseract-ocr-chi-tra")
            }
            throw IngestError.toolFailed(file: fileName, tool: "tesseract", status: failure)
        }
        let pages = pages(String(decoding: result.output, as: UTF8.self), from: first)
        guard pages.count <= limits.recognisedPages else {
            throw IngestError.limitExceeded(
                file: fileName, limit: .recognisedPages, value: limits.recognisedPages,
                place: .init(page: pages.last?.number))
        }
        return pages
    }

    /// Pages of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    ///
    /// A row of level 1 begins a page, one of level 5 is a word; a page on which nothing was found has no lines.
    func pages(_ table: String, from first: Int) -> [PageText] {
        var pages: [PageText] = []
        var line: OpenLine?
        func close() {
            if let done = line?.line, let last = pages.indices.last { pages[last].lines.append(done) }
            line = nil
        }
        for row in table.split(separator: "\n").dropFirst() {
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 12 else { continue }
            if fields[0] == "1" {
                close()
                pages.append(PageText(number: first + pages.count))
            }
            guard fields[0] == "5", let score = Double(fields[10]), score >= 0, let box = box(fields[6..<10]) else {
                continue
            }
            let word = fields[11].trimmed
            guard !word.isEmpty else { continue }
            // A line is named by page, block, paragraph and its own number.
            let key = Array(fields[1..<5])
            if line?.key != key {
                close()
                line = OpenLine(key: key, box: box)
            }
            line?.append(String(word), box: box, score: score)
        }
        close()
        return pages.isEmpty ? [PageText(number: first)] : pages
    }

    /// A line whose last word has not come.
    private struct OpenLine {
        let key: [Substring]
        var box: PageText.Box
        var assembly = LineAssembly()
        var scores: [Double] = []

        init(key: [Substring], box: PageText.Box) {
            self.key = key
            self.box = box
        }

        mutating func append(_ word: String, box other: PageText.Box, score: Double) {
            assembly.append(word, box: other)
            box.extend(other)
            scores.append(score)
        }

        var line: PageText.Line {
            let mean = scores.reduce(0, +) / Double(max(1, scores.count)) / 100
            return PageText.Line(words: assembly.words, box: box, confidence: min(max(0, mean), 1))
        }
    }

    /// The box of left, top, width and height in pixels.
    private func box(_ fields: ArraySlice<Substring>) -> PageText.Box? {
        let scale = 72 / Double(max(1, resolution))
        let sizes = fields.compactMap { Int($0) }.map { Double($0) * scale }
        guard sizes.count == 4 else { return nil }
        return PageText.Box(left: sizes[0], top: sizes[1], right: sizes[0] + sizes[2], bottom: sizes[1] + sizes[3])
    }
}
