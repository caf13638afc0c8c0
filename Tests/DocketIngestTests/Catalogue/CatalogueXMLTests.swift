import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

@Suite struct CatalogueXMLTests {
    /// The variations of DOMAIN.md section 3.2, with names of the project's own.
    private static let items = """
        <?xml version="1.0" encoding="UTF-8"?>
        <目錄><案件><案由>函復望潮路路燈修復情形</案由><並列案由/><其他案由/><主要發文者>青嵐市政府工務局</主要發文者>
        <主要來文者>望潮里辦公處</主要來文者><受文者>望潮里辦公處</受文者><受文者>青嵐市議會</受文者><次要發文者/><次要來文者/>
        <文別><公文類別 代碼="2"/><函類別 代碼="1"/></文別><本別 代碼="1"/><密等/><解密條件或保密期限/><解密日期/>
        <保存年限>10</保存年限><發文字號><文字>青工字第1000000001號</文字></發文字號><收文字號><文字>1000000002</文字></收文字號>
        <年度號>0099</年度號><分類號>1551</分類號><案次號>09900250</案次號><卷次號>2</卷次號><目次號>12</目次號>
        <文件產生日期>100/11/07</文件產生日期><媒體型式 代碼="1"/><數量 NUM="1">5</數量><計量單位 NUM="1">頁</計量單位>
        <數量 NUM="2">2</數量><計量單位 NUM="2">張</計量單位><有關案件>0099/1551/09900250/2/11</有關案件>
        <案名>路燈維護</案名><機關代碼>307000000D</機關代碼><單位代碼>I0</單位代碼></案件>
        <案件><案由>電子公文</案由><年度號>100</年度號><分類號>1551</分類號><案次號>1</案次號><卷次號>ED01</卷次號>
        <目次號>001</目次號><保存年限>99</保存年限><文件產生日期>1000121</文件產生日期><密等>密（本件於公布時解密）</密等>
        <發文字號><年度>100</年度><流水號>0000001</流水號></發文字號><新元素>不明</新元素></案件></目錄>
        """

    @Test func `both observed forms of an item are read, codes as they are`() throws {
        let rows = try catalogueRows(Self.items)
        let first = try #require(rows.first?.entry)
        #expect(rows.first?.findings == [])
        #expect(first.level == .item && first.fileNumber?.parts == ["0099", "1551", "09900250", "2", "12"])
        #expect(first[.subject] == "函復望潮路路燈修復情形" && first[.folderTitle] == "路燈維護")
        #expect(first[.creationDate] == "2011-11-07" && first[.retention] == "10")
        #expect(first.values(.recipients) == ["望潮里辦公處", "青嵐市議會"])
        #expect(first.values(.documentKind) == ["公文類別:2", "函類別:1"] && first.values(.copyKind) == ["代碼:1"])
        #expect(first.values(.extentCount) == ["5", "2"] && first.values(.extentUnit) == ["頁", "張"])
        #expect(first[.outgoingNumber] == "青工字第1000000001號" && first[.incomingNumber] == "1000000002")
        #expect(first[.agencyCode] == "307000000D" && first[.unitCode] == "I0")
        #expect(first[.principalSender] == "青嵐市政府工務局")
        #expect(first.notes == [CatalogueNote(type: "主要來文者", "望潮里辦公處")])
        #expect(first.fields[.classification] == nil && first.fields[.parallelTitle] == nil && !first.isClassified)

        let second = try #require(rows.last)
        #expect(second.entry?.fileNumber?.parts == ["100", "1551", "1", "ED01", "001"])
        #expect(second.entry?[.creationDate] == "2011-01-21" && second.entry?[.retention] == "permanent")
        #expect(second.entry?.highestClassification == .restricted)
        // Of the parts of a number no number is made; an element that nobody knows is kept.
        #expect(second.entry?[.outgoingNumber] == nil)
        #expect(second.findings.map(\.rule) == ["IMP-02", "IMP-03"])
        #expect(second.entry?.notes.contains(CatalogueNote(type: "新元素", "不明")) == true)
    }

    @Test func `a folder with its items inside gives all of them`() throws {
        let rows = try catalogueRows(
            """
            <案卷><年度號>110</年度號><分類號>0301</分類號><案次號>2</案次號><案名>電梯汰換</案名>
            <檔案產生者>秘書處</檔案產生者><案卷內文件起日>110/01/05</案卷內文件起日><卷數>1</卷數>
            <案件><年度號>110</年度號><分類號>0301</分類號><案次號>2</案次號><卷次號>1</卷次號><目次號>001</目次號><案由>甲</案由></案件>
            <案情摘要>為改善老舊電梯，秘書處辦理汰換。</案情摘要></案卷>
            """)
        #expect(rows.compactMap { $0.entry?.level } == [.item, .folder])
        #expect(rows.last?.entry?[.summary] == "為改善老舊電梯，秘書處辦理汰換。")
        #expect(rows.last?.entry?[.dateFrom] == "2021-01-05" && rows.last?.entry?[.creator] == "秘書處")
        #expect(rows.flatMap(\.findings).isEmpty)
    }

