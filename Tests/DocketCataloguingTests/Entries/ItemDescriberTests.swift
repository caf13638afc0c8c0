import DocketCataloguing
import DocketCore
import DocketTestSupport
import Foundation
import Testing

@Suite struct ItemDescriberTests {
    private let describer = ItemDescriber(roster: Described.roster)

    private static let letter = """
        檔號：113/0504/2/1/009
        保存年限：10年

        青嵐市政府工務局　函
        受文者：青嵐市政府秘書處
        發文日期：中華民國113年8月20日
        發文字號：青工公字第1130045127號
        附件：現場會勘紀錄1份、照片(12張)
        主旨：有關貴處花台滲水一案，請貴處於113年9月15日前籌措經費，復如說明，請查照。
        說明：
        一、復貴處113年8月8日青秘檔字第1130031204號函。
        二、修繕費用概估91萬6,000元。
        正本：青嵐市政府秘書處
        副本：研考會、本局公園路燈工程處
        """

    private func entry(_ text: String, classification: Classification = .internal) async throws -> CatalogueEntry {
        describer.entry(for: try await Described.text(text, classification: classification))
    }

    @Test func `a letter gives every field that it states`() async throws {
        let entry = try await entry(Self.letter)
        #expect(entry.level == .item)
        #expect(entry.fileNumber?.text == "113/0504/2/1/009")
        #expect(entry[.retention] == "10")
        #expect(entry.values(.principalSender) == ["青嵐市政府工務局"])
        #expect(entry.values(.recipients) == ["青嵐市政府秘書處", "青嵐市政府研究發展考核委員會", "青嵐市政府工務局公園路燈工程處"])
        #expect(entry[.outgoingNumber] == "青工公字第1130045127號")
        #expect(entry[.creationDate] == "2024-08-20")
        #expect(entry.values(.attachments) == ["現場會勘紀錄1份", "照片（12張）"])
        #expect(entry[.documentKind] == "函")
        #expect(entry[.agencyCode] == "990080000A")
        #expect(entry[.subject] == "青嵐市政府工務局函復青嵐市政府秘書處花台滲水一案，請青嵐市政府秘書處於113年9月15日前籌措經費")
        #expect(entry.notes == [CatalogueNote(type: "引據文號", "青秘檔字第1130031204號")])
        #expect(entry.engine == ItemDescriber.engine)
    }

    @Test func `every value of a document is cited, in words that hold it`() async throws {
        let source = try await Described.text(Self.letter)
        let entry = describer.entry(for: source)
        for (field, described) in entry.fields where !described.values.isEmpty && field != .accessRestriction {
            #expect(described.evidence.count == described.values.count, "\(field)")
            for citation in described.evidence.joined() {
                #expect(SHA256Digest(of: source.document.text(in: citation.span.range)) == citation.words, "\(field)")
            }
        }
        let number = try #require(entry.fields[.outgoingNumber]?.evidence.first?.first)
        #expect(source.document.text(in: number.span.range) == "青工公字第1130045127號")
        let retention = try #require(entry.fields[.retention]?.evidence.first?.first)
        #expect(source.document.text(in: retention.span.range) == "10年")
    }

