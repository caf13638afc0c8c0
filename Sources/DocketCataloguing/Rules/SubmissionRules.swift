internal import DocketCore
internal import DocketText

/// What a submission must not be: CAT-10 and CAT-23.
enum SubmissionRules {
    static func findings(on submission: CatalogueSubmission, _ context: CatalogueContext) -> [Finding] {
        var found: [Finding] = []
        let size = context.submissionSize
        if !size.contains(submission.entries.count) {
            found.append(
                CatalogueRule.finding(
                    "CAT-23", .error, nil, nil,
                    "彙送 \(submission.entries.count) 筆，每檔須為 \(size.lowerBound) 至 \(size.upperBound) 筆",
                    "\(submission.entries.count) records; a submission has \(size.lowerBound) to \(size.upperBound)",
                    remedy: ("請分檔彙送", "split the submission")))
        }
        let encoding = submission.encoding.uppercased()
        if encoding != "UTF-8" && encoding != "UTF8" {
            found.append(
                CatalogueRule.finding(
                    "CAT-23", .error, nil, nil, "檔案編碼「\(submission.encoding.prefix(20))」非 UTF-8",
                    "the file is encoded as “\(submission.encoding.prefix(20))”, not UTF-8",
                    remedy: ("請以 UTF-8 匯出", "export it as UTF-8")))
        }
        guard submission.isPublic else { return found }
        for entry in submission.entries
        where entry.classification >= .restricted || entry.fields[.classification]?.values.isEmpty == false {
            let level = max(entry.classification, Classification(rawValue: entry[.classification] ?? "") ?? .public)
            guard level >= .restricted else { continue }
            // Nothing of the record is named but its place in the file.
            found.append(
                CatalogueRule.finding(
                    "CAT-10", .error, entry.id, .classification, "公開彙送檔含機密檔案目錄",
                    "a classified record is in a public submission",
                    remedy: (
                        "請自彙送檔移除；機密檔案目錄不彙送、不公布", "take it out; classified catalogues are neither sent nor published"
                    )))
        }
        return found
    }
}

extension CatalogueRules {
    /// CAT-24: items of one folder that cannot be told apart by their subjects.
    static func between(_ folder: CatalogueEntry?, _ items: [CatalogueEntry]) -> [Finding] {
        var groups: [String: [CatalogueEntry]] = [:]
        for item in items where item.classification < .restricted {
            if let subject = item[.subject] { groups[Folding.key(subject), default: []].append(item) }
        }
        return groups.values.filter { $0.count > 1 }.flatMap { same in
            same.dropFirst().map { item in
                let first = same[0].fileNumber?.text ?? same[0].id.rawValue
                return CatalogueRule.finding(
                    "CAT-24", .warning, item.id, .subject, path: item.fileNumber?.text, "案由與同卷案件 \(first) 相同",
                    "the subject is that of \(first) in the same folder",
                    remedy: ("請於案由載明差異（對象、事項或次別）", "say in the subject how the two differ"))
            }
        }.sorted { ($0.place.path ?? "") < ($1.place.path ?? "") }
    }

    /// CAT-02: one file number for two entries of a level.
    static func duplicates(_ batch: [CatalogueEntry]) -> [Finding] {
        var seen: Set<[String]> = []
        return batch.compactMap { entry in
            guard let number = entry.fileNumber, !seen.insert([entry.level.rawValue] + number.parts).inserted else {
                return nil
            }
            return CatalogueRule.finding(
                "CAT-02", .error, entry.id, nil, path: number.text, "檔號 \(number.text) 重複",
                "file number \(number.text) stands twice",
                remedy: ("請核對並改編其中一筆之目次號或案次號", "give one of the two another item or case number"))
        }
    }
}