    private static let findingAid = """
        <?xml version="1.0"?>
        <ead xmlns="http://ead3.archivists.org/schema/"><control><recordid>x</recordid></control>
        <archdesc level="fonds"><did><unittitle>Northmere City</unittitle></did><dsc>
        <c01 level="series"><did><unittitle>Clerk</unittitle></did>
        <c02 level="file"><did><unitid>110/0301/2</unitid><unittitle>Lifts of <emph>City Hall</emph></unittitle>
        <unitdate normal="2021-01-05/2021-10-26">January to October</unitdate>
        <origination><corpname><part>Secretariat</part></corpname></origination>
        <physdescstructured coverage="whole" physdescstructuredtype="spaceoccupied"><quantity>2</quantity><unittype>boxes</unittype></physdescstructured></did>
        <scopecontent><head>Scope</head><p>Old lifts were replaced.</p><p>The work took ten months.</p></scopecontent>
        <accessrestrict><p>Open</p></accessrestrict><custodhist><p>Kept in the basement.</p></custodhist>
        <controlaccess><subject source="fast" identifier="urn:x:1"><part>Lifts</part></subject><controlaccess><geogname><part>Northmere</part></geogname></controlaccess></controlaccess>
        <c03 level="item"><did><unittitle>Tender notice</unittitle><unitdatestructured><datesingle standarddate="2021-03-02">2 March</datesingle></unitdatestructured></did></c03>
        <c03><did><unittitle>No level</unittitle></did></c03>
        </c02></c01></dsc></archdesc></ead>
        """

    @Test func `components of another program's finding aid are read by what their elements mean`() throws {
        let rows = try catalogueRows(Self.findingAid)
        let entries = rows.compactMap(\.entry)
        #expect(entries.map(\.level) == [.folder, .item])
        let folder = try #require(entries.first)
        #expect(folder.fileNumber?.text == "110/0301/2" && folder[.folderTitle] == "Lifts of City Hall")
        #expect(folder[.dateFrom] == "2021-01-05" && folder[.dateTo] == "2021-10-26")
        #expect(folder[.creator] == "Secretariat" && folder[.extentCount] == "2" && folder[.extentUnit] == "boxes")
        #expect(folder[.summary] == "Old lifts were replaced. The work took ten months.")
        #expect(folder[.accessRestriction] == "open")
        #expect(folder.notes == [CatalogueNote(type: "custodhist", "Kept in the basement.")])
        #expect(folder.subjects.map(\.label) == ["Lifts", "Northmere"])
        #expect(folder.subjects.first?.concept == ConceptReference(vocabulary: "fast", uri: "urn:x:1"))
        #expect(folder.subjects.last?.kind == .place)
        #expect(entries.last?[.subject] == "Tender notice" && entries.last?[.creationDate] == "2021-03-02")
        #expect(rows.flatMap(\.findings).map(\.rule) == ["IMP-01"])
    }

    @Test func `other XML is refused with what to do`() {
        for (text, word) in [
            ("<ead xmlns=\"urn:isbn:1-931666-22-9\"/>", "EAD3"), ("<?xml version=\"1.0\"?><html/>", "案件"),
        ] {
            let error = #expect(throws: IngestError.self) { try catalogueRows(text) }
            #expect(error?.explanation.zhHant.contains(word) == true)
        }
    }

    // MARK: Hostile files

    @Test func `entities of a file's own are not resolved, nor files read`() throws {
        for body in ["&a;", "&b;"] {
            let text = """
                <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>
                <x><案件><案由>甲\(body)</案由></案件></x>
                """
            #expect(throws: IngestError.self) { try catalogueRows(text) }
        }
    }

    @Test func `depth is bounded`() {
        let text = "<x><案件>" + String(repeating: "<a>", count: 5000)
        #expect {
            try catalogueRows(text)
        } throws: { error in
            if case IngestError.limitExceeded(_, .xmlDepth, _, _) = error { true } else { false }
        }
    }

    @Test func `an element over the limit costs itself, in words as in elements`() throws {
        let long = String(repeating: "甲", count: 5000)
        let many = String(repeating: "<附註項>x</附註項>", count: 400)
        let text = "<x><案件><案由>\(long)</案由></案件><案件>\(many)</案件><案件><案由>乙</案由></案件></x>"
        let rows = try catalogueRows(text, options: CatalogueImportOptions(mostRowBytes: 9000))
        #expect(rows.map { $0.entry?[.subject] } == [nil, nil, "乙"])
        #expect(rows.map { $0.findings.map(\.rule) } == [["IMP-01"], ["IMP-01"], []])
    }

    @Test(arguments: ["<x><案件><案由>甲</案由></案件><案件><案由>乙", "<x><案件><案由>甲</案由></案件><案件></x>"])
    func `a file that is cut or broken ends with an error that says so`(text: String) throws {
        for isFile in [false, true] {
            var subjects: [String?] = []
            let error = #expect(throws: IngestError.self) {
                if isFile {
                    try TemporaryFile.with(text) { url in
                        try CatalogueImport(file: url).forEach { subjects.append($0.entry?[.subject]) }
                    }
                } else {
                    try CatalogueImport(data: Data(text.utf8), name: "x").forEach {
                        subjects.append($0.entry?[.subject])
                    }
                }
            }
            if text.hasSuffix("乙") {
                #expect(subjects == ["甲"])
                if case .truncated? = error { continue }
                Issue.record("not told as cut: \(String(describing: error))")
            } else {
                // libxml2 looks ahead by hundreds of bytes and refuses what is broken there at once.
                #expect(subjects.isEmpty || subjects == ["甲"])
            }
        }
    }

    @Test(arguments: [UInt64](0..<300))
    func `damaged files end, with entries, findings or an error`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sources = [Self.items, Self.findingAid, "檔號,案由,密等\n\"1/2/3/4/5\",甲,密\n1/2/3/4/6,乙,\n"]
        var bytes = Array((sources.randomElement(using: &random) ?? "").utf8)
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
            }
        }
        // Any error but this type would be one that no command knows how to tell.
        do { _ = try catalogueRows(Data(bytes)) } catch is IngestError {}
    }
}

