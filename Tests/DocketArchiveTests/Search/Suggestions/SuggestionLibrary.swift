import DocketCore
import DocketTestSupport

@testable import DocketArchive

/// A small library of fictional records for spellings.
enum SuggestionLibrary {
    static let texts = [
        "登革熱病例通報及防治措施，請衛生局每週回報登革熱病例數。",
        "登革熱防疫物資採購案，賡續列管。",
        "公有停車場充電樁設置進度：充電樁已裝設二十座，餘請賡續列管。",
        "機車充電樁補助要點修正草案。",
        "市長室秘書童子晴報告，本案經公聽會通過後辦理。",
        "公聽會會議紀錄應於會後十日內公開，公聽會場次另行公告。",
        "悠遊卡小額支付實聯制推動情形。",
        "Metadata crosswalk between METS and Dublin Core; the crosswalk is published.",
        "The office will receive metadata from each agency and keep an archive of it.",
        "數位典藏後設資料品質檢核報告。",
        "都市更新條例修正與公辦都更推動情形，解除列管。",
        "大廳會議室預約系統上線。",
        "COVID19 篩檢站設置，資訊局協助系統介接。",
    ]

    static func document(
        _ number: Int, _ text: String, level: DocketCore.Classification = .public, scope: String = "",
        series: String? = nil,
        agencies: [String] = []
    ) -> IndexDocument {
        let source = SourceID(rawValue: "T\(number)")
        return IndexDocument(
            id: source.rawValue, kind: .entry, source: source, ordinal: 0, title: "", fields: [IndexField(.body, text)],
            series: series, agencies: agencies, classification: level, scope: scope)
    }

    /// The library; `isFolded` puts it into a segment.
    static func fixture(isFolded: Bool = false, more: [IndexDocument] = []) throws -> SearchFixture {
        var fixture = try SearchFixture()
        let documents = texts.enumerated().map { document($0.offset, $0.element) } + more
        try fixture.apply(documents.map { .put($0) })
        if isFolded { try fixture.fold() }
        return fixture
    }
}

extension SearchFixture {
    func suggester(_ viewer: Viewer = everyone) -> SpellingSuggester { SpellingSuggester(index.source, viewer: viewer) }

    func corrections(_ words: String..., viewer: Viewer = everyone) async throws -> [SpellingCorrection] {
        try await suggester(viewer).corrections(of: words, deadline: SearchDeadline(nil))
    }
}
