import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

@Suite struct VocabularyReaderTests {
    private static let scheme = """
        ex: a skos:ConceptScheme ; dct:title "Administration"@en, "行政詞彙"@zh-Hant ; owl:versionInfo "1.2" ;
            dct:license <https://creativecommons.org/publicdomain/zero/1.0/> .
        ex:procurement a skos:Concept ; skos:prefLabel "採購"@zh-Hant, "procurement"@en ; skos:altLabel "政府採購"@zh-Hant ;
            skos:topConceptOf ex: ; skos:narrower ex:tender .
        ex:tender a skos:Concept, <http://www.loc.gov/mads/rdf/v1#Topic> ; skos:prefLabel "招標"@zh-Hant ;
            skos:hiddenLabel "招摽"@zh-Hant ; skos:notation "A1" ; skos:related ex:contract ;
            skos:scopeNote "限採購。"@zh-Hant ; skos:definition "" .
        ex:contract a skos:Concept ; skos:prefLabel "契約"@zh-Hant .
        ex:old a skos:Concept ; skos:prefLabel "標案"@zh-Hant ; owl:deprecated true ; dct:isReplacedBy ex:tender .
        ex:list a skos:OrderedCollection ; skos:prefLabel "清單"@zh-Hant ; skos:memberList ( ex:tender ex:old ) .
        """

    private static let rdfXML = """
        <?xml version="1.0" encoding="UTF-8"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
            xmlns:dct="http://purl.org/dc/terms/" xmlns:owl="http://www.w3.org/2002/07/owl#"
            xml:base="http://example.org/x" xml:lang="zh-Hant">
          <skos:ConceptScheme rdf:about="http://example.org/" owl:versionInfo="1.2">
            <dct:title xml:lang="en">Administration</dct:title><dct:title>行政詞彙</dct:title>
            <dct:license rdf:resource="https://creativecommons.org/publicdomain/zero/1.0/"/>
          </skos:ConceptScheme>
          <skos:Concept rdf:about="procurement">
            <skos:prefLabel>採購</skos:prefLabel><skos:prefLabel xml:lang="en">procurement</skos:prefLabel>
            <skos:altLabel>政府採<!-- -->購</skos:altLabel>
            <skos:narrower>
              <skos:Concept rdf:about="tender" skos:notation="A1">
                <rdf:type rdf:resource="http://www.loc.gov/mads/rdf/v1#Topic"/>
                <skos:prefLabel>招標</skos:prefLabel><skos:hiddenLabel>招摽</skos:hiddenLabel>
                <skos:related rdf:resource="contract"/><skos:scopeNote>限採購。</skos:scopeNote>
                <skos:note rdf:parseType="Literal"><b>x</b></skos:note>
              </skos:Concept>
            </skos:narrower>
          </skos:Concept>
          <rdf:Description rdf:about="contract" skos:prefLabel="契約">
            <rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>
            <dct:creator rdf:parseType="Resource"><dct:title>x</dct:title></dct:creator>
          </rdf:Description>
          <skos:Concept rdf:about="old"><skos:prefLabel>標案</skos:prefLabel>
            <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
            <dct:isReplacedBy rdf:resource="tender"/></skos:Concept>
        </rdf:RDF>
        """