/// A file that is there while a test needs it.
enum TemporaryFile {
    static func with<Value>(_ text: String, _ body: (URL) throws -> Value) throws -> Value {
        let url = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }  // A left-over file harms no test.
        return try body(url)
    }
}

@Suite struct LineEntriesTests {
    @Test func `short texts of a corpus come with the URIs of their subjects`() throws {
        let rows = try catalogueRows(
            "道路修復計畫\t<http://x.example/1> <http://x.example/2>\n停車收費\t<http://x.example/3>\n",
            options: CatalogueImportOptions(vocabulary: "administration"))
        #expect(rows.map(\.text) == ["道路修復計畫", "停車收費"])
        #expect(
            rows.map { $0.entry?.subjects.compactMap(\.concept?.uri) } == [
                ["http://x.example/1", "http://x.example/2"], ["http://x.example/3"],
            ])
        #expect(rows.first?.entry?.subjects.first?.concept?.vocabulary == "administration")
    }

    @Test func `JSON Lines with texts and subjects are read, a bad line costs itself`() throws {
        let rows = try catalogueRows(
            """
            {"document_id": "d1", "title": "路燈", "text": "修復路燈", "subjects": [{"uri": "http://x.example/1", "label": "照明"}]}
            {"text": "無主題", "subjects": ["http://x.example/2"]}
            {"text": 5}
            [[[[
            """)
        #expect(rows.map(\.text) == ["修復路燈", "無主題", nil, nil])
        #expect(rows.first?.entry?.id.rawValue == "d1" && rows.first?.entry?.subjects.first?.label == "照明")
        #expect(rows[1].entry?.subjects.first?.concept?.uri == "http://x.example/2")
        #expect(rows.map { $0.findings.map(\.rule) } == [[], [], ["IMP-01"], ["IMP-01"]])
    }

    @Test func `a folder of texts is read in order of names`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // A left-over folder harms no test.
        for (name, text) in [
            ("b.txt", "第二"), ("a.txt", "第一"), ("a.tsv", "<http://x.example/1>\t照明\n"), ("b.key", "路燈\n停車\n"),
            ("c.txt", "第三"),
        ] { try Data(text.utf8).write(to: folder.appending(path: name)) }
        var rows: [CatalogueRow] = []
        try CatalogueImport(file: folder).forEach { rows.append($0) }
        #expect(rows.map(\.text) == ["第一", "第二", "第三"])
        #expect(rows.map { $0.entry?.subjects.map(\.label) } == [["照明"], ["路燈", "停車"], []])
    }

    @Test func `lines of entries that are none are told of by their number`() throws {
        let entry = CatalogueEntry(id: EntryID(rawValue: "A"), level: .folder)
        let good = String(decoding: try JSONEncoder().encode(entry), as: UTF8.self)
        let text =
            "\(good)\n\n{\"level\": \"box\"}\n{\"id\": \"B\", \"level\": \"item\", \"fields\": {\"nothing\": 1}}\n"
            + String(repeating: "x", count: 5000) + "\n\(good)"
        let rows = try catalogueRows(text, format: .entryLines, options: CatalogueImportOptions(mostRowBytes: 4000))
        #expect(rows.map(\.line) == [1, 3, 4, 5, 6])
        #expect(rows.map { $0.entry != nil } == [true, false, false, false, true])
    }

    @Test func `lines that pieces of the file cut are whole`() throws {
        let text = (0..<20_000).map { "檔號\($0)\t<http://x.example/\($0)>" }.joined(separator: "\n")
        try TemporaryFile.with(text) { url in
            let file = try CatalogueImport(file: url)
            var count = 0
            var position = 0
            try file.forEach { row in
                count += row.entry?.subjects.count ?? 0
                #expect(row.position >= position)
                position = row.position
            }
            #expect(count == 20_000)
            #expect(position == text.utf8.count && file.byteCount == position)
        }
    }
}
