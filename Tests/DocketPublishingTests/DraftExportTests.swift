import DocketCore
import DocketPublishing
import Testing

struct DraftExportTests {
    private func export(
        _ format: ExportFormat, state: ReviewState = .suggested, language: String = "zh-Hant", contradicting: Int? = nil
    ) throws -> String {
        DraftExport(
            try Sample.verified(Sample.draft(Sample.blocks), contradicting: contradicting), state: state, revision: 1,
            sources: [Sample.source], language: language
        ).text(as: format)
    }

    @Test(arguments: [ExportFormat.md, .html, .txt, .json])
    func `every format says that a machine helped and where the text stands`(format: ExportFormat) throws {
        #expect(try export(format).contains("本紀錄由 AI 輔助產製草稿，尚未經承辦人確認"))
        #expect(try export(format, state: .approved).contains("本紀錄由 AI 輔助產製草稿，經承辦人確認"))
        #expect(try export(format, language: "en").contains("drafted with the help of AI and not yet confirmed"))
    }

    @Test(arguments: [ExportFormat.md, .html, .txt, .json])
    func `every format says which engine, model and prompts wrote it, and what it was made from`(
        format: ExportFormat
    ) throws {
        var draft = Sample.draft(Sample.blocks)
        draft.engine.name = "chat"
        draft.engine.model = "Taide9b"
        draft.engine.promptDigest = SHA256Digest(of: "prompts")
        let input = DraftDerivation.Input(
            source: Sample.source.id, version: 1, sha256: SHA256Digest(of: Sample.source.text))
        draft.derivation = DraftDerivation(
            inputs: [input], endpoint: "office", promptVersion: "7", requests: 3, promptTokens: 1200, answerTokens: 340,
            milliseconds: 5600, droppedClaims: 2)
        func page(_ language: String) throws -> String {
            DraftExport(
                try Sample.verified(draft), state: .suggested, revision: 1, sources: [Sample.source], language: language
            ).text(as: format)
        }
        let text = try page("zh-Hant")
        for words in ["chat/1", "模型 Taide9b", "提示詞第 7 版", SHA256Digest(of: "prompts").hex.prefix(12).description] {
            #expect(text.contains(words))
        }
        #expect(text.contains(input.sha256.hex.prefix(16)) && text.contains("340"))
        #expect(try page("en").contains("prompts version 7"))
        #expect(try export(format).contains("未使用語言模型"))
    }

    @Test(arguments: [ExportFormat.md, .html, .txt])
    func `every sentence names its speaker, time and words`(format: ExportFormat) throws {
        let text = try export(format)
        #expect(text.contains("主席 0:01:01"))
        #expect(text.contains("第一案請資訊局於十一月四號前提報。"))
    }

    @Test func `a citation shows the words of the text version that it names`() throws {
        var later = Sample.source
        later.version = 2
        later.text = Sample.source.text.replacing("三萬七千", with: "九萬七千")
        func page(_ sources: [SourceDocument]) throws -> String {
            DraftExport(
                try Sample.verified(Sample.draft(Sample.blocks)), state: .suggested, revision: 1, sources: sources,
                language: "zh-Hant"
            ).text(as: .txt)
        }
        let both = try page([later, Sample.source])
        #expect(both.contains("三萬七千") && !both.contains("九萬七千"))
        let other = try page([later])
        #expect(!other.contains("三萬七千") && !other.contains("九萬七千"))
    }

    @Test func `words of the source cannot become markup`() throws {
        let html = try export(.html)
        #expect(html.contains("經費&lt;3 萬 7,000&gt;元"))
        #expect(html.contains("&lt;主計處&gt;"))
        #expect(!html.contains("<主計處>"))
    }

    @Test func `a page stands alone and is allowed no script`() throws {
        let html = try export(.html)
        #expect(html.contains(#"<html lang="zh-Hant">"#))
        #expect(html.contains("default-src 'none'"))
        #expect(!html.contains("<script"))
        #expect(!html.contains("http://") && !html.contains("https://"))
    }

    @Test func `headings go down one level at a time`() throws {
        let html = try export(.html)
        let levels = html.matches(of: #/<h([1-6])>/#).compactMap { Int($0.output.1) }
        #expect(levels.first == 1)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    }

    @Test func `a verdict is a word and not only a mark`() throws {
        for format in [ExportFormat.md, .html, .txt] {
            let text = try export(format, contradicting: 3)
            #expect(text.contains("✗ 與來源不符"))
            #expect(text.contains("number-digit: 3 ≠ 4"))
        }
    }

    @Test func `an empty field says why`() throws {
        for format in [ExportFormat.md, .html, .txt] {
            #expect(try export(format).contains("議程與名單均未載明"))
            #expect(try export(format, language: "en").contains("neither agenda nor list says"))
        }
    }

    @Test func `a source is exported with its passages and findings`() {
        let finding = Finding(
            rule: "MIN-12", severity: .warning, place: .init(), message: LocalizedText(zhHant: "下午15時", en: "15 pm"),
            remedy: LocalizedText(zhHant: "改為15時", en: "write 15:00"))
        let export = SourceExport(
            Sample.source, structure: DocumentStructure(findings: [finding]), segments: [], language: "zh-Hant")
        #expect(export.text(as: .md).contains("MIN-12"))
        #expect(export.text(as: .html).contains("<strong>&lt;主計處&gt;</strong>"))
        #expect(export.text(as: .txt) == Sample.source.text + "\n")
        #expect(export.text(as: .json).contains(#""rule":"MIN-12""#))
    }

    @Test func `a draft in English has spaces and colons of English`() throws {
        let blocks = [
            DraftBlock(kind: .field, label: "Chair", claims: [Sample.claim(0, "Helen Marsh")]),
            DraftBlock(kind: .itemTitle, level: 2, label: "1.", claims: [Sample.claim(1, "Apologies")]),
            DraftBlock(kind: .conclusion, level: 1, label: "(2)", claims: [Sample.claim(2, "Agreed.")]),
        ]
        var draft = Sample.draft(blocks)
        draft.language = "en"
        let export = DraftExport(
            try Sample.verified(draft), state: .suggested, revision: 1, sources: [Sample.source], language: "zh-Hant")
        let text = export.text(as: .txt)
        for line in ["Chair: Helen Marsh", "1. Apologies", "(2) Agreed."] { #expect(text.contains(line)) }
    }
}
