import DocketCataloguing
import DocketCore
import Testing

@Suite struct CatalogueFieldTests {
    @Test func `each field has names of its own in both languages`() {
        for names in [CatalogueField.allCases.map(\.name.zhHant), CatalogueField.allCases.map(\.name.en)] {
            #expect(Set(names).count == names.count)
        }
    }
}
