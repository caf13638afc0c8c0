import DocketCataloguing
import DocketCore
import Testing

/// An item and a folder that no rule finds anything on, to be changed by each test.
enum Clean {
    static let engine = ItemDescriber.engine

    static var item: CatalogueEntry {
        entry(
            .item, "113/0612/4/1/001",
            [
                .folderTitle: "望潮大橋機車道鋪面改善", .subject: "工務局函復望潮大橋鋪面破損一案", .principalSender: "青嵐市政府工務局",
                .creationDate: "2024-08-07",
                .retention: "10", .accessRestriction: "unreviewed", .outgoingNumber: "青工橋字第1130043377號",
            ])
    }

    static var folder: CatalogueEntry {
        var folder = entry(
            .folder, "113/0612/4",
            [
                .folderTitle: "望潮大橋機車道鋪面改善", .creator: "青嵐市政府工務局", .dateFrom: "2024-07-22", .dateTo: "2024-11-08",
                .retention: "15",
                .volumeCount: "2", .accessRestriction: "unreviewed",
            ])
        folder.fields[.summary] = DescribedField(
            [String(repeating: "工務局辦理機車道鋪面改善工程，", count: 6) + "驗收合格。"], by: .rule, evidence: [[citation]])
        return folder
    }

    /// A scheme of one concept, urn:1.
    static var scheme: Vocabulary {
        get throws {
            try Vocabulary(
                id: VocabularyID(rawValue: "a"), name: "a", title: "a", languages: ["zh-Hant"],
                sourceDigest: SHA256Digest(of: ""),
                concepts: [.init(uri: "urn:1", labels: [.init(.preferred, "橋梁", language: "zh-Hant")])])
        }
    }

    static let citation = Citation(SourceSpan(SourceID(rawValue: "S"), version: 1, 0..<9), words: "工務局")

    private static func entry(_ level: CatalogueEntry.Level, _ number: String, _ fields: [CatalogueField: String])
        -> CatalogueEntry
    {
        CatalogueEntry(
            level: level, fileNumber: FileNumber(number), fields: fields.mapValues { DescribedField([$0], by: .rule) },
            sources: [SourceID(rawValue: "S")], engine: engine)
    }

    static func changed(_ entry: CatalogueEntry, _ change: (inout CatalogueEntry) -> Void) -> CatalogueEntry {
        var entry = entry
        change(&entry)
        return entry
    }
}

extension CatalogueEntry {
    /// Sets or empties a field.
    mutating func set(_ field: CatalogueField, _ value: String?, by producer: DescribedField.Producer = .rule) {
        fields[field] = value.map { DescribedField([$0], by: producer) }
    }
}

@Suite struct CatalogueRulesTests {
    private func rules(_ entry: CatalogueEntry, _ context: CatalogueContext = CatalogueContext()) -> [String] {
        CatalogueRules.findings(on: entry, context).map(\.rule)
    }

    private func item(_ change: (inout CatalogueEntry) -> Void) -> CatalogueEntry { Clean.changed(Clean.item, change) }
    private func folder(_ change: (inout CatalogueEntry) -> Void) -> CatalogueEntry {
        Clean.changed(Clean.folder, change)
    }

    @Test func `a complete item and folder are silent`() {
        #expect(rules(Clean.item).isEmpty)
        #expect(rules(Clean.folder).isEmpty)
        #expect(CatalogueRules.findings(on: [Clean.folder, Clean.item]).isEmpty)
        #expect(CatalogueRules.findings(on: Clean.folder, items: [Clean.item]).isEmpty)
    }

    @Test func `CAT-01: fields of the other level make the level doubtful`() {
        #expect(rules(item { $0.set(.summary, "摘要") }) == ["CAT-01"])
        #expect(rules(folder { $0.set(.subject, "案由") }) == ["CAT-01"])
        let finding = CatalogueRules.findings(on: item { $0.set(.volumeCount, "2") }).first
        #expect(finding?.place.field == .volumeCount && finding?.place.entry != nil)
    }

