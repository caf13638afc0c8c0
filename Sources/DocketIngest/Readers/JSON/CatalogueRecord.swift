import DocketCore
import DocketText

/// A catalogue record, from JSON or from a row of a table: title, abstract or text, subjects and a few facts.
///
/// Its text is the title, the abstract and the text, one passage each. Subjects, agency and code are what somebody said
/// about the record; they are facts, not text.
struct CatalogueRecord {
    var identity: String?
    var title = ""
    var abstract = ""
    var text = ""
    var subjects: [String] = []
    var agency: String?
    var date: String?
    var code: String?
    var language: String?
    var classification: Classification?
    /// Other facts by the name they have in Docket.
    var facts: [String: String] = [:]

    /// Separates the values of a fact that has several, as in "subjects".
    static let separator = "\n"

    /// The record of a JSON object; nil when it has none of title, abstract, text.
    init?(_ value: JSONValue) {
        guard value.object != nil else { return nil }
        identity = value["id"]?.label
        title = value["title"]?.string ?? ""
        abstract = value["abstract"]?.string ?? value["summary"]?.string ?? ""
        text = value["text"]?.string ?? value["body"]?.string ?? ""
        guard !(title.isEmpty && abstract.isEmpty && text.isEmpty) else { return nil }
        subjects = (value["subjects"] ?? value["keywords"])?.strings ?? []
        agency = value["agency"]?.label
        date = value["date"]?.label
        code = (value["code"] ?? value["fileNumber"])?.label
        language = LanguageTag.known(value["lang"]?.string ?? value["language"]?.string)
        for name in ["category", "discipline", "kind", "series"] {
            facts[name] = value[name]?.label
        }
    }

    /// A record of columns, set one by one.
    init() {}

    /// The record as a source of kind `record`.
    func extract(at place: RecordPlace, mediaType: String = "application/jsonl") throws(IngestError) -> ExtractedText {
        var assembler = TextAssembler(fileName: place.fileName, limits: place.limits)
        if !title.isEmpty { try assembler.append(title, kind: .heading, level: 1, mark: "title") }
        if !abstract.isEmpty { try assembler.append(abstract, mark: "abstract") }
        if !text.isEmpty {
            let isFirst = title.isEmpty && abstract.isEmpty
            for range in Self.paragraphs(text) { try assembler.append(range, mark: isFirst ? nil : "text") }
        }
        guard !assembler.isBlank else { throw .noText(file: place.fileName, format: "record") }
        var extracted = assembler.extracted(mediaType: mediaType, encoding: TextEncoding.utf8.rawValue, kind: .record)
        extracted.title = title.isEmpty ? nil : title
        extracted.language = language
        extracted.date = date.flatMap(ISODate.record)
        extracted.classification = classification
        extracted.facts = facts
        extracted.facts["external"] = identity
        extracted.facts["agency"] = agency
        extracted.facts["code"] = code
        if extracted.date == nil, let date { extracted.facts["date"] = date }
        if !subjects.isEmpty { extracted.facts["subjects"] = subjects.joined(separator: Self.separator) }
        return extracted
    }

    /// Lines of a text with several paragraphs; the text itself when it has none.
    private static func paragraphs(_ text: String) -> [Substring] {
        let lines = text.split(separator: "\n").filter { !$0.trimmed.isEmpty }
        return lines.isEmpty ? [text[...]] : lines
    }
}
