import DocketCore
import DocketIngest
import DocketPipeline
import Foundation
import Testing

@Suite struct CatalogueMappingFileTests {
    private func mapping(_ yaml: String) throws -> CatalogueMapping {
        try CatalogueMappingFile.mapping(Data(yaml.utf8), file: "m.yaml")
    }

    @Test func `a mapping file says what columns are`() throws {
        let mapping = try mapping(
            """
            level: folder
            encoding: Big5
            delimiter: ";"
            skip: 2
            separators: "|"
            dates: roc
            columns:
              編號: id
              年度: fileNumber.year
              發文日: { to: creationDate, dates: gregorian-dmy }
              主題: subjects.地名
              備註: note.備註
              卷名: 案名
              別欄: ignore
            constants:
              agencyCode: 301000000A
              保存年限: 10
            """)
        #expect(mapping.level == .folder && mapping.encoding == .cp950 && mapping.delimiter == .semicolon)
        #expect(mapping.skip == 2 && mapping.separators == "|" && mapping.dates == .roc)
        #expect(mapping.columns["年度"] == .init(.part(.year)))
        #expect(mapping.columns["發文日"] == .init(.field(.creationDate), dates: .dayFirst))
        #expect(mapping.columns["主題"] == .init(.subjects(.place)))
        #expect(mapping.columns["備註"] == .init(.note("備註")))
        #expect(mapping.columns["卷名"] == .init(.field(.folderTitle)))
        #expect(mapping.columns["編號"] == .init(.identity) && mapping.columns["別欄"] == .init(.ignore))
        #expect(mapping.constants == [.agencyCode: "301000000A", .retention: "10"])
    }

    @Test(arguments: [
        ("levels: item", "levels"), ("level: box", "level"), ("encoding: EBCDIC", "encoding"), ("skip: -1", "skip"),
        ("columns:\n  甲: nowhere", "columns.甲"), ("columns:\n  甲: { to: subject, date: roc }", "columns.甲.date"),
        ("columns:\n  甲: { dates: roc }", "columns.甲.to"), ("columns: 5", "columns"),
        ("constants:\n  什麼: 5", "constants.什麼"), ("dates: 110/10/26", "dates"),
    ])
    func `a key that means nothing is named`(yaml: String, key: String) throws {
        let error = #expect(throws: PipelineError.self) { try mapping(yaml) }
        #expect(error?.description.contains(key) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ["- a\n- b", "level: [item", "a: &x [*x, *x]", "level:\n  - item"])
    func `what is no mapping is refused`(yaml: String) {
        #expect(throws: PipelineError.self) { try mapping(yaml) }
    }
}