    @Test(arguments: [
        ("113/0612/4", false), ("113/0612/4/1", false), ("113/0612/4/1/001", true), ("0113/06.1-2/4A/ED01/001", true),
        ("113a/0612/4/1/1", false),
        ("11300/0612/4/1/1", false), ("113/06_12/4/1/1", false), ("113/0612/4444444444444/1/1", false),
        ("113/0612/4/12345/1", false),
        ("113/0612/4/1/12345", false), ("113/class/4/1/1", false),
    ])
    func `CAT-02: an item's file number has five well formed parts`(number: String, isGood: Bool) {
        #expect(rules(item { $0.fileNumber = FileNumber(number) }).contains("CAT-02") == !isGood)
    }

    @Test func `CAT-02: a missing number, a number used twice, and limits of the site`() {
        #expect(rules(item { $0.fileNumber = nil }) == ["CAT-02"])
        let twice = CatalogueRules.findings(on: [Clean.folder, Clean.item, item { $0.set(.subject, "工務局檢送驗收紀錄") }])
        #expect(twice.map(\.rule) == ["CAT-02"])
        // A folder and an item do not share a number; two volumes of one folder are two.
        #expect(
            CatalogueRules.findings(on: [Clean.folder, folder { $0.fileNumber = FileNumber("113/0612/5") }]).isEmpty)
        let wide = CatalogueContext(fileNumberLimits: FileNumberLimits(item: 6))
        #expect(rules(item { $0.fileNumber = FileNumber("113/0612/4/1/000001") }, wide).isEmpty)
    }

    @Test(arguments: [CatalogueField.folderTitle, .creator, .dateFrom, .dateTo, .retention, .summary, .volumeCount])
    func `CAT-03: each mandatory field of a folder`(field: CatalogueField) {
        let findings = CatalogueRules.findings(on: folder { $0.fields[field] = nil })
        #expect(findings.map(\.rule) == ["CAT-03"])
        #expect(findings.first?.place.field == field)
    }

    @Test func `CAT-03: a classified folder needs no summary`() {
        let secret = folder {
            $0.classification = .restricted
            $0.fields[.summary] = nil
        }
        #expect(rules(secret, CatalogueContext(ceiling: .restricted)).isEmpty)
    }

    @Test(arguments: [CatalogueField.folderTitle, .subject, .principalSender, .creationDate, .retention])
    func `CAT-04: each mandatory field of an item`(field: CatalogueField) {
        let findings = CatalogueRules.findings(on: item { $0.fields[field] = nil })
        #expect(findings.map(\.rule) == ["CAT-04"])
        #expect(findings.first?.place.field == field)
    }

    @Test
    func
        `CAT-04: recipients stand for a sender, the folder's title for the item's, and a classified item names neither`()
    {
        #expect(
            rules(
                item {
                    $0.fields[.principalSender] = nil
                    $0.set(.recipients, "各區公所")
                }
            ).isEmpty)
        #expect(CatalogueRules.findings(on: [Clean.folder, item { $0.fields[.folderTitle] = nil }]).isEmpty)
        let secret = item {
            $0.classification = .restricted
            $0.fields[.principalSender] = nil
        }
        #expect(rules(secret, CatalogueContext(ceiling: .restricted)).isEmpty)
    }

    @Test func `CAT-04: the reason why a field is empty is told`() {
        let findings = CatalogueRules.findings(
            on: item { $0.fields[.retention] = .empty(LocalizedText(zhHant: "文件未載明", en: "not stated")) })
        #expect(findings.first?.message.zhHant.contains("文件未載明") == true)
        #expect(findings.first?.message.en.contains("not stated") == true)
    }

    @Test(
        arguments: [
            ("2024-07-22", "2024-11-08", "2024-08-07", []), ("2024-11-09", "2024-11-08", nil, ["CAT-05"]),
            ("2024", "2024-11", nil, []),
            ("2024-08-08", "2024-11-08", "2024-08-07", ["CAT-05"]),
            ("2024-07-22", "2024-08-06", "2024-08-07", ["CAT-05"]),
            ("2024-08", "2024-08", "2024-08-07", []),
        ] as [(String, String, String?, [String])])
    func `CAT-05: dates in order, items inside their folder`(from: String, to: String, day: String?, expected: [String])
    {
        let changed = folder {
            $0.set(.dateFrom, from)
            $0.set(.dateTo, to)
        }
        let items = day.map { day in [item { $0.set(.creationDate, day) }] } ?? []
        #expect(CatalogueRules.findings(on: changed, items: items).map(\.rule) == expected)
    }

    @Test(arguments: ["permanent", "30", "25", "20", "15", "10", "5", "3", "1"])
    func `CAT-06: legal periods are silent`(period: String) {
        #expect(rules(item { $0.set(.retention, period) }).isEmpty)
    }

    @Test(arguments: ["7", "99", "0", "永久", "10年", ""])
    func `CAT-06: other periods need an approved exception`(period: String) {
        let entry = item { $0.set(.retention, period) }
        #expect(rules(entry) == ["CAT-06"])
        #expect(rules(entry, CatalogueContext(approvedRetentions: [period])).isEmpty)
    }

    @Test(arguments: [
        ("20", "10", "destroy", "電子檔", true), ("20", "5", "destroy", "電子檔", false), ("5", "3", "destroy", "光碟片", true),
        ("3", "1", "destroy", "電子檔", false),
        ("25", "15", "destroy", "電子檔", false), ("permanent", "30", "destroy", "電子檔", false),
        ("20", "10", "appraiseAtExpiry", "電子檔", false),
        ("20", "10", "destroy", "紙本", false), ("10", "20", "appraiseAtExpiry", "紙本", true),
    ])
    func `CAT-07: a period is shortened only under the regulation's conditions`(
        original: String, now: String, disposition: String, media: String, isLegal: Bool
    ) {
        let changed = folder {
            $0.set(.retention, now)
            $0.set(.originalRetention, original)
            $0.set(.retentionReason, "業務需要")
            $0.set(.disposition, disposition)
            $0.set(.storageMedia, media)
        }
        #expect(rules(changed) == (isLegal ? [] : ["CAT-07"]))
    }

    @Test func `CAT-08 and CAT-09: one of four dispositions, and no permanent record is destroyed`() {
        for value in ["nationalArchives", "permanentAtAgency", "appraiseAtExpiry", "destroy"] {
            #expect(rules(folder { $0.set(.disposition, value) }).isEmpty)
        }
        #expect(rules(folder { $0.set(.disposition, "銷毀") }) == ["CAT-08"])
        let wrong = folder {
            $0.set(.disposition, "destroy")
            $0.set(.retention, "permanent")
        }
        #expect(rules(wrong) == ["CAT-09"])
    }

    @Test func `CAT-11: open access needs a person`() {
        #expect(rules(item { $0.set(.accessRestriction, "open") }) == ["CAT-11"])
        #expect(rules(item { $0.set(.accessRestriction, "open", by: .model) }) == ["CAT-11"])
        #expect(rules(item { $0.set(.accessRestriction, "open", by: .human) }).isEmpty)
        #expect(rules(item { $0.set(.accessRestriction, "restricted") }).isEmpty)
        let accepted = item { $0.fields[.accessRestriction] = DescribedField(["open"], by: .rule, state: .accepted) }
        #expect(rules(accepted).isEmpty)
    }

    @Test func `CAT-12: terms are concepts of a scheme in use`() throws {
        let scheme = try Clean.scheme
        let context = CatalogueContext(schemes: [scheme])
        func term(_ uri: String?, _ state: DescribedField.State = .suggested) -> CatalogueEntry {
            item {
                $0.subjects = [
                    SubjectTerm("橋梁", concept: uri.map { ConceptReference(vocabulary: "a", uri: $0) }, state: state)
                ]
            }
        }
        #expect(rules(term("urn:1"), context).isEmpty)
        #expect(rules(term("urn:2"), context) == ["CAT-12"])
        #expect(rules(term(nil), context) == ["CAT-12"])
        #expect(rules(term(nil, .rejected), context).isEmpty)
        #expect(rules(term("urn:2")).isEmpty)
    }

    @Test(arguments: [(79, true), (80, false), (300, false), (301, true)])
    func `CAT-13: a summary in Chinese has 80 to 300 characters`(count: Int, isFound: Bool) {
        let text = String(repeating: "橋", count: count)
        let changed = folder { $0.fields[.summary] = DescribedField([text], by: .rule, evidence: [[Clean.citation]]) }
        #expect(rules(changed) == (isFound ? ["CAT-13"] : []))
    }

    @Test func `CAT-14: a proposed sentence rests on something; a person's need not`() {
        func summary(
            _ producer: DescribedField.Producer, _ evidence: [[Citation]], _ state: DescribedField.State = .suggested
        ) -> CatalogueEntry {
            folder {
                $0.fields[.summary] = DescribedField(
                    [String(repeating: "橋", count: 50) + "。", String(repeating: "梁", count: 50) + "。"], by: producer,
                    evidence: evidence, state: state)
            }
        }
        #expect(rules(summary(.rule, [[Clean.citation]])) == ["CAT-14"])
        #expect(rules(summary(.model, [[], [Clean.citation]])) == ["CAT-14"])
        #expect(rules(summary(.rule, [[Clean.citation], [Clean.citation]])).isEmpty)
        #expect(rules(summary(.human, [])).isEmpty)
        #expect(rules(summary(.imported, [])).isEmpty)
        #expect(rules(summary(.rule, [], .edited)).isEmpty)
    }

    @Test func `CAT-15: personal data are a warning at work and an error on export`() {
        let entry = item { $0.set(.subject, "函復陳情人：江宛蓉（0912-345-678）陳情一案") }
        let work = CatalogueRules.findings(on: entry)
        #expect(work.map(\.rule) == ["CAT-15", "CAT-15"] && work.allSatisfy { $0.severity == .warning })
        let out = CatalogueRules.findings(on: entry, CatalogueContext(purpose: .export))
        #expect(out.allSatisfy { $0.severity == .error && !$0.message.zhHant.contains("江宛蓉") })
        #expect(rules(item { $0.notes = [CatalogueNote("電話02-2345-6789")] }) == ["CAT-15"])
        #expect(rules(item { $0.set(.subject, "函復陳情人江◯◯陳情一案") }).isEmpty)
    }

    @Test func `CAT-16: a classified item names no attachments`() {
        let secret = item {
            $0.classification = .restricted
            $0.set(.attachments, "勤務計畫1份")
        }
        #expect(rules(secret, CatalogueContext(ceiling: .restricted)) == ["CAT-16"])
        #expect(rules(item { $0.set(.attachments, "勤務計畫1份") }).isEmpty)
    }

    @Test func `CAT-17: punctuation of Chinese descriptions is wide`() {
        #expect(rules(item { $0.set(.subject, "函復橋梁(含引道)破損一案,請照辦") }) == ["CAT-17"])
        #expect(rules(item { $0.set(.subject, "函復1,326件、9:30會勘、3.5公尺、QR Code一案") }).isEmpty)
        #expect(rules(item { $0.set(.subject, "Return of plans, signed (2 copies)") }).isEmpty)
        #expect(rules(item { $0.notes = [CatalogueNote("另見附圖;")] }) == ["CAT-17"])
    }

    @Test func `CAT-18: an adjustment has its original period and its reason`() {
        #expect(rules(item { $0.set(.originalRetention, "10") }) == ["CAT-18"])
        #expect(rules(item { $0.set(.retentionReason, "業務需要") }) == ["CAT-18"])
        let whole = item {
            $0.set(.originalRetention, "5")
            $0.set(.retentionReason, "業務需要")
        }
        #expect(rules(whole).isEmpty)
    }

    @Test func `CAT-19: no day in the future, none before the agency had its name`() {
        let context = CatalogueContext(
            today: "2024-08-06",
            roster: Roster(agencies: [.init(id: "t", officialName: "青嵐市政府觀光局", from: "2021-01-01")]))
        let future = CatalogueRules.findings(on: Clean.item, context)
        #expect(future.map(\.rule) == ["CAT-19"] && future.first?.severity == .error)
        let old = item {
            $0.set(.principalSender, "青嵐市政府觀光局")
            $0.set(.creationDate, "2020-12-31")
        }
        let early = CatalogueRules.findings(
            on: old,
            CatalogueContext(roster: Roster(agencies: [.init(id: "t", officialName: "青嵐市政府觀光局", from: "2021-01-01")])))
        #expect(early.map(\.rule) == ["CAT-19"] && early.first?.severity == .warning)
        // Of two entries of one name, one without a first day, nothing is known.
        let open = Roster(agencies: [
            .init(id: "t", officialName: "青嵐市政府觀光局", from: "2021-01-01"), .init(id: "u", officialName: "青嵐市政府觀光局"),
        ])
        #expect(rules(old, CatalogueContext(roster: open)).isEmpty)
        #expect(rules(Clean.item, CatalogueContext(today: "2024-08-07")).isEmpty)
    }
}
