import DocketCore
import DocketGrounding
import Testing

@Suite struct DraftVerifierTests {
    private static let lines = ["唐主席：本案共 15 件，全數決標。\n", "林委員：請工務局於6月30日前改善。\n", "唐主席：散會。"]

    private let source: SourceDocument = {
        let text = lines.joined()
        var passages: [Passage] = []
        var start = 0
        for (number, line) in lines.enumerated() {
            passages.append(Passage(number: number, kind: .utterance, range: start..<start + line.utf8.count))
            start += line.utf8.count
        }
        return SourceDocument(
            id: SourceID(rawValue: "SRC"), kind: .transcript, title: "", language: "zh-Hant", text: text,
            passages: passages,
            origin: Origin(
                fileName: "a.txt", sha256: SHA256Digest(of: text), byteCount: text.utf8.count, mediaType: "text/plain",
                reader: "test/1"))
    }()

    private func draft(_ claims: [(String, Int?, Claim.Derivation)], coverage: [Int] = [0, 1, 2]) -> Draft {
        let built = claims.enumerated().map { number, entry in
            Claim(
                number: number, text: entry.0,
                citations: entry.1.map { [source.citation(source.passages[$0].range)] } ?? [],
                derivation: entry.2)
        }
        return Draft(
            kind: .minutes, title: "", language: "zh-Hant", sources: [source.id], classification: .internal,
            blocks: [DraftBlock(kind: .conclusion, path: "壹.一", claims: built)],
            coverage: coverage.map { CoverageEntry(source: source.id, passage: $0, use: .used) },
            engine: EngineIdentity(name: "test", version: "1"), createdAt: "2023-06-01T00:00:00Z")
    }

    @Test func `every claim gets its verdict and every difference its finding`() throws {
        let verified = try DraftVerifier().verify(
            draft([
                ("本案共15件，全數決標。", 0, .condensed), ("請教育局於6月30日前改善。", 1, .condensed), ("會議結論：", nil, .form),
                ("計20件。", nil, .form), ("請工務局於6月20日前改善。", 1, .human), ("照辦（如附件。", nil, .human),
            ]), sources: [source])
        #expect(
            verified.verdicts.map(\.verdict) == [
                .supported, .contradicted, .supported, .unsupported, .contradicted, .unsupported,
            ])
        let rules = Dictionary(grouping: verified.findings) { $0.place.claim ?? -1 }.mapValues { Set($0.map(\.rule)) }
        #expect(rules[0] == nil)
        #expect(rules[1] == ["GEN-05", "TXT-06"])
        #expect(rules[3] == ["GEN-01"])
        #expect(rules[4] == ["TXT-05", "GEN-02"])
        #expect(rules[5] == ["GEN-01", "TXT-01"])
        let wrong = try #require(verified.findings.first { $0.rule == "TXT-05" })
        #expect(wrong.severity == .error)
        #expect(wrong.place.path == "壹.一")
        #expect(wrong.place.spans.allSatisfy { source.passages[1].range.contains($0.start) })
        #expect(wrong.message.zhHant.contains("6月20日"))
    }

    @Test(arguments: [([0, 1], 1, 0), ([0, 1, 2, 2], 0, 1), ([0, 1, 2, 9], 0, 1), ([], 3, 0)])
    func `a ledger with holes or repeats is refused`(coverage: [Int], missing: Int, repeated: Int) {
        #expect(
            throws: GroundingError.incompleteCoverage(source: source.id, missing: missing, repeated: repeated)
        ) {
            try DraftVerifier().verify(draft([], coverage: coverage), sources: [source])
        }
    }

    @Test func `a claim is held against the text version that it cites`() throws {
        let cited = draft([("本案共15件，全數決標。", 0, .condensed)])
        var later = source
        later.version = 2
        later.text = source.text.replacing("15", with: "25")
        let verified = try DraftVerifier().verify(cited, sources: [later, source])
        #expect(verified.verdicts.map(\.verdict) == [.supported])
        #expect(throws: GroundingError.missingSource(source.id)) {
            try DraftVerifier().verify(cited, sources: [later])
        }
    }

    @Test func `a cited source that is not given is named`() {
        #expect(throws: GroundingError.missingSource(source.id)) {
            try DraftVerifier().verify(draft([]), sources: [])
        }
    }

    @Test func `title and date of a form are held against what is known of the source beside its text`() throws {
        var dated = source
        dated.title = "開放政府聯絡人會議"
        dated.date = "2020-04-07T14:30:00+08:00"
        let verified = try DraftVerifier().verify(
            draft([
                ("開放政府聯絡人會議", nil, .form), ("民國109年4月7日14時30分", nil, .form), ("民國109年4月17日", nil, .form),
                ("青嵐市政府第12次處務會議紀錄", nil, .form), ("青嵐市政府第13次處務會議紀錄", nil, .form),
                ("民國109年4月7日", nil, .human),
            ]), sources: [dated], given: ["青嵐市政府第12次處務會議"])
        #expect(
            verified.verdicts.map(\.verdict) == [
                .supported, .supported, .contradicted, .supported, .contradicted, .unsupported,
            ])
    }
}
