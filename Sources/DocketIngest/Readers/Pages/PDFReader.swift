import DocketCore
import Foundation

/// Reads PDF: the text layer page by page with boxes, by pdftotext; a page without text is drawn and recognised.
struct PDFReader: Reader {
    let identity = "pdf/1"
    let formats = LocalizedText(zhHant: "PDF（無文字頁以 OCR 辨識）", en: "PDF (pages without text are recognised)")

    func accepts(_ input: ReaderInput) -> Bool { input.sample.form == .pdf }

    func read(_ input: ReaderInput, limits: ReaderLimits) async throws -> Reading? {
        try input.checkDocumentSize(limits)
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try folder.write(input.data, as: "source.pdf")
        var pages = try await textLayer(file, input, limits)
        guard pages.count <= limits.pages else {
            throw IngestError.limitExceeded(file: input.fileName, limit: .pages, value: limits.pages, place: .init())
        }
        let blank = pages.indices.filter { pages[$0].lines.isEmpty }
        guard blank.count <= limits.recognisedPages else {
            throw IngestError.limitExceeded(
                file: input.fileName, limit: .recognisedPages, value: limits.recognisedPages,
                place: .init(page: blank.last.map { $0 + 1 }))
        }
        var recognised: [PageText] = []
        for index in blank {
            try Task.checkCancellation()
            let page = try await recognise(page: index + 1, file, folder, input, limits)
            pages[index] = page
            if !page.lines.isEmpty { recognised.append(page) }
        }
        var assembler = TextAssembler(fileName: input.fileName, limits: limits)
        for page in pages { try page.add(to: &assembler) }
        guard !assembler.isBlank else { throw IngestError.noText(file: input.fileName, format: "PDF") }
        var extracted = assembler.extracted(mediaType: "application/pdf")
        extracted.notices += PageText.notices(recognised)
        return .source(extracted)
    }

    // MARK: Text layer

    private func textLayer(_ file: String, _ input: ReaderInput, _ limits: ReaderLimits) async throws -> [PageText] {
        let arguments = ["-bbox-layout", "-enc", "UTF-8", "-l", String(limits.pages + 1), file, "-"]
        let result = try await ExternalTool.pdfText.run(arguments, on: input.fileName, limits: limits)
        guard result.failure == nil else { throw Self.failure(result, input) }
        let cursor = try XMLCursor(
            Self.withoutControls(result.output), fileName: input.fileName, format: "PDF", limits: limits)
        return try PageLayout(cursor).pages
    }

    /// pdftotext writes control characters of broken fonts as they are, which XML does not allow.
    private static func withoutControls(_ data: Data) -> Data {
        var bytes = [UInt8](data)
        for index in bytes.indices where bytes[index] < 0x20 && ![0x09, 0x0A, 0x0D].contains(bytes[index]) {
            bytes[index] = 0x20
        }
        return Data(String(decoding: bytes, as: UTF8.self).utf8)
    }

    private static func failure(_ result: ExternalTool.Result, _ input: ReaderInput) -> IngestError {
        let errors = result.errors.lowercased()
        if errors.contains("incorrect password") || errors.contains("not allowed") {
            return .encrypted(file: input.fileName, format: "PDF")
        }
        let tail = input.data.suffix(2048)
        if tail.range(of: Data("%%EOF".utf8)) == nil {
            return .truncated(file: input.fileName, format: "PDF", place: .init(byte: input.data.count))
        }
        return .malformed(
            file: input.fileName, format: "PDF", place: .init(),
            problem: LocalizedText(zhHant: "檔案結構已損壞", en: "its structure is damaged"))
    }

    // MARK: Recognition

    private func recognise(
        page: Int, _ file: String, _ folder: TemporaryFolder, _ input: ReaderInput, _ limits: ReaderLimits
    ) async throws -> PageText {
        let root = folder.url.appending(path: "page").path(percentEncoded: false)
        let resolution = limits.recognitionDotsPerInch
        let arguments = [
            "-r", String(resolution), "-f", String(page), "-l", String(page), "-gray", "-png", "-singlefile", file,
            root,
        ]
        let drawing = try await ExternalTool.pdfDrawing.run(arguments, on: input.fileName, limits: limits)
        let image = root + ".png"
        guard drawing.failure == nil, FileManager.default.fileExists(atPath: image) else {
            throw IngestError.toolFailed(file: input.fileName, tool: "pdftoppm", status: "page \(page)")
        }
        // The drawing is one picture of one page.
        let pages = try await Recognition(resolution: resolution).pages(
            from: page, image: image, fileName: input.fileName, limits: limits)
        return pages[0]
    }
}

/// Reads pictures of pages by recognition: PNG, JPEG, TIFF, BMP, GIF, WebP.
struct ImageReader: Reader {
    let identity = "image/1"
    let formats = LocalizedText(zhHant: "掃描影像（以 OCR 辨識）", en: "scanned images (recognised)")

    func accepts(_ input: ReaderInput) -> Bool {
        if case .image = input.sample.form { true } else { false }
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) async throws -> Reading? {
        guard case .image(let mediaType) = input.sample.form else { return nil }
        try input.checkDocumentSize(limits)
        let size = ImageSize(input.data, mediaType: mediaType)
        if let size, size.pixels > limits.imagePixels {
            throw IngestError.limitExceeded(
                file: input.fileName, limit: .imagePixels, value: limits.imagePixels, place: .init())
        }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try folder.write(input.data, as: "source.image")
        let pages = try await Recognition(resolution: size?.resolution ?? 300).pages(
            from: 1, image: file, fileName: input.fileName, limits: limits)
        var assembler = TextAssembler(fileName: input.fileName, limits: limits)
        for page in pages { try page.add(to: &assembler) }
        guard !assembler.isBlank else { throw IngestError.noText(file: input.fileName, format: mediaType) }
        var extracted = assembler.extracted(mediaType: mediaType)
        extracted.notices += PageText.notices(pages.filter { !$0.lines.isEmpty })
        return .source(extracted)
    }
}
