import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// What every reader has to bear, on one small file of each form.
struct FaultTests {
    /// A word that stands in every sample, to see that errors do not repeat it.
    private static let secret = "海星專案"

    private static let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 主席>海星專案。\n\n00:02.000 --> 00:03.000\n<v 乙>好。\n"
    private static let srt = "1\n00:00:01,000 --> 00:00:02,000\n主席：海星專案\n\n2\n00:00:02,000 --> 00:00:03,000\n乙：好\n"
    private static let lines = "主席：海星專案。\n乙：好。\n主席：下一案。\n乙：沒有意見。\n主席：散會。\n"
    private static let debate =
        "<akomaNtoso><debate><meta/><debateBody><debateSection><heading>會</heading><speech by=\"#a\"><p>海星專案</p>"
        + "</speech></debateSection></debateBody></debate></akomaNtoso>"
    private static let page =
        "<html><body><h1>海星專案</h1><ol><li>甲<table><tr><td>1<td>2</table></ol><dl><dt>子<dd>丑</dl></body></html>"
    private static let speech =
        "{\"language\":\"zh\",\"duration\":9,\"segments\":[{\"start\":0,\"end\":2,\"text\":\"海星專案\",\"words\":[{\"word\":\"海\"}]}]}"
    private static let records =
        "{\"id\":1,\"title\":\"海星專案\",\"abstract\":\"說明\"}\n{\"utterances\":[{\"speaker\":\"甲\",\"text\":\"好\"}]}\n"
    private static let table = "案名,檔號,案情摘要\n海星專案,0110,\"第一\n第二\"\n乙,0111,丙\n"
    private static let markdown = "# 海星專案\n\n- 甲\n- **乙**\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n[x](y) `z`\n"
    private static let plain = "海星專案會議紀錄\n\n時間：113年9月24日\n主席：王\n壹、報告\n一、好\u{0C}\t甲\t乙\n\t丙\t丁\n"

    private static let word = Fixture.docx(
        Fixture.paragraph("海星專案", list: (1, 0)) + "<w:tbl><w:tr><w:tc>\(Fixture.paragraph("甲"))</w:tc></w:tr></w:tbl>",
        numbering: "<w:abstractNum w:abstractNumId=\"0\">\(Fixture.level(0, "decimal", "%1."))</w:abstractNum>"
            + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>")
    private static let open = Fixture.odt(
        "<text:h text:outline-level=\"1\">海星專案</text:h><text:list><text:list-item><text:p>甲</text:p></text:list-item></text:list>"
    )

    /// A file of every form with the reader that takes it; the pages of PDF are read by programs and come apart.
    private static let samples: [(reader: String, data: Data)] = [
        ("webvtt/1", Data(vtt.utf8)), ("subrip/1", Data(srt.utf8)), ("labelled-transcript/1", Data(lines.utf8)),
        ("akoma-ntoso/1", Data(debate.utf8)), ("html/1", Data(page.utf8)), ("whisper-json/1", Data(speech.utf8)),
        ("json-lines/1", Data(records.utf8)), ("csv/1", Data(table.utf8)), ("markdown/1", Data(markdown.utf8)),
        ("plain-text/1", Data(plain.utf8)), ("docx/1", word), ("odt/1", open),
    ]

    /// Reads whatever comes: sound sources, or an error that explains itself in one line and repeats no word of the file.
    private func survive(_ data: Data, _ note: String) async throws {
        do {
            guard !data.isEmpty else { return }
            switch try await read(data) {
            case .source(let document): expectSound(document)
            case .records(let records):
                for element in records {
                    switch element.result {
                    case .success(let document): expectSound(document)
                    case .failure(let error): expectExplained(error, note)
                    }
                }
            }
        } catch let error as IngestError {
            expectExplained(error, note)
        }
    }

    private func expectExplained(_ error: IngestError, _ note: String) {
        for line in [error.explanation.en, error.explanation.zhHant] {
            #expect(!line.contains("\n") && line.count > 10 && line.contains("x"), "\(note): \(line)")
            #expect(!line.contains(Self.secret), "\(note)")
        }
    }

    @Test func `each sample is read by the reader that it is meant for`() async throws {
        for (reader, data) in Self.samples {
            let identity =
                switch try await read(data) {
                case .source(let document): document.origin.reader
                case .records(let records): try records.makeIterator().next()?.result.get().origin.reader
                }
            #expect(identity == reader)
        }
        #expect(
            Set(Self.samples.map(\.reader) + ["pdf/1", "image/1"])
                == Set(ReaderRegistry.standard.readers.map(\.identity)))
    }

