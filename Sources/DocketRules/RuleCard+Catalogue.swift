internal import DocketCore

extension RuleCard {
    /// Checked by DocketCataloguing on catalogue entries: what they must say.
    static let ofCatalogueEntries: [RuleCard] = [
        RuleCard(
            "CAT-01", .error,
            finds: LocalizedText(
                "著錄層級不明：案件填有案卷之欄位，或案卷填有案件之欄位。",
                "A doubtful level: an item with fields of a folder, or a folder with fields of an item."),
            remedy: LocalizedText(
                "請確認為案件或案卷，並刪去不屬該層級之欄位。",
                "Decide between item and folder, and empty the field that does not belong there."),
            silent: LocalizedText("兩層級共有之欄位（案名、保存年限、密等）。", "Fields that both levels have.")),
        RuleCard(
            "CAT-02", .error,
            finds: LocalizedText(
                "檔號未編、不全、重複，或各部分含不合規定之字元或過長。",
                "A file number that is missing, incomplete or used twice, or a part with a wrong character or length."),
            remedy: LocalizedText("請依分類表及立案資料補正檔號。", "Complete or correct it from the scheme and the case list."),
            silent: LocalizedText(
                "前導零；案卷無卷次號、目次號者；各部分長度可於設定中調整。",
                "Leading zeros; folders without volume and item; lengths are a setting.")),
        RuleCard(
            "CAT-03", .error,
            finds: LocalizedText(
                "案卷之案名、產生者、起迄日期、保存年限、案情摘要或卷數未填。",
                "A folder without title, creator, dates, retention, summary or number of volumes."),
            remedy: LocalizedText("請依案卷資料補填。", "Fill it in from the folder."),
            silent: LocalizedText("機密案卷之案情摘要。", "The summary of a classified folder.")),
        RuleCard(
            "CAT-04", .error,
            finds: LocalizedText(
                "案件之案名、案由、來（受）文者、文件產生日期或保存年限未填。",
                "An item without folder title, subject, sender or recipient, date or retention."),
            remedy: LocalizedText("請依文件或案卷資料補填。", "Fill it in from the document or the folder."),
            silent: LocalizedText(
                "案名已由同批案卷載明者；機密案件之來（受）文者。",
                "A title that the folder in the same batch gives; senders of classified items.")),
        RuleCard(
            "CAT-05", .error,
            finds: LocalizedText(
                "起日晚於迄日，或文件日期不在案卷起迄日期內。",
                "A folder that begins after its end, or an item whose day is outside its folder."),
            remedy: LocalizedText("請核對文件日期與案卷起迄日期。", "Compare the days of the items with those of the folder."),
            silent: LocalizedText("僅載年或年月之日期，於該精確度內相符者。", "Dates of year or month that agree at that precision.")),
        RuleCard(
            "CAT-06", .error,
            finds: LocalizedText(
                "保存年限非永久、30、25、20、15、10、5、3、1 年。",
                "A retention period that is none of permanent, 30, 25, 20, 15, 10, 5, 3, 1 years."),
            remedy: LocalizedText("請改正；經核准之例外請於設定中登錄。", "Correct it, or register the approved exception."),
            silent: LocalizedText("設定中登錄之例外年限。", "Exceptions registered in the settings.")),
        RuleCard(
            "CAT-07", .error,
            finds: LocalizedText(
                "縮短保存年限而不符規定：原定逾20年、非銷毀、無電子複本，或所餘不足原年限之半（進位）。",
                "A shortened period that the regulation does not allow: over 20 years, no destruction, no electronic copy, or less than half (rounded up) left."
            ),
            remedy: LocalizedText("請回復原定保存年限，或補正條件。", "Restore the original period, or meet the conditions."),
            silent: LocalizedText("延長保存年限。", "Periods made longer.")),
        RuleCard(
            "CAT-08", .error,
            finds: LocalizedText("清理處置非規定之四種。", "A disposition that is none of the four."),
            remedy: LocalizedText(
                "請改為列為國家檔案、機關永久保存、屆期後鑑定或依規定程序銷毀。",
                "Use national archives, permanent at the agency, appraisal at expiry, or destruction."),
            silent: LocalizedText("未填清理處置者。", "An empty disposition.")),
        RuleCard(
            "CAT-09", .error,
            finds: LocalizedText("永久保存檔案列為銷毀。", "A permanent record marked for destruction."),
            remedy: LocalizedText("請核對保存年限與清理處置。", "Correct the retention period or the disposition."),
            silent: LocalizedText("定期保存者。", "Records kept for a time.")),
        RuleCard(
            "CAT-10", .error,
            finds: LocalizedText("公開彙送檔含機密檔案目錄。", "A classified record in a public submission."),
            remedy: LocalizedText(
                "請自彙送檔移除；機密檔案目錄不彙送、不公布。", "Take it out; classified catalogues are neither sent nor published."),
            silent: LocalizedText("不對外之匯出。", "Exports that stay inside.")),
        RuleCard(
            "CAT-11", .error,
            finds: LocalizedText(
                "應用限制由系統建議為開放而未經人工審認。", "An access restriction that was proposed as open and that nobody has reviewed."),
            remedy: LocalizedText("請由檔案管理人員審認後再填開放。", "Someone must review it first."),
            silent: LocalizedText("人工填載、審認或匯入者。", "What people wrote or accepted, and what came in with a file.")),
        RuleCard(
            "CAT-12", .warning,
            finds: LocalizedText("主題項不在所用詞彙表。", "A subject term that is in no scheme in use."),
            remedy: LocalizedText("請改用詞彙表之詞，或列為新詞建議。", "Use a term of the scheme, or propose it as a new one."),
            silent: LocalizedText("未指定詞彙表時；已退回之詞。", "No scheme given; rejected terms.")),
        RuleCard(
            "CAT-13", .warning,
            finds: LocalizedText(
                "案情摘要不足80字或逾300字（英文不足200或逾900字元）。",
                "A summary of fewer than 80 or more than 300 characters (English: 200 to 900)."),
            remedy: LocalizedText(
                "文件所載有限時得較短，請確認是否尚有可補之事實；過長者請刪去次要事實。",
                "Short is right where the items say little; add what they hold beyond it. Of a long one leave out what matters least."
            ),
            silent: LocalizedText("案件；未填案情摘要者（CAT-03）。", "Items; an empty summary (CAT-03).")),
        RuleCard(
            "CAT-14", .error,
            finds: LocalizedText("系統所擬案情摘要之語句未引用來源。", "A sentence of a proposed summary that rests on nothing."),
            remedy: LocalizedText("請補上所據文件之處，或刪去該句。", "Cite the place that it rests on, or delete the sentence."),
            silent: LocalizedText("人工撰寫或匯入之摘要。", "Summaries that people wrote or that came in with a file.")),
    ]