    @Test func `what is not there is empty with a reason in both languages, and nothing is reviewed by itself`()
        async throws
    {
        let entry = try await entry("主旨：檢送資料，請查照。\n說明：如附件。")
        let fields: [CatalogueField] = [
            .principalSender, .recipients, .creationDate, .retention, .outgoingNumber, .agencyCode, .folderTitle,
            .attachments, .extentCount,
        ]
        for field in fields {
            let described = try #require(entry.fields[field], "\(field)")
            #expect(described.values.isEmpty, "\(field)")
            #expect(
                described.emptyReason?.zhHant.isEmpty == false && described.emptyReason?.en.isEmpty == false, "\(field)"
            )
        }
        #expect(entry.fileNumber == nil)
        #expect(entry[.accessRestriction] == "unreviewed")
        #expect(entry.fields.values.allSatisfy { $0.state == .suggested })
    }

    @Test(arguments: [
        ("永久", "permanent"), ("永久保存", "permanent"), ("10年", "10"), ("１０ 年", "10"), ("99", "permanent"), ("30", "30"),
        ("7年", "7"),
    ])
    func `retention periods have one form`(words: String, value: String) {
        #expect(RetentionPeriod.value(words) == value)
    }

    @Test func `a code is given for one exact name alone`() async throws {
        let known = try await entry("青嵐市政府資訊局　函\n發文日期：中華民國113年8月20日\n主旨：檢送資料1份，請查照。")
        #expect(known[.agencyCode] == "990160000A")
        // Two agencies of one code and a name of their own time each.
        let former = try await entry("青嵐市政府觀光傳播局　函\n發文日期：中華民國113年8月20日\n主旨：檢送資料1份，請查照。")
        #expect(former[.agencyCode] == nil)
        #expect(try await entry("青嵐市政府政風處　函\n主旨：檢送資料1份，請查照。")[.agencyCode] == nil)
        #expect(try await entry("資訊處　函\n主旨：檢送資料1份，請查照。")[.agencyCode] == nil)
    }

    @Test(arguments: [
        ("檢送會議紀錄1份，請查照。", "青嵐市政府工務局檢送會議紀錄1份"),
        ("請提供資料，惠請查照見復為荷。", "青嵐市政府工務局請提供資料"),
        ("有關路燈損壞一案，說明如後，請鑒核。", "青嵐市政府工務局說明路燈損壞一案"),
        ("臺端陳情噪音一案，復請查照。", "青嵐市政府工務局函復民眾陳情噪音一案"),
        ("自114年1月1日起全面線上送達，請查照轉知。", "青嵐市政府工務局函知自114年1月1日起全面線上送達"),
        ("本局辦理「路燈汰換」一案，准予照辦，請照辦。", "青嵐市政府工務局辦理「路燈汰換」一案，准予照辦"),
        ("本案業於本（20）日公告,請查照。", "青嵐市政府工務局函知本案業於113年8月20日公告"),
    ])
    func `the subject keeps who does what and drops the set phrases`(purpose: String, subject: String) async throws {
        let text = "青嵐市政府工務局　函\n受文者：各區公所\n發文日期：中華民國113年8月20日\n主旨：\(purpose)\n正本：各區公所"
        #expect(try await entry(text)[.subject] == subject)
    }

    @Test func `a subject is at most 100 characters and ends behind a clause`() async throws {
        let long = (1...12).map { "辦理第\($0)區路燈汰換工程" }.joined(separator: "，")
        let subject = try #require(try await entry("青嵐市政府工務局　函\n主旨：\(long)，請查照。")[.subject])
        #expect(subject.count <= 100)
        #expect(subject.hasSuffix("區路燈汰換工程"))
    }

    @Test func `personal data are masked in what is written`() async throws {
        let entry = try await entry(
            "青嵐市政府工務局　函\n受文者：王小明先生\n主旨：有關陳情人王小明先生（電話02-2345-6789）陳情住址民生大道1號噪音一案，復如說明，請查照。\n正本：王小明先生")
        let subject = try #require(entry[.subject])
        #expect(!subject.contains("小明") && !subject.contains("2345") && !subject.contains("大道1號"))
        #expect(entry.values(.recipients) == ["王◯◯先生"])
    }

    @Test func `of a classified document only number, code name and dates are given`() async throws {
        let sources = try await Described.corpus("archive/letters/classified-security-exercise.txt")
        let source = try #require(sources.first)
        let entry = describer.entry(for: source)
        #expect(entry.classification == .restricted)
        #expect(entry[.subject] == ItemDescriber.withheldSubject)
        #expect(entry[.outgoingNumber] == "青警維字第1130071009號")
        #expect(entry[.creationDate] == "2024-11-01")
        #expect(entry[.declassification] == "本件於113年12月31日解密")
        #expect(entry[.declassifiedOn] == "2024-12-31")
        let json = try String(decoding: JSONEncoder().encode(entry), as: UTF8.self)
        for words in ["海星", "協調", "保密核定", "秘書處", "最速件", "警察局"] { #expect(!json.contains(words), "\(words)") }
    }

    @Test func `a classified row of a list keeps its code name`() async throws {
        let rows = try await Described.corpus("archive/catalogues/items.csv")
        let row = try #require(rows.first { $0.document.classification >= .restricted })
        let entry = describer.entry(for: row)
        #expect(entry[.folderTitle] == "海星專案")
        #expect(entry[.subject] == ItemDescriber.withheldSubject)
        #expect(entry[.principalSender] == nil)
    }

    @Test func `rows of a list are taken over as they are`() async throws {
        let rows = try await Described.corpus("archive/catalogues/items.csv")
        let entry = describer.entry(for: try #require(rows.first))
        #expect(entry.fileNumber?.text == "72/1203/4/2/001")
        #expect(entry[.folderTitle] == "建築執照副本")
        #expect(entry[.principalSender] == "建設局")
        #expect(entry[.creationDate] == "1983-02-14")
        #expect(entry[.retention] == "30")
        #expect(entry[.extentCount] == "12" && entry[.extentUnit] == "頁")
        #expect(entry.fields[.principalSender]?.producer == .imported)
        #expect(entry[.agencyCode] == nil)
    }

    @Test func `a petition takes the matter that its reply names`() async throws {
        let both =
            try await Described.corpus("archive/petitions/p01-night-noise.txt")
            + Described.corpus("archive/petitions/p02-night-noise-reply.txt")
        let entries = describer.entries(for: both)
        #expect(entries[0][.subject] == "陳情望潮社會住宅工地夜間施工噪音一案")
        let cited = Set(entries[0].fields[.subject]?.evidence.joined().map(\.span.source) ?? [])
        #expect(cited == Set(both.map(\.document.id)))
        // Alone it is quoted.
        let alone = try #require(describer.entry(for: both[0])[.subject])
        #expect(alone.hasPrefix("陳情「") && both[0].document.text.contains("社會住宅工地"))
    }

    @Test func `hostile bytes are described in bounded time and never fail`() async throws {
        let texts = [
            String(repeating: "（", count: 12_000), String(repeating: "主旨：", count: 6_000),
            String(repeating: "檔號：1/", count: 6_000),
            "主旨：" + String(repeating: "請，", count: 20_000), String(repeating: "陳情人：王小明先生", count: 3_000),
            String(repeating: "0912-", count: 8_000),
            String(repeating: "民生大道1段", count: 5_000),
        ]
        for text in texts {
            let entry = try await entry(text + "\n發文日期：中華民國113年8月20日\n說明：無")
            #expect((entry[.subject] ?? "").count <= 100)
        }
    }

    @Test func `the entries of the whole archive of the corpus`() async throws {
        var page = ""
        for folder in ["letters", "contracts", "notices", "petitions"] {
            let sources = try await Described.folder("archive/" + folder)
            for (source, entry) in zip(sources, describer.entries(for: sources)) {
                page += EntryPage.text(entry, title: folder + "/" + source.document.origin.fileName)
            }
        }
        #expect(try Golden.difference(page, "catalogue/items.txt") == nil)
    }
}

/// An entry as a page of fields.
enum EntryPage {
    static func text(_ entry: CatalogueEntry, title: String) -> String {
        var lines = ["# \(title)"]
        if let number = entry.fileNumber { lines.append("檔號：\(number.text)") }
        for (field, described) in entry.fields.sorted(by: { $0.key < $1.key }) where !described.values.isEmpty {
            lines.append(
                "\(field.name.zhHant)：\(field == .summary ? entry[.summary] ?? "" : described.values.joined(separator: "；"))"
            )
        }
        for note in entry.notes { lines.append("附註（\(note.type)）：\(note.text)") }
        return lines.joined(separator: "\n") + "\n\n"
    }
}