    @Test func `no cut of any file crashes or gives an unsound source`() async throws {
        for (reader, data) in Self.samples {
            for length in stride(from: 1, to: data.count, by: max(1, data.count / 90)) {
                try await survive(data.prefix(length), "\(reader) cut at \(length)")
            }
        }
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func `no change of bytes crashes or gives an unsound source`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        for (reader, data) in Self.samples {
            var changed = data
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                let index = Int.random(in: 0..<changed.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: changed[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: changed.insert(changed[Int.random(in: 0..<changed.count, using: &generator)], at: index)
                default: if changed.count > 2 { changed.remove(at: index) }
                }
            }
            try await survive(changed, "\(reader), seed \(seed)")
        }
        let noise = Data((0..<2000).map { _ in UInt8.random(in: 0...255, using: &generator) })
        try await survive(noise, "noise, seed \(seed)")
        for (_, data) in Self.samples {
            try await survive(data.prefix(30) + noise, "noise after a start, seed \(seed)")
        }
    }

    @Test func `pages survive cuts and changes too`() async throws {
        let data = Fixture.pdf(["Hello", "World"])
        var generator = SeededGenerator(seed: 7)
        for length in stride(from: 8, to: data.count, by: data.count / 6) {
            try await survive(data.prefix(length), "cut")
        }
        for _ in 0..<6 {
            var changed = data
            for _ in 0..<8 { changed[Int.random(in: 8..<data.count, using: &generator)] = 0x41 }
            try await survive(changed, "changed")
        }
    }

    // MARK: Each kind of bad input by name

    private func expectError(
        _ data: Data, _ note: String, options: ReadingOptions = ReadingOptions(), _ matches: (IngestError) -> Bool
    ) async {
        do {
            _ = try await read(data, options: options)
            Issue.record("\(note) was read")
        } catch let error as IngestError {
            #expect(matches(error), "\(note): \(error)")
            expectExplained(error, note)
        } catch {
            Issue.record("\(note): \(error)")
        }
    }

    @Test func `an empty file is named so`() {
        #expect(throws: IngestError.empty(file: "x")) { try ReaderInput(data: Data(), fileName: "x") }
    }

    @Test func `what ends too early is named so, with its form`() async {
        for (format, data) in [
            ("DOCX", Self.word.dropLast(40)), ("ODT", Self.open.dropLast(40)), ("PDF", Fixture.pdf(["a"]).prefix(60)),
            ("Akoma Ntoso", Data(Self.debate.utf8).dropLast(20)), ("Whisper JSON", Data(Self.speech.utf8).dropLast(5)),
        ] {
            await expectError(Data(data), format) { if case .truncated(_, format, _) = $0 { true } else { false } }
        }
    }

