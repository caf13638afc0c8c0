import DocketCore

/// The words of the rules TRK-01 … TRK-06 and MIN-08 (DOMAIN.md section 12).
enum LedgerFindings {
    static func notUnique(_ reference: String, at spans: [SourceSpan], path: String) -> Finding {
        Finding(
            rule: "TRK-01", severity: .error, place: Finding.Place(spans: spans, path: path),
            message: LocalizedText(
                zhHant: "列管編號 \(reference) 在本會議系列出現兩次立案",
                en: "tracking number \(reference) is opened twice in the series"),
            remedy: LocalizedText(zhHant: "請改編其中一案", en: "give one of the items another number"))
    }

    static func noEvidence(_ reference: String, _ entry: LedgerEntry) -> Finding {
        finding(
            "TRK-02", .error, entry,
            zhHant: "列管編號 \(named(reference, entry)) 自上次賡續列管後無辦理情形即解除列管",
            en: "\(named(reference, entry)) is released without any progress since it was last continued",
            remedy: LocalizedText(
                zhHant: "請補連結執行情形資料，或確認解除依據", en: "link the progress report, or confirm what the release rests on"))
    }

    static func openTooLong(_ item: TrackedItem, meetings: Int, limit: Int, at span: SourceSpan?) -> Finding {
        Finding(
            rule: "TRK-03", severity: .warning, place: Finding.Place(spans: span.map { [$0] } ?? []),
            message: LocalizedText(
                zhHant: "列管編號 \(item.reference) 已歷 \(meetings) 次會議仍未解除（提醒門檻 \(limit) 次）",
                en: "\(item.reference) has been open for \(meetings) meetings (limit \(limit))"),
            remedy: LocalizedText(zhHant: "請主辦機關說明進度或提報督導長官", en: "ask the agency in charge for a date, or escalate"))
    }

    static func overlap(_ reference: String, at spans: [SourceSpan], path: String) -> Finding {
        Finding(
            rule: "TRK-04", severity: .error, place: Finding.Place(spans: spans, path: path),
            message: LocalizedText(
                zhHant: "列管編號 \(reference) 各部分之機關範圍重疊", en: "the parts of \(reference) overlap"),
            remedy: LocalizedText(zhHant: "請確認各部分之主辦機關", en: "say for each part which agency it means"))
    }

    static func notCovered(
        _ reference: String, _ scope: String, _ agencies: [String], at span: SourceSpan, path: String
    ) -> Finding {
        let rest = agencies.joined(separator: "、")
        return Finding(
            rule: "TRK-04", severity: .error, place: Finding.Place(spans: [span], path: path),
            message: LocalizedText(
                zhHant: "列管編號 \(reference)（\(scope)部分）已解除，其餘部分\(rest.isEmpty ? "" : "（\(rest)）")未交代",
                en:
                    "\(reference) is released for \(scope) and nothing is said of the rest\(rest.isEmpty ? "" : " (\(rest))")"
            ),
            remedy: LocalizedText(zhHant: "請註明其餘部分解除或賡續列管", en: "release or continue the rest by name"))
    }

    static func reopened(_ reference: String, _ entry: LedgerEntry) -> Finding {
        finding(
            "TRK-05", .error, entry, zhHant: "列管編號 \(named(reference, entry)) 已解除列管後又恢復，未附理由",
            en: "\(named(reference, entry)) is taken up again after its release, without a reason",
            remedy: LocalizedText(zhHant: "請於括弧內註明恢復列管之理由", en: "give the reason in parentheses behind the number"))
    }

    static func outOfOrder(_ reference: String, date: String, latest: String, _ entry: LedgerEntry) -> Finding {
        finding(
            "TRK-06", .error, entry, zhHant: "列管編號 \(reference) 之處置日期 \(date) 早於前次處置 \(latest)",
            en: "\(reference) is acted on at \(date), before its earlier action of \(latest)",
            remedy: LocalizedText(zhHant: "請核對會議日期與次別", en: "check the meeting's date and ordinal"))
    }

    static func alreadyReleased(_ reference: String, _ entry: LedgerEntry) -> Finding {
        finding(
            "MIN-08", .error, entry, zhHant: "所引列管編號 \(named(reference, entry)) 已於先前會議解除列管",
            en: "\(named(reference, entry)) was released by an earlier meeting",
            remedy: LocalizedText(zhHant: "請核對列管編號", en: "check the number"))
    }

    static func doesNotExist(_ reference: String, _ entry: LedgerEntry, isSure: Bool) -> Finding {
        finding(
            "MIN-08", isSure ? .error : .warning, entry, zhHant: "所引列管編號 \(reference) 不在其來源會議之列管案中",
            en: "\(reference) is not among the items that its meeting opened",
            remedy: LocalizedText(zhHant: "請核對列管編號", en: "check the number"))
    }

    private static func finding(
        _ rule: String, _ severity: Finding.Severity, _ entry: LedgerEntry, zhHant: String, en: String,
        remedy: LocalizedText
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, place: Finding.Place(spans: [entry.span], path: entry.path),
            message: LocalizedText(zhHant: zhHant, en: en), remedy: remedy)
    }

    private static func named(_ reference: String, _ entry: LedgerEntry) -> String {
        entry.scope.map { "\(reference)（\($0)部分）" } ?? reference
    }
}
