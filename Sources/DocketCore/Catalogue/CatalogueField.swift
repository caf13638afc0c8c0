/// A field of a catalogue entry (DOMAIN.md sections 3.2 and 3.3), with the form of its values.
///
/// Values are text in one normal form each, so that every way in and out reads and writes the same. Dates are ISO 8601 of the precision
/// that is known ("2021-10-26", "2021-10", "2021"); counts are decimal digits. File number, subject terms and notes of an
/// entry have members of their own.
public enum CatalogueField: String, Sendable, Codable, CaseIterable, Comparable {
    // MARK: Both levels

    /// 案名, the title of the folder; an item repeats it.
    case folderTitle
    /// 並列案名 or 並列案由, in another language.
    case parallelTitle
    /// 其他案名 or 其他案由.
    case otherTitle
    /// 保存年限: years in digits, or "permanent".
    case retention
    /// 原定保存年限, in the same form.
    case originalRetention
    /// 調整保存年限之原因.
    case retentionReason
    /// 密等 as a word of `Classification`; empty for what is not classified.
    case classification
    /// 解密條件或保密期限, as written.
    case declassification
    /// 解密日期.
    case declassifiedOn
    /// 儲存媒體型式, one value a medium.
    case storageMedia
    /// 應用限制: "open", "restricted", "unreviewed".
    case accessRestriction
    /// 目錄公布限制: "open" or "restricted".
    case publicationRestriction
    /// 應用註記.
    case accessNote
    /// 數量.
    case extentCount
    /// 計量單位, "頁", "件", "卷".
    case extentUnit
    /// 機關代碼.
    case agencyCode
    /// 單位代碼.
    case unitCode
    /// 編目人員.
    case cataloguedBy
    /// 編目日期.
    case cataloguedOn

    // MARK: Items

    /// 案由.
    case subject
    /// 主要發文者, 全銜.
    case principalSender
    /// 次要發文者, one value an agency.
    case otherSenders
    /// 受文者, one value an addressee.
    case recipients
    /// 收文字號.
    case incomingNumber
    /// 發文字號.
    case outgoingNumber
    /// 文件產生日期.
    case creationDate
    /// 附件名稱及數量, one value an attachment.
    case attachments
    /// 文別: 函, 令, 公告, 簽 …, as written.
    case documentKind
    /// 本別: 正本, 副本 …, as written.
    case copyKind
    /// 有關案件, one file number a value.
    case relatedItems
    /// 歸檔日期.
    case filedOn

    // MARK: Folders

    /// 檔案產生者, 全銜.
    case creator
    /// 有關機關, one value an agency.
    case relatedAgencies
    /// 案卷內文件起日.
    case dateFrom
    /// 案卷內文件迄日.
    case dateTo
    /// 卷數.
    case volumeCount
    /// 案情摘要, one value a sentence.
    case summary
    /// 基準項目編號.
    case scheduleItemCode
    /// 清理處置: "nationalArchives", "permanentAtAgency", "appraiseAtExpiry", "destroy".
    case disposition
    /// 外觀細節.
    case physicalDetail
    /// 參照案卷, one file number a value.
    case relatedFolders
    /// 移轉或移交日期.
    case transferredOn
    /// 移轉或移交機關.
    case transferredTo
    /// 銷毀日期.
    case destroyedOn
    /// 核准銷毀文號.
    case destructionApproval

    /// Order of the list above, which is the order of a page.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.order < rhs.order }

    /// Place in the list above.
    private var order: Int { Self.orders[self] ?? 0 }

    private static let orders = Dictionary(uniqueKeysWithValues: zip(allCases, allCases.indices))
}
