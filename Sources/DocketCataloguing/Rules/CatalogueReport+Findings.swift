public import DocketCore

extension CatalogueReport {
    /// The report on `entries` of what the rules found on them.
    public init(on entries: [CatalogueEntry], findings: [Finding]) {
        let byID = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
        let rows = findings.map { finding in
            let entry = finding.place.entry.flatMap { byID[$0] }
            return Row(
                finding, fileNumber: entry?.fileNumber?.text ?? finding.place.path ?? "", level: entry?.level,
                fieldName: finding.place.field?.name)
        }
        let numbers = Dictionary(entries.compactMap { entry in entry.fileNumber.map { (entry.id, $0) } }) { first, _ in
            first
        }
        let order: [Finding.Severity] = [.error, .warning, .information]
        let sorted = rows.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.severity != b.severity {
                return (order.firstIndex(of: a.severity) ?? 3) < (order.firstIndex(of: b.severity) ?? 3)
            }
            let (one, two) = (a.entry.flatMap { numbers[$0] }, b.entry.flatMap { numbers[$0] })
            if one != two {
                guard let one else { return true }
                guard let two else { return false }
                return one < two
            }
            return a.rule == b.rule ? left.offset < right.offset : a.rule < b.rule
        }.map(\.element)
        let faulty = Set(rows.filter { $0.severity == .error }.compactMap(\.entry)).count
        self.init(entries: entries.count, faulty: faulty, rows: sorted)
    }
}
