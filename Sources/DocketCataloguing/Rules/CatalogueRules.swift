public import DocketCore

/// The rules of the catalogue: CAT-01 to CAT-28, and those of SEC that concern entries (DOMAIN.md section 12).
///
/// Pure functions of entries and context: nothing is changed, nothing is looked up. Each finding names its entry and field, says what is
/// wrong and what to do in both languages, and never repeats text of a classified entry. Time is linear in the number of entries and
/// the length of their fields.
public enum CatalogueRules {
    /// What is wrong with one entry by itself.
    ///
    /// An item without 案名 is reported only here, not in a batch in which its folder has one.
    public static func findings(on entry: CatalogueEntry, _ context: CatalogueContext = CatalogueContext()) -> [Finding]
    {
        findings(on: entry, context, folder: nil)
    }

    /// What is wrong with a folder and its items, together and one by one: the folder's own findings, those of each item in order, those
    /// between them.
    public static func findings(
        on folder: CatalogueEntry, items: [CatalogueEntry], _ context: CatalogueContext = CatalogueContext()
    ) -> [Finding] {
        findings(on: folder, context, folder: nil) + items.flatMap { findings(on: $0, context, folder: folder) }
            + between(folder, items)
    }

    /// What is wrong with a batch of entries: each item is held against the folder of its file number where that is in the batch.
    public static func findings(on batch: [CatalogueEntry], _ context: CatalogueContext = CatalogueContext())
        -> [Finding]
    {
        var folders: [FileNumber: CatalogueEntry] = [:]
        for entry in batch where entry.level == .folder {
            if let number = entry.fileNumber, folders[number.folder] == nil { folders[number.folder] = entry }
        }
        var items: [FileNumber: [CatalogueEntry]] = [:]
        var found: [Finding] = []
        for entry in batch {
            let number = entry.level == .item ? entry.fileNumber?.folder : nil
            if let number { items[number, default: []].append(entry) }
            found += findings(on: entry, context, folder: number.flatMap { folders[$0] })
        }
        for (number, members) in items.sorted(by: { $0.key < $1.key }) { found += between(folders[number], members) }
        return found + duplicates(batch)
    }

    /// What is wrong with a submission: its entries as a batch, its size and encoding, and what must not be in it.
    public static func findings(
        on submission: CatalogueSubmission, _ context: CatalogueContext = CatalogueContext()
    ) -> [Finding] {
        var context = context
        context.purpose = .export
        return findings(on: submission.entries, context) + SubmissionRules.findings(on: submission, context)
    }

    private static func findings(on entry: CatalogueEntry, _ context: CatalogueContext, folder: CatalogueEntry?)
        -> [Finding]
    {
        let check = EntryCheck(entry, context, folder)
        return check.level() + check.fileNumber() + check.required() + check.dates() + check.retention()
            + check.disposition()
            + check.access() + check.subjects() + check.summary() + check.wording() + check.classified() + check.life()
            + check.security()
    }
}
