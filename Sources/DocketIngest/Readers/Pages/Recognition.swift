import DocketCore
import Foundation

/// Optical recognition by tesseract in Traditional Chinese and English, with its confidence.
struct Recognition: Sendable {
    /// Dots an inch of the image, which turn its pixels into points.
    let resolution: Int

    /// The page that an image shows.
    func page(_ number: Int, image: String, fileName: String, limits: ReaderLimits) async throws -> PageText {
        let arguments = [image, "stdout", "-l", "chi_tra+eng", "--dpi", String(resolution), "--psm", "3", "tsv"]
        let result = try await ExternalTool.recognition.run(arguments, on: fileName, limits: limits)
        if let failure = result.failure {
            if result.errors.contains("chi_tra") {
                throw IngestError.toolMissing(tool: "tesseract (chi_tra)", package: "tesseract-ocr-chi-tra")
            }
            throw IngestError.toolFailed(file: fileName, tool: "tesseract", status: failure)
        }
        return PageText(number: number, lines: lines(String(decoding: result.output, as: UTF8.self)))
    }

    /// Lines of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    func lines(_ table: String) -> [PageText.Line] {
        var lines: [PageText.Line] = []
        var current: (key: [Int], assembly: LineAssembly, box: PageText.Box, scores: [Double])?
        func close() {
            guard let (key, assembly, box, scores) = current, !scores.isEmpty else { return }
            let mean = scores.reduce(0, +) / Double(scores.count) / 100
            lines.append(
                PageText.Line(
                    words: assembly.words, box: box, confidence: min(max(0, mean), 1),
                    paragraph: key[0] * 10_000 + key[1]))
        }
        for row in table.split(separator: "\n").dropFirst() {
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 12, fields[0] == "5" else { continue }
            let numbers = fields[2..<10].compactMap { Int($0) }
            let word = fields[11].trimmed
            guard numbers.count == 8, let score = Double(fields[10]), score >= 0, !word.isEmpty else { continue }
            let key = Array(numbers[0..<3])
            let box = points(numbers[4], numbers[5], numbers[6], numbers[7])
            if current?.key != key {
                close()
                current = (key, LineAssembly(), box, [])
            }
            current?.assembly.append(String(word), box: box)
            current?.box.extend(box)
            current?.scores.append(score)
        }
        close()
        return lines
    }

    private func points(_ left: Int, _ top: Int, _ width: Int, _ height: Int) -> PageText.Box {
        let scale = 72 / Double(max(1, resolution))
        return PageText.Box(
            left: Double(left) * scale, top: Double(top) * scale, right: Double(left + width) * scale,
            bottom: Double(top + height) * scale)
    }
}