    @Test(arguments: [("Turtle", turtle(scheme)), ("RDF/XML", rdfXML)])
    func `SKOS in either form gives the same vocabulary`(format: String, text: String) throws {
        let reading = try readVocabulary(text)
        let vocabulary = reading.vocabulary
        #expect(reading.format == format)
        #expect(reading.findings == [])
        #expect(vocabulary.title == "行政詞彙")
        #expect(vocabulary.statedVersion == "1.2")
        #expect(vocabulary.licence == "https://creativecommons.org/publicdomain/zero/1.0/")
        #expect(vocabulary.languages == ["en", "zh-Hant"])
        #expect(
            vocabulary.concepts.map(\.uri)
                == ["contract", "old", "procurement", "tender"].map { "http://example.org/" + $0 })
        let tender = try #require(vocabulary.concept(labelled: "招標"))
        #expect(
            tender.labels == [
                Vocabulary.Label(.preferred, "招標", language: "zh-Hant"),
                Vocabulary.Label(.hidden, "招摽", language: "zh-Hant"),
            ])
        #expect(tender.notation == "A1")
        #expect(tender.kind == .topic)
        #expect(tender.notes == [Vocabulary.Note(.scope, "限採購。", language: "zh-Hant")])
        #expect(vocabulary.names(tender.broader) == ["採購"])
        #expect(vocabulary.names(tender.related) == ["契約"])
        #expect(vocabulary.names(vocabulary.concept(labelled: "契約")?.related) == ["招標"])
        #expect(vocabulary.labels(of: "採購", .alternative) == ["政府採購"])
        #expect(vocabulary.concept(labelled: "採購")?.label(in: "en") == "procurement")
        #expect(vocabulary.concept(labelled: "標案")?.status == .deprecated(replacedBy: [3]))
        #expect(vocabulary.position(of: "http://example.org/old") == 1)
        #expect(vocabulary.position(of: "http://example.org/none") == nil)
    }

    @Test func `names without a scheme belong to the vocabulary`() throws {
        let vocabulary = try readVocabulary(
            "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <a> skos:prefLabel \"x\" ; skos:broader <b> . "
                + "<b> skos:prefLabel \"y\" ."
        ).vocabulary
        #expect(vocabulary.concepts.map(\.uri) == ["urn:docket:x:a", "urn:docket:x:b"])
        #expect(vocabulary.names(vocabulary.concepts[0].broader) == ["y"])
    }

    @Test func `a concept without SKOS labels keeps its plain name`() throws {
        let vocabulary = try readVocabulary(
            turtle("@prefix r: <http://www.w3.org/2000/01/rdf-schema#> . ex:a a skos:Concept ; r:label \"甲\"@zh-Hant .")
        ).vocabulary
        #expect(vocabulary.concepts.map(\.labels) == [[Vocabulary.Label(.preferred, "甲", language: "zh-Hant")]])
    }

    @Test func `Annif's list gives a concept a line`() throws {
        let reading = try readVocabulary(
            "<http://example.org/2>\tsearch engine\tQ1\r\nhttp://example.org/1\t採購\n\n<http://example.org/2>\tsearching\n"
        )
        #expect(reading.format == "TSV")
        #expect(reading.vocabulary.concepts.map(\.uri) == ["http://example.org/1", "http://example.org/2"])
        #expect(reading.vocabulary.concepts[1].notation == "Q1")
        #expect(reading.vocabulary.labels(of: "search engine", .alternative) == ["searching"])
        #expect(reading.findings.map(\.rule) == ["VOC-07"])
        #expect(reading.vocabulary.languages == ["", "zh-Hant"])
        let error = #expect(throws: IngestError.self) { try readVocabulary("<http://example.org/2>\ta b\nnothing\n") }
        #expect(error?.explanation.en.contains("x.ttl: not valid TSV") == true)
        #expect(error?.explanation.en.contains("line 2") == true)
    }

    @Test(arguments: [
        """
        uri,prefLabel,prefLabel@en,altLabel,broader,related,scopeNote,status,replacedBy,type,color
        http://example.org/1,採購,procurement,政府採購;公家採購,,,,,,topic,red
        http://example.org/2,招標,,,採購,http://example.org/3,"限採購，
        不含工程",,,,
        http://example.org/3,契約,,,,,,,,form,
        http://example.org/4,標案,,,,,,deprecated,招標,,
        """,
        """
        編號\t主題詞\t英文\t不用\t廣義\t相關\t範圍註\t狀態\t改用\t類型
        http://example.org/1\t採購\tprocurement\t政府採購；公家採購\t\t\t\t\t\t主題
        http://example.org/2\t招標\t\t\t採購\t契約\t"限採購，
        不含工程"\t\t\t
        http://example.org/3\t契約\t\t\t\t\t\t\t\t形式
        http://example.org/4\t標案\t\t\t\t\t\t停用\t招標\t
        """,
    ])
    func `a table is read by its head`(text: String) throws {
        let reading = try readVocabulary(text)
        #expect(reading.format == "CSV")
        #expect(reading.findings == [])
        let vocabulary = reading.vocabulary
        #expect(vocabulary.labels(of: "採購", .preferred) == ["採購", "procurement"])
        #expect(vocabulary.labels(of: "採購", .alternative) == ["政府採購", "公家採購"])
        #expect(vocabulary.names(vocabulary.concept(labelled: "採購")?.narrower) == ["招標"])
        #expect(vocabulary.names(vocabulary.concept(labelled: "契約")?.related) == ["招標"])
        #expect(vocabulary.concept(labelled: "招標")?.notes.map(\.text) == ["限採購，\n不含工程"])
        #expect(vocabulary.concept(labelled: "標案")?.status == .deprecated(replacedBy: [1]))
        #expect(vocabulary.concept(labelled: "契約")?.kind == .form)
        #expect(vocabulary.concept(labelled: "採購")?.kind == .topic)
    }

    @Test(arguments: [
        """
        採購
            EN procurement
            UF 政府採購; 公家採購
            NT 招標
        招標
            BT 採購
            RT 契約
            SN 限採購。
        契約
        路樹
            USE 行道樹
        行道樹
        標購 USE 招標
        """,
        """
        # 註解
        採購
        　　英文：procurement
        　　不用：政府採購；公家採購
        　　狹義：招標
        招標
        　　相關　契約
        　　範圍註　限採購。

        契約
        路樹
        　　用　行道樹
        行道樹
        標購　用　招標
        """,
    ])
    func `thesaurus text is read with its signs in either language`(text: String) throws {
        let reading = try readVocabulary(text)
        #expect(reading.format == "thesaurus")
        #expect(reading.findings == [])
        let vocabulary = reading.vocabulary
        #expect(
            vocabulary.concepts.map { $0.labels.first?.text }.sorted { $0 ?? "" < $1 ?? "" } == [
                "契約", "招標", "採購", "行道樹",
            ])
        #expect(vocabulary.labels(of: "採購", .preferred) == ["採購", "procurement"])
        #expect(vocabulary.labels(of: "採購", .alternative) == ["政府採購", "公家採購"])
        #expect(vocabulary.names(vocabulary.concept(labelled: "招標")?.broader) == ["採購"])
        #expect(vocabulary.names(vocabulary.concept(labelled: "契約")?.related) == ["招標"])
        #expect(vocabulary.labels(of: "行道樹", .alternative) == ["路樹"])
        #expect(vocabulary.labels(of: "招標", .alternative) == ["標購"])
        #expect(vocabulary.concept(labelled: "招標")?.notes == [Vocabulary.Note(.scope, "限採購。", language: "zh-Hant")])
    }

    @Test(arguments: [
        ("    UF 政府採購\n採購\n", "line 1, column 5"), ("採購\n  BT\n  NT 招標\n", "line 2, column 3"),
        ("uri,prefLabel\na,b\n,\n,x\n;,\nb\n,;", ""), ("uri,prefLabel,note\na,b,c\n,,c\n", "line 3"),
        ("只有文字，沒有符號。\n第二行。\n", "Turtle or RDF/XML"), ("name,age\nx,1\n", "Turtle or RDF/XML"),
        ("@prefix a: <b> .\n", "no concept"), ("<a> <b> <c> .\n", "no concept"),
    ])
    func `what is no vocabulary is refused in one line`(text: String, words: String) throws {
        guard !words.isEmpty else { return _ = try readVocabulary(text) }
        let error = try #require(throws: IngestError.self) { try readVocabulary(text) }
        #expect(error.explanation.en.contains(words), "\(error)")
        #expect(error.explanation.en.contains("x.ttl"))
        #expect(!error.explanation.zhHant.contains("\n") && error.explanation.zhHant.contains("x.ttl"))
    }

    @Test func `a hostile XML file is refused and reads nothing else`() throws {
        let head =
            "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY f SYSTEM \"/etc/hostname\">]>"
        let open =
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
            + "xmlns:s=\"http://www.w3.org/2004/02/skos/core#\">"
        for entity in ["&b;", "&f;", "&none;"] {
            #expect(throws: IngestError.self) {
                try readVocabulary(
                    head + open
                        + "<s:Concept rdf:about=\"x:a\"><s:prefLabel>\(entity)</s:prefLabel></s:Concept></rdf:RDF>")
            }
        }
        let deep = open + String(repeating: "<s:Concept><s:broader>", count: 200)
        #expect(throws: IngestError.self) { try readVocabulary(deep) }
        #expect(throws: IngestError.self) { try readVocabulary(open + "<s:Concept rdf:about=\"x:a\">") }
    }

    @Test func `what one vocabulary keeps is bounded`() throws {
        let limits = ReaderLimits(vocabularyBytes: 20_000)
        let turtleText = turtle((0..<1_000).map { "ex:c\($0) skos:prefLabel \"\($0)\" .\n" }.joined())
        let list = (0..<1_000).map { "http://example.org/\($0)\t\($0)\n" }.joined()
        let table = "uri,prefLabel,related\na,b,\"" + String(repeating: "a;", count: 2_000) + "\"\n"
        let terms = "詞\n UF 語\n" + (0..<1_000).map { "詞\($0)\n" }.joined()
        for text in [turtleText, list, table, terms] {
            _ = try readVocabulary(text)
            let error = #expect(throws: IngestError.self) { try readVocabulary(text, limits: limits) }
            guard case .limitExceeded(_, .vocabularyBytes, 20_000, let place) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(place.line != nil)
        }
        // A short name for a long namespace costs what it stands for.
        let long = "@prefix p: <http://example.org/\(String(repeating: "a", count: 1_900))> .\n"
        let many = long + turtle((0..<20).map { "p:\($0) skos:prefLabel \"\($0)\" .\n" }.joined())
        #expect(throws: IngestError.self) { try readVocabulary(many, limits: limits) }
        let label = String(repeating: "x", count: 2_001)
        #expect(throws: IngestError.self) { try readVocabulary(turtle("ex:a skos:prefLabel \"\(label)\" .")) }
    }

    /// Cut, doubled and overwritten bytes: an error or a vocabulary that keeps its promises, never a trap.
    @Test(arguments: 0..<150)
    func `damaged files end in an error or a sound vocabulary`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let whole = [
            turtle(Self.scheme), Self.rdfXML, "<http://example.org/2>\tsearch\nhttp://example.org/1\t採購\n",
            "uri,prefLabel,broader\na,採購,b\nb,\"x;y\",a\n", "採購\n UF 購\n BT 採購\n詞\n USE 採購\n",
        ]
        for text in whole {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] = "<>\"'\\.;,@:#[]()\t\n&".utf8.randomElement(using: &random) ?? 0
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
                }
                if bytes.isEmpty { bytes = [0x20] }
            }
            do {
                _ = try VocabularyReader.read(ReaderInput(data: Data(bytes), fileName: "x"), named: "x")
            } catch {
                #expect(!error.explanation.en.isEmpty && !error.explanation.zhHant.isEmpty, "seed \(seed)")
                // A draft is made sound; that it could not be is a fault of this program.
                #expect(!error.explanation.en.contains("vocabulary: "), "seed \(seed): \(error)")
            }
        }
    }
}

/// The vocabulary that the project wrote.
struct CorpusVocabularyTests {
    @Test func `the vocabulary of administration is read without findings`() throws {
        let reading = try VocabularyReader.read(
            ReaderInput(file: CorpusFile.root.appending(path: "vocabularies/administration.ttl")),
            named: "administration")
        let vocabulary = reading.vocabulary
        #expect(reading.findings == [])
        #expect(vocabulary.concepts.count == 526)
        #expect(vocabulary.labelCount == 2_476)
        #expect(vocabulary.title == "行政詞彙")
        #expect(vocabulary.languages == ["en", "zh-Hant"])
        #expect(vocabulary.concepts.allSatisfy { $0.label(in: "zh-Hant") != nil && $0.label(in: "en") != nil })
        #expect(vocabulary.concepts.count { $0.broader.isEmpty } == 31)
        #expect(vocabulary.labels(of: "行道樹", .alternative) == ["路樹", "roadside trees"])
        #expect(vocabulary.concept(labelled: "公文")?.kind == .form)
    }
}
