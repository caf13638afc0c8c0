import DocketCataloguing
import DocketCore
import Testing

/// What becomes of records, submissions, security and the report.
@Suite struct CatalogueLifeRulesTests {
    private func rules(_ entry: CatalogueEntry, _ context: CatalogueContext = CatalogueContext()) -> [String] {
        CatalogueRules.findings(on: entry, context).map(\.rule)
    }

    private func item(_ change: (inout CatalogueEntry) -> Void) -> CatalogueEntry { Clean.changed(Clean.item, change) }
    private func folder(_ change: (inout CatalogueEntry) -> Void) -> CatalogueEntry {
        Clean.changed(Clean.folder, change)
    }

    @Test func `CAT-10: nothing classified goes out to the public`() {
        let secret = item {
            $0.classification = .restricted
            $0.set(.subject, "密不錄由")
        }
        let context = CatalogueContext(ceiling: .restricted)
        let found = CatalogueRules.findings(on: CatalogueSubmission(entries: [secret, Clean.folder]), context)
        #expect(found.map(\.rule) == ["CAT-10"])
        #expect(
            CatalogueRules.findings(on: CatalogueSubmission(entries: [secret, Clean.folder], isPublic: false), context)
                .isEmpty)
        #expect(CatalogueRules.findings(on: CatalogueSubmission(entries: [Clean.folder, Clean.item])).isEmpty)
        // The field counts as well as the level of the entry.
        let stated = item { $0.set(.classification, "secret") }
        #expect(
            CatalogueRules.findings(on: CatalogueSubmission(entries: [stated]), context).map(\.rule).contains("CAT-10"))
    }

    @Test func `CAT-20: submitted within six months, by what is known of its status`() {
        let late = CatalogueContext(today: "2025-02-08")
        #expect(rules(Clean.item, late) == ["CAT-20"])
        #expect(rules(Clean.item, CatalogueContext(today: "2025-02-07")).isEmpty)
        var sent = late
        sent.status = [:]
        let entry = Clean.item
        sent.status[entry.id] = .submitted
        #expect(rules(entry, sent).isEmpty)
        let catalogued = item { $0.set(.cataloguedOn, "2025-01-10") }
        #expect(rules(catalogued, late).isEmpty)
    }

    @Test func `CAT-21: a destroyed record has approval and day`() {
        #expect(rules(folder { $0.set(.destroyedOn, "2024-12-01") }) == ["CAT-21"])
        #expect(rules(folder { $0.set(.destructionApproval, "檔管字第1號") }) == ["CAT-21"])
        let both = folder {
            $0.set(.destroyedOn, "2024-12-01")
            $0.set(.destructionApproval, "檔管字第1號")
        }
        #expect(rules(both).isEmpty)
    }

    @Test func `CAT-22: 25 years after its last item a permanent folder is transferred or extended`() {
        let old = folder {
            $0.set(.retention, "permanent")
            $0.set(.dateFrom, "1990-01-01")
            $0.set(.dateTo, "1999-03-31")
        }
        var context = CatalogueContext(today: "2024-04-01")
        context.status[old.id] = .submitted
        #expect(rules(old, context) == ["CAT-22"])
        context.today = "2024-03-31"
        #expect(rules(old, context).isEmpty)
        context.today = "2030-01-01"
        var moved = old
        moved.set(.transferredOn, "2024-05-01")
        #expect(rules(moved, context).isEmpty)
        var extended = old
        extended.notes = [CatalogueNote(type: "延長移轉", "核准延長5年")]
        #expect(rules(extended, context).isEmpty)
        var short = old
        short.set(.retention, "30")
        #expect(rules(short, context).isEmpty)
    }

    @Test func `CAT-23: size and encoding of a submission`() {
        let entries = (1...3).map { number in
            item {
                $0.id = EntryID(rawValue: "E\(number)")
                $0.fileNumber = FileNumber("113/0612/4/1/\(number)")
                $0.set(.subject, "工務局第\(number)次檢送驗收紀錄")
            }
        }
        func found(_ submission: CatalogueSubmission, _ size: ClosedRange<Int> = 1...3_000) -> [String] {
            CatalogueRules.findings(on: submission, CatalogueContext(submissionSize: size)).map(\.rule)
        }
        #expect(found(CatalogueSubmission(entries: entries)).isEmpty)
        #expect(found(CatalogueSubmission(entries: entries), 1...2) == ["CAT-23"])
        #expect(found(CatalogueSubmission(entries: [])) == ["CAT-23"])
        #expect(found(CatalogueSubmission(entries: entries, encoding: "Big5")) == ["CAT-23"])
        #expect(found(CatalogueSubmission(entries: entries, encoding: "utf-8")).isEmpty)
    }

    @Test func `CAT-24: subjects tell the items of a folder apart`() {
        let other = item {
            $0.id = EntryID(rawValue: "other")
            $0.fileNumber = FileNumber("113/0612/4/1/002")
        }
        #expect(CatalogueRules.findings(on: [Clean.folder, Clean.item, other]).map(\.rule) == ["CAT-24"])
        let elsewhere = Clean.changed(other) {
            $0.fileNumber = FileNumber("113/0612/5/1/002")
        }
        #expect(CatalogueRules.findings(on: [Clean.folder, Clean.item, elsewhere]).isEmpty)
        let secret = [Clean.item, other].map { entry in Clean.changed(entry) { $0.classification = .restricted } }
        #expect(CatalogueRules.findings(on: secret, CatalogueContext(ceiling: .restricted)).isEmpty)
    }

    @Test func `CAT-25: a second title says something else`() {
        #expect(rules(item { $0.set(.parallelTitle, $0[.subject]) }) == ["CAT-25"])
        #expect(rules(folder { $0.set(.otherTitle, "望潮大橋機車道鋪面改善") }) == ["CAT-25"])
        #expect(rules(folder { $0.set(.parallelTitle, "Bridge repair") }).isEmpty)
    }

    @Test func `CAT-26: no classified record is destroyed before its declassification`() {
        let context = CatalogueContext(ceiling: .restricted)
        func destroyed(_ declassified: String?) -> CatalogueEntry {
            folder {
                $0.classification = .restricted
                $0.set(.destroyedOn, "2024-12-01")
                $0.set(.destructionApproval, "檔管字第1號")
                $0.set(.declassifiedOn, declassified)
            }
        }
        #expect(rules(destroyed(nil), context) == ["CAT-26"])
        #expect(rules(destroyed("2025-01-01"), context) == ["CAT-26"])
        #expect(rules(destroyed("2024-12-01"), context).isEmpty)
    }

    // MARK: SEC

    @Test func `SEC-01, SEC-03 and SEC-04: ceiling, provenance and the level of the sources`() {
        #expect(rules(item { $0.classification = .restricted }) == ["SEC-01"])
        #expect(rules(item { $0.engine = nil }) == ["SEC-03"])
        let human = item {
            $0.engine = nil
            $0.fields = $0.fields.mapValues { DescribedField($0.values, by: .human) }
        }
        #expect(rules(human).isEmpty)
        let sources = CatalogueContext(
            ceiling: .restricted, sourceClassifications: [SourceID(rawValue: "S"): .restricted])
        #expect(rules(Clean.item, sources) == ["SEC-04"])
        #expect(rules(item { $0.classification = .restricted }, sources).isEmpty)
    }

    @Test func `SEC-07: a proposal that nobody took up goes in the end`() {
        let entry = Clean.item
        func found(_ proposed: String, _ status: CatalogueEntry.Status) -> [String] {
            rules(
                entry,
                CatalogueContext(today: "2024-12-01", status: [entry.id: status], proposedOn: [entry.id: proposed]))
        }
        #expect(found("2024-09-01T08:00:00Z", .suggested) == ["SEC-07"])
        #expect(found("2024-09-03", .suggested).isEmpty)
        #expect(found("2024-09-01", .verified).isEmpty)
    }

    // MARK: Report

    @Test func `a finding names entry, field and file number, and never the words of a classified entry`() throws {
        let secret = item {
            $0.classification = .restricted
            $0.set(.subject, "海星專案(0912-345-678)")
            $0.set(.attachments, "海星計畫")
            $0.subjects = [SubjectTerm("海星")]
        }
        let scheme = try Clean.scheme
        let found = CatalogueRules.findings(on: secret, CatalogueContext(schemes: [scheme]))
        #expect(Set(found.map(\.rule)) == ["SEC-01", "CAT-12", "CAT-15", "CAT-16", "CAT-17"])
        for finding in found {
            #expect(finding.place.entry == secret.id && finding.place.path == "113/0612/4/1/001")
            for text in [finding.message, finding.remedy] {
                #expect(!text.zhHant.contains("海星") && !text.en.contains("海星"))
                #expect(!text.zhHant.isEmpty && !text.en.isEmpty)
            }
        }
    }

    @Test func `a report counts faulty entries and puts errors first`() {
        let faulty = item {
            $0.set(.subject, "函復(橋梁)一案")
            $0.fields[.retention] = nil
        }
        let entries = [Clean.folder, faulty]
        let report = CatalogueReport(on: entries, findings: CatalogueRules.findings(on: entries))
        #expect(report.entries == 2 && report.faulty == 1)
        #expect(report.rows.map(\.rule) == ["CAT-04", "CAT-17"])
        #expect(report.rows[0].fieldName?.zhHant == "保存年限" && report.rows[0].fileNumber == "113/0612/4/1/001")
        #expect(!report.isClean)
    }
}
