import DocketCore
import DocketPublishing
import Testing

struct MarkdownEditTests {
    private func export(_ draft: Draft) throws -> String {
        DraftExport(
            try Sample.verified(draft), state: .suggested, revision: 1, sources: [Sample.source], language: "zh-Hant"
        ).text(as: .md)
    }

    @Test(arguments: 0..<200)
    func `an export that nobody edited brings the same draft back`(seed: UInt64) throws {
        let draft = Sample.random(seed: seed)
        #expect(try MarkdownEdit.apply(try export(draft), to: draft) == draft)
    }

    @Test func `empty fields and their reasons survive`() throws {
        let draft = Sample.draft(Sample.blocks)
        #expect(try MarkdownEdit.apply(try export(draft), to: draft) == draft)
    }

    @Test func `a changed sentence becomes human and keeps its places`() throws {
        let draft = Sample.draft(Sample.blocks)
        let edited = try export(draft).replacing("11月4日前", with: "11月5日前")
        let back = try MarkdownEdit.apply(edited, to: draft)
        #expect(back.claims[3].text == "請資訊局於11月5日前提報。")
        #expect(back.claims[3].derivation == .human)
        #expect(back.claims[3].citations == draft.claims[3].citations)
        #expect(back.claims[4] == draft.claims[4])
    }

    @Test func `a sentence without its note is taken out and a new one cites nothing`() throws {
        let draft = Sample.draft(Sample.blocks)
        let edited = try export(draft).replacing("請資訊局於11月4日前提報。[^c3]", with: "")
            .replacing("<!--evidence-->", with: "請各機關配合辦理。\n\n<!--evidence-->")
        let back = try MarkdownEdit.apply(edited, to: draft)
        #expect(back.claims.map(\.number) == [0, 1, 2, 4, 5])
        #expect(back.claims.last?.text == "請各機關配合辦理。")
        #expect(back.claims.last?.derivation == .human)
        #expect(back.claims.last?.citations.isEmpty == true)
    }

    @Test func `a filled field loses its reason for being empty`() throws {
        let draft = Sample.draft(Sample.blocks)
        let edited = try export(draft).replacing("*（議程與名單均未載明）*<!--empty-->", with: "如簽到表")
        let back = try MarkdownEdit.apply(edited, to: draft)
        #expect(back.blocks[1].text == "如簽到表")
        #expect(back.blocks[1].emptyReason == nil)
    }

    @Test(arguments: [
        "*（議程與名單均未載明）*<!--empty-->如簽到表", "如簽到表*（議程與名單均未載明）*<!--empty-->", "如簽到表<!--empty-->",
        "*如簽到表*<!--empty-->",
    ])
    func `words written into an empty field are kept, wherever its mark stands`(field: String) throws {
        let draft = Sample.draft(Sample.blocks)
        let edited = try export(draft).replacing("*（議程與名單均未載明）*<!--empty-->", with: field)
        let block = try MarkdownEdit.apply(edited, to: draft).blocks[1]
        #expect(block.text == "如簽到表")
        #expect(block.claims.first?.derivation == .human && block.emptyReason == nil)
    }

    @Test func `a note that stands twice is two claims, and the unchanged one keeps its number`() throws {
        let draft = Sample.draft(Sample.blocks)
        let note = "請資訊局於11月4日前提報。[^c3]"
        let edited = try export(draft).replacing(note, with: "請資訊局於12月4日前提報。[^c3]" + note)
        let back = try MarkdownEdit.apply(edited, to: draft)
        #expect(back.claims.map(\.number) == [0, 1, 2, 5, 3, 4])
        #expect(back.claims[3].text == "請資訊局於12月4日前提報。" && back.claims[3].derivation == .human)
        #expect(back.claims[3].citations == draft.claims[3].citations)
        #expect(back.claims[4] == draft.claims[3])
        let copied = try MarkdownEdit.apply(try export(draft).replacing(note, with: note + note), to: draft)
        #expect(copied.claims.map(\.number) == [0, 1, 2, 3, 5, 4])
    }

    @Test func `a file says which revision its writer read`() throws {
        let markdown = try export(Sample.draft(Sample.blocks))
        #expect(try MarkdownEdit.revision(of: markdown) == 1)
        #expect(throws: PublishingError.notAnExport) {
            try MarkdownEdit.revision(of: markdown.replacing(" revision=1", with: ""))
        }
    }

    @Test func `the export of another draft and other files are refused`() throws {
        let draft = Sample.draft(Sample.blocks)
        var other = draft
        other.id = DraftID(rawValue: "01ARZ3NDEKTSV4RRFFQ69G5FAX")
        let markdown = try export(draft)
        #expect(throws: PublishingError.otherDraft(named: draft.id.rawValue, expected: other.id)) {
            try MarkdownEdit.apply(markdown, to: other)
        }
        #expect(throws: PublishingError.notAnExport) { try MarkdownEdit.apply("# 紀錄", to: draft) }
    }
}