    /// Checked there too: wording, what becomes of records, submissions.
    ///
    /// CAT-27 and CAT-28 are the project's own.
    static let ofCatalogueKeeping: [RuleCard] = [
        RuleCard(
            "CAT-15", .warning,
            finds: LocalizedText(
                "題名、案由、案情摘要或附註含個人資料；匯出時為錯誤。", "Personal data in a title, subject, summary or note; an error on export."),
            remedy: LocalizedText("請遮蔽或刪去。", "Mask it or take it out."),
            silent: LocalizedText(
                "文號、檔號、日期、金額；載明職稱之公務人員；已遮蔽者（陳◯◯）。",
                "Numbers of documents and files, dates, amounts; officials with their title; what is masked.")),
        RuleCard(
            "CAT-16", .error,
            finds: LocalizedText("機密案件載有附件名稱。", "A classified item that names its attachments."),
            remedy: LocalizedText("請刪去附件名稱。", "Take the names out."),
            silent: LocalizedText("附件名稱僅載於文件者。", "Names that stand in the document alone.")),
        RuleCard(
            "CAT-17", .warning,
            finds: LocalizedText("題名、案由、案情摘要或附註有半形標點。", "Half-width punctuation in a title, subject, summary or note."),
            remedy: LocalizedText("標點符號請以全形輸入。", "Write punctuation in full width."),
            silent: LocalizedText(
                "數字及外文內之標點（1,326；9:30）；英文著錄。", "Marks inside figures and Latin words; English entries.")),
        RuleCard(
            "CAT-18", .error,
            finds: LocalizedText("保存年限經調整而未載原定年限或調整原因。", "An adjusted period without the original one or the reason."),
            remedy: LocalizedText("請補填原定保存年限及調整原因。", "Give the original period and the reason."),
            silent: LocalizedText("未調整者。", "Periods that were not adjusted.")),
        RuleCard(
            "CAT-19", .error,
            finds: LocalizedText(
                "日期在今日之後；或早於機關成立、改制日（警告）。", "A day in the future; or (as a warning) before the agency had its name."),
            remedy: LocalizedText(
                "請核對日期及年制，或改用當時之機關全銜。", "Correct the day or its calendar, or use the name of that time."),
            silent: LocalizedText("名冊未載起日之機關；未給今日日期時。", "Agencies without a first day in the roster; no day given.")),
        RuleCard(
            "CAT-20", .warning,
            finds: LocalizedText("產生已逾6個月而目錄尚未彙送。", "A record that was not submitted within six months."),
            remedy: LocalizedText("請列入下次目錄彙送。", "Put it into the next submission."),
            silent: LocalizedText("機密檔案；已彙送或已接受者。", "Classified records; those submitted or accepted.")),
        RuleCard(
            "CAT-21", .error,
            finds: LocalizedText("已銷毀檔案未載核准文號或銷毀日期。", "A destroyed record without the approval's number or the day."),
            remedy: LocalizedText("請補填核准銷毀文號及銷毀日期。", "Give both."),
            silent: LocalizedText("未銷毀者。", "Records that were not destroyed.")),
        RuleCard(
            "CAT-22", .warning,
            finds: LocalizedText(
                "永久保存案卷自文件迄日起滿25年，尚未移轉或延長。",
                "A permanent folder 25 years after its last item, neither transferred nor extended."),
            remedy: LocalizedText("請辦理移轉，或報核延長並於附註項載明。", "Transfer it, or note the approved extension."),
            silent: LocalizedText("已移轉者；附註項載明延長者。", "Folders transferred, or with a note of the extension.")),
        RuleCard(
            "CAT-23", .error,
            finds: LocalizedText(
                "彙送檔逾3,000筆、無資料，或編碼不符。", "A submission of more than 3,000 records or none, or in a wrong encoding."),
            remedy: LocalizedText("請分檔，並以 UTF-8 匯出。", "Split it, and export it as UTF-8."),
            silent: LocalizedText("筆數上下限可於設定中調整。", "The limits are a setting.")),
        RuleCard(
            "CAT-24", .warning,
            finds: LocalizedText("同一案卷之不同案件案由相同。", "Items of one folder with the same subject."),
            remedy: LocalizedText("請於案由載明差異（對象、事項或次別）。", "Say in the subject how they differ."),
            silent: LocalizedText("機密案件。", "Classified items.")),
        RuleCard(
            "CAT-25", .warning,
            finds: LocalizedText("並列或其他題名與題名相同。", "A parallel or other title that repeats the title."),
            remedy: LocalizedText("請刪去，或填入另一語文或另一名稱。", "Empty it, or give the other language or name."),
            silent: LocalizedText("全形半形、臺台之外確有不同者。", "Titles that differ in more than width or variant characters.")),
        RuleCard(
            "CAT-26", .error,
            finds: LocalizedText("機密檔案於解密前銷毀。", "A classified record destroyed before its declassification."),
            remedy: LocalizedText(
                "請查明解密日期並補正；未解密者不得銷毀。", "Find out when it was declassified; what is not must not be destroyed."),
            silent: LocalizedText("銷毀日在解密日以後者。", "Records destroyed on or after that day.")),
        RuleCard(
            "CAT-27", .warning,
            finds: LocalizedText(
                "案卷內各件保存年限不一；案卷取其最長者。", "Items of a folder with different retention periods; the longest is proposed."),
            remedy: LocalizedText("請依保存年限區分表確認。", "Decide by the retention schedule."),
            silent: LocalizedText("未載保存年限之案件。", "Items that state none.")),
        RuleCard(
            "CAT-28", .information,
            finds: LocalizedText(
                "案卷含機密文件，案情摘要未摘錄其內容。", "A folder with classified items of which the summary tells nothing."),
            remedy: LocalizedText(
                "請由具權限人員審認案情摘要是否足以說明全案。",
                "Someone cleared for them must judge whether the summary still tells the case."),
            silent: LocalizedText("無機密文件之案卷。", "Folders without classified items.")),
    ]
}