    @Test func `what is protected by a password is named so`() async throws {
        let pdf = try Data(
            contentsOf: ReferenceData.packageRoot.appending(path: "Tests/Fixtures/readers/encrypted.pdf"))
        let compound =
            Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + Data(repeating: 0, count: 600)
            + Data("EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] })
        let body = Data("<w:document/>".utf8)
        let locked = Fixture.zip([
            Fixture.Entry(
                name: "word/document.xml", bytes: body, size: body.count, crc: Fixture.crc32(body), flags: 1)
        ])
        for (format, data) in [("PDF", pdf), ("Office", compound), ("DOCX", locked)] {
            await expectError(data, format) { $0 == .encrypted(file: "x", format: format) }
        }
    }

    @Test func `forms that are not read are named, with what to do`() async {
        let forms: [(String, [UInt8])] = [
            ("gzip", [0x1F, 0x8B, 8, 0]), ("sound (MP3)", Array("ID3\u{3}".utf8)), ("RTF", Array("{\\rtf1 a}".utf8)),
            ("program (ELF)", [0x7F, 0x45, 0x4C, 0x46, 2, 1]),
            ("sound or film (MP4)", [0, 0, 0, 24] + Array("ftypM4A ".utf8)),
            ("Office 97-2003 (DOC, XLS, PPT)", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]),
            ("XML of an unknown kind", Array("<?xml version=\"1.0\"?><x/>".utf8)),
        ]
        for (format, bytes) in forms {
            await expectError(Data(bytes), format) { if case .unsupported(_, format, _) = $0 { true } else { false } }
        }
        let sheet = Fixture.zip([("xl/workbook.xml", Data("<a/>".utf8))])
        await expectError(sheet, "XLSX") { if case .unsupported(_, "ZIP", _) = $0 { true } else { false } }
        let binary = Data((0..<4000).map { UInt8(truncatingIfNeeded: $0 * 7 % 23) })
        await expectError(binary, "binary") { if case .binary = $0 { true } else { false } }
    }

    @Test func `bombs are refused by their ratio, size and number, whatever their headers say`() async throws {
        let zeros = Data(repeating: 0x20, count: 8 << 20)
        var bomb = try Fixture.Entry.deflated("word/document.xml", zeros)
        await expectError(Fixture.zip([bomb]), "ratio") {
            if case .limitExceeded(_, .zipRatio, 200, let place) = $0 {
                place.entry == "word/document.xml"
            } else {
                false
            }
        }
        bomb.size = 1000
        await expectError(Fixture.zip([bomb]), "lying size") {
            switch $0 {
            case .limitExceeded(_, .zipRatio, _, _), .malformed: true
            default: false
            }
        }
        var options = ReadingOptions()
        options.limits.zipEntryBytes = 10
        await expectError(Self.word, "entry size", options: options) {
            if case .limitExceeded(_, .zipEntryBytes, 10, _) = $0 { true } else { false }
        }
        options = ReadingOptions()
        options.limits.zipEntries = 2
        await expectError(Self.word, "entries", options: options) {
            if case .limitExceeded(_, .zipEntries, 2, _) = $0 { true } else { false }
        }
        options = ReadingOptions()
        options.limits.imagePixels = 1000
        var image = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]) + Data("IHDR".utf8)
        image += Data([0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 8, 0, 0, 0, 0])
        await expectError(image, "image", options: options) {
            if case .limitExceeded(_, .imagePixels, 1000, _) = $0 { true } else { false }
        }
    }

    @Test func `each limit of a text is kept and named`() async {
        let cases: [(ReaderLimits.Key, Data)] = [
            (.documentBytes, Data(Self.plain.utf8)), (.textBytes, Data(Self.plain.utf8)),
            (.textBytes, Data(Self.vtt.utf8)),
            (.passages, Data(Self.plain.utf8)), (.passages, Data(Self.page.utf8)),
            (.tableCells, Data("a,b,c\n1,2,3\n".utf8)),
            (.jsonDepth, Data(Self.speech.utf8)), (.jsonValues, Data(Self.speech.utf8)),
            (.xmlDepth, Data(Self.debate.utf8)),
            (.xmlDepth, Data(Self.page.utf8)), (.tableCells, Self.word), (.pages, Fixture.pdf(["a", "b"])),
            (.recognisedPages, Fixture.pdf(["a", nil, nil])),
        ]
        for (key, data) in cases {
            var options = ReadingOptions()
            options.limits[key] = key == .tableCells && data == Self.word ? 0 : 1
            await expectError(data, key.rawValue, options: options) {
                if case .limitExceeded(_, key, _, _) = $0 { true } else { false }
            }
        }
    }

    @Test func `notices over their limit are counted, not lost`() async throws {
        let segments = (0..<9).map { "{\"text\":\"a\($0)\",\"avg_logprob\":-2}" }.joined(separator: ",")
        var options = ReadingOptions()
        options.limits.findings = 3
        let source = try await readSource("{\"segments\":[\(segments)]}", options: options)
        #expect(source.findings.count == 4)
        #expect(source.findings.last?.message.en == "6 more findings are not listed")
    }
}
