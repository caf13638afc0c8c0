import DocketCore
import DocketText

/// Assembles minutes from pieces in order: sections, items, statements, conclusions.
///
/// A small state machine. What a numbered paragraph belongs to follows from where it stands: below an outcome label it is
/// a conclusion, below a speaker part of the statement, otherwise an agenda item, by the level that items of its section
/// have.
struct MinutesBuilder {
    let work: WorkingText
    let reader: ConclusionReader
    let directory: PersonDirectory
    private(set) var minutes = MinutesStructure()
    /// Working range of every conclusion and item, for corrections and passages.
    private(set) var conclusionRanges: [Range<Int>] = []
    private(set) var itemRanges: [Range<Int>] = []
    private(set) var closing: Range<Int>?
    private(set) var notes: [Range<Int>] = []

    private let outline: SectionLevels
    private var section: (path: String, kind: AgendaItem.Kind, title: Range<Int>, isItem: Bool)?
    private var itemLevel: Int?
    private var block = Block.none
    private var unnumbered = 0

    private enum Block {
        case none
        case outcome(label: String, list: OutlineMarker.Level?, isOpen: Bool)
        case detail
        case statement
        case skipped
    }

    init(work: WorkingText, reader: ConclusionReader, directory: PersonDirectory, levels: SectionLevels) {
        self.work = work
        self.reader = reader
        self.directory = directory
        outline = levels
    }

    /// Takes what follows as conclusions without an item, labelled as the title labels them.
    mutating func beginConclusions(_ label: String) {
        section = ("", .general, 0..<0, false)
        block = .outcome(label: label, list: nil, isOpen: false)
    }

    mutating func build(_ pieces: [Piece]) {
        for (index, piece) in pieces.enumerated() {
            if closing != nil, !isNote(piece) { continue }
            take(piece, outline.startsItem(index))
        }
        finish(before: pieces.last?.body.upperBound ?? 0)
    }

    private func isNote(_ piece: Piece) -> Bool {
        piece.label?.label == .note || NoteReader.startsNote(work.text, piece.start..<piece.body.upperBound)
    }

    private mutating func take(_ piece: Piece, _ startsItem: Bool) {
        let whole = piece.start..<max(piece.start, piece.body.upperBound)
        if isNote(piece) { return notes.append(whole) }
        if isClosing(piece) {
            closing = whole
            return
        }
        if piece.isTable { return }
        if piece.marker == nil, piece.body.count < 40, SectionTitle.isContainer(work.text.words(piece.body)) { return }
        if outline.isSection(piece) { return openSection(piece) }
        if let label = piece.label, takeLabel(label, piece, startsItem) { return }
        if let speaker = piece.speaker, takesSpeaker { return openStatement(speaker, piece) }
        if let marker = piece.marker { return takeMarker(marker, piece, startsItem) }
        takeText(piece)
    }

    private func isClosing(_ piece: Piece) -> Bool {
        if piece.label?.label == .closing { return true }
        if piece.marker != nil || piece.heading != nil, piece.body.count < 90 {
            if LabelTable.hit(in: work.text, at: piece.body.lowerBound, before: piece.body.upperBound)?.label
                == .closing
            {
                return true
            }
        }
        return ClosingLine.matches(work.text, piece.body)
    }

    // MARK: Sections and items

    private mutating func openSection(_ piece: Piece) {
        var title = work.text.trimmed(piece.label.map { $0.range.lowerBound..<piece.body.upperBound } ?? piece.body)
        var rest: Range<Int>?
        // 報告事項：… with the first words of its content on the same line.
        if let colon = firstColon(in: title), title.count - (colon - title.lowerBound) > 3 {
            let head = work.text.trimmed(title.lowerBound..<colon)
            if SectionTitle.isBare(work.text.words(head)) {
                rest = work.text.trimmed(work.text.afterBlanks(colon + 3..<title.upperBound)..<title.upperBound)
                title = head
            }
        }
        let words = work.text.words(title)
        let path = piece.marker.map(OutlinePath.component) ?? OutlinePath.component(title: words)
        let kind = SectionTitle.kind(of: words) ?? .other
        section = (path, kind, title, false)
        minutes.sections.append(MeetingSection(path: path, title: work.words(title), kind: kind))
        itemLevel = nil
        unnumbered = 0
        block = kind == .general ? .outcome(label: words, list: nil, isOpen: false) : .none
        if kind == .readPrevious { makeSectionItem() }
        if let rest { takeText(Piece(start: rest.lowerBound, body: rest)) }
    }

    private func firstColon(in range: Range<Int>) -> Int? {
        work.text.first("：", in: range)
    }

    /// A section without items of its own is itself the item (壹、宣讀…).
    private mutating func makeSectionItem() {
        guard let current = section, !current.isItem else { return }
        section?.isItem = true
        appendItem(path: current.path, kind: current.kind, title: current.title)
    }

    private mutating func openItem(_ piece: Piece, number: String, title: Range<Int>) {
        let path = [section?.path, number].compactMap { $0 }.joined(separator: ".")
        if let marker = piece.marker { itemLevel = marker.level.rawValue }
        block = .none
        let kind = section?.kind ?? .other
        appendItem(path: path, kind: kind, title: title)
    }

    private mutating func appendItem(path: String, kind: AgendaItem.Kind, title: Range<Int>) {
        let split = SponsorReader.split(work.text, title, directory)
        let words = work.text.words(split.title)
        var kind = kind
        if kind == .report || kind == .other || kind == .discussion, let own = SectionTitle.kind(of: words) {
            if own == .trackingReview || own == .readPrevious && words.unicodeScalars.count < 60 || kind == .other {
                kind = own == .general ? kind : own
            }
        }
        minutes.items.append(
            AgendaItem(
                path: path, kind: kind, title: work.words(split.title),
                sponsor: split.sponsor.map { work.text.words($0) }, passages: work.passages(title)))
        itemRanges.append(title)
    }

    // MARK: Labels

    /// True when the label was one that the body knows.
    private mutating func takeLabel(_ hit: LabelHit, _ piece: Piece, _ startsItem: Bool) -> Bool {
        switch hit.label {
        case .outcome, .action:
            openOutcome(hit, piece)
        case .subject:
            takeSubject(hit, piece, startsItem)
        case .explanation, .proposal, .progress, .discussion, .attachment:
            guard !minutes.items.isEmpty || section != nil else { return false }
            openDetail(hit, piece)
        case .sponsor:
            guard !minutes.items.isEmpty, minutes.items[minutes.items.count - 1].sponsor == nil else { return false }
            minutes.items[minutes.items.count - 1].sponsor = work.words(piece.body).text
            extendItem(to: piece.body)
        default:
            return false
        }
        return true
    }

    private mutating func takeSubject(_ hit: LabelHit, _ piece: Piece, _ startsItem: Bool) {
        if let marker = piece.marker, startsItem || itemLevel == nil || marker.level.rawValue <= (itemLevel ?? 9) {
            return openItem(piece, number: OutlinePath.component(marker), title: piece.body)
        }
        // 案由 below a numbered line without words of its own gives that item its title.
        if let last = minutes.items.indices.last, minutes.items[last].title.text.isEmpty,
            minutes.items[last].details.isEmpty
        {
            let path = minutes.items[last].path
            let kind = minutes.items[last].kind
            minutes.items.removeLast()
            itemRanges.removeLast()
            return appendItem(path: path, kind: kind, title: piece.body)
        }
        unnumbered += 1
        let number = hit.number ?? unnumbered
        itemLevel = 1
        openItem(
            Piece(start: piece.start, body: piece.body), number: ChineseNumeral.string(number), title: piece.body)
    }

    private mutating func openDetail(_ hit: LabelHit, _ piece: Piece) {
        if minutes.items.isEmpty || sectionAwaitsItem { makeSectionItem() }
        guard let last = minutes.items.indices.last else { return }
        minutes.items[last].details.append(ItemDetail(label: hit.words, text: work.words(piece.body)))
        detailRange = work.text.trimmed(piece.body)
        detailRanges.append((last, minutes.items[last].details.count - 1, detailRange))
        extendItem(to: piece.body)
        block = .detail
    }

    /// True when the section has no item yet, so that what comes is about the section itself.
    private var sectionAwaitsItem: Bool {
        guard let section, !section.isItem, section.kind != .general else { return false }
        return !(minutes.items.last.map { $0.path == section.path || $0.path.hasPrefix(section.path + ".") } ?? false)
    }

    private mutating func openOutcome(_ hit: LabelHit, _ piece: Piece) {
        if sectionAwaitsItem { makeSectionItem() }
        if section?.kind != .general { extendItem(to: piece.start..<piece.body.upperBound) }
        block = .outcome(label: hit.words, list: nil, isOpen: false)
        if !work.text.trimmed(piece.body).isEmpty { addConclusion(piece.body, marker: nil) }
    }

    // MARK: Statements

    private var takesSpeaker: Bool {
        if case .outcome = block, section?.kind == .general { return false }
        return section != nil || !minutes.items.isEmpty
    }

    private mutating func openStatement(_ hit: SpeakerHit, _ piece: Piece) {
        if sectionAwaitsItem { makeSectionItem() }
        let words = Words(work.text.words(hit.phrase), at: work.original(hit.phrase))
        let body = work.text.trimmed(piece.body)
        minutes.statements.append(
            Statement(
                itemPath: minutes.items.last?.path, speaker: directory.resolve(hit.parts, words: words), verb: hit.verb,
                paragraphs: body.isEmpty ? [] : [work.words(body)]))
        statementRange = body
        extendItem(to: piece.start..<piece.body.upperBound)
        block = .statement
    }

    // MARK: Numbered paragraphs and text

    private mutating func takeMarker(_ marker: OutlineMarker, _ piece: Piece, _ startsItem: Bool) {
        let level = marker.level.rawValue
        switch block {
        case .outcome(let label, let list, _):
            let isGeneral = section?.kind == .general
            let floor = isGeneral ? 0 : (itemLevel ?? (section?.isItem == true ? outline.sectionLevel : 0))
            let belongs =
                level > floor || (!startsItem && list == marker.level)
                || (!startsItem && list == nil && marker.number == 1)
            guard belongs || isGeneral else { break }
            if let list, level > list.rawValue { return extendConclusion(to: piece) }
            block = .outcome(label: label, list: marker.level, isOpen: true)
            return addConclusion(piece.body, marker: marker)
        case .statement where level > (itemLevel ?? 2):
            return addParagraph(piece.body)
        case .detail where level > (itemLevel ?? 2) || !startsItem && level >= 2 && itemLevel == 1:
            return extendDetail(to: piece)
        default:
            break
        }
        if section?.isItem == true, itemLevel == nil, !startsItem { return takeText(piece) }
        if let itemLevel, level > itemLevel { return takeText(piece) }
        openItem(piece, number: OutlinePath.component(marker), title: piece.body)
    }

    private mutating func takeText(_ piece: Piece) {
        let body = work.text.trimmed(piece.start..<piece.body.upperBound)
        guard !body.isEmpty else { return }
        switch block {
        case .outcome(let label, _, let isOpen):
            if let code = Self.code(work.text, body) {
                block = .outcome(label: label, list: nil, isOpen: false)
                return addConclusion(code.rest..<body.upperBound, marker: nil, number: code.words)
            }
            if isOpen { return extendConclusion(to: piece) }
            block = .outcome(label: label, list: nil, isOpen: true)
            addConclusion(body, marker: nil)
        case .statement:
            addParagraph(body)
        case .detail:
            extendDetail(to: piece)
        case .none, .skipped:
            if OutcomeNote.matches(work.text, body), !minutes.items.isEmpty {
                block = .outcome(label: "", list: nil, isOpen: true)
                return addConclusion(body, marker: nil)
            }
            guard let last = minutes.items.indices.last, !sectionAwaitsItem else { return }
            if work.text.words(body) == "無。" || work.text.words(body) == "無" { return }
            minutes.items[last].details.append(ItemDetail(label: "", text: work.words(body)))
            detailRange = body
            detailRanges.append((last, minutes.items[last].details.count - 1, body))
            extendItem(to: body)
            block = .detail
        }
    }

    private var detailRange: Range<Int> = 0..<0
    /// Where every detail of every item stands; their words are taken at the end, since they grow line by line.
    private var detailRanges: [(item: Int, detail: Int, range: Range<Int>)] = []
    private var statementRange: Range<Int> = 0..<0

    /// A code such as "D1." or "A-3:" at the head of a line.
    private static func code(_ text: ByteText, _ range: Range<Int>) -> (words: String, rest: Int)? {
        var offset = range.lowerBound
        while offset < range.upperBound, (0x41...0x5A).contains(text.bytes[offset]), offset - range.lowerBound < 3 {
            offset += 1
        }
        guard offset > range.lowerBound else { return nil }
        if offset < range.upperBound, text.bytes[offset] == 0x2D { offset += 1 }
        let digits = offset
        while offset < range.upperBound, (0x30...0x39).contains(text.bytes[offset]), offset - digits < 3 { offset += 1 }
        guard offset > digits, let stop = text.scalar(at: offset, before: range.upperBound),
            [0x2E, 0x3A, 0xFF1A, 0x29].contains(stop.value)
        else { return nil }
        return (text.words(range.lowerBound..<offset), text.afterBlanks(stop.next..<range.upperBound))
    }

    private mutating func addParagraph(_ range: Range<Int>) {
        guard let last = minutes.statements.indices.last else { return }
        minutes.statements[last].paragraphs.append(work.words(range))
        extendItem(to: range)
    }

    private mutating func extendDetail(to piece: Piece) {
        guard let last = detailRanges.indices.last else { return }
        let start = detailRange.isEmpty ? piece.start : detailRange.lowerBound
        detailRange = start..<max(start, piece.body.upperBound)
        detailRanges[last].range = detailRange
        extendItem(to: detailRange)
    }

    // MARK: Conclusions

    private mutating func addConclusion(_ range: Range<Int>, marker: OutlineMarker?, number: String? = nil) {
        guard case .outcome(let label, let list, _) = block else { return }
        let isGeneral = section?.kind == .general
        let itemPath = isGeneral ? nil : minutes.items.last?.path
        let base = itemPath ?? section?.path
        let own = marker.map(OutlinePath.component) ?? number
        let path = [base, own].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ".")
        minutes.conclusions.append(
            Conclusion(itemPath: itemPath, path: path, label: label, text: work.words(range), types: []))
        conclusionRanges.append(work.text.trimmed(range))
        block = .outcome(label: label, list: list, isOpen: true)
        if !isGeneral { extendItem(to: range) }
    }

    private mutating func extendConclusion(to piece: Piece) {
        guard let last = conclusionRanges.indices.last else { return }
        let start = conclusionRanges[last].lowerBound
        conclusionRanges[last] = start..<max(start, work.text.trimmed(piece.start..<piece.body.upperBound).upperBound)
        if section?.kind != .general { extendItem(to: conclusionRanges[last]) }
    }

    private mutating func extendItem(to range: Range<Int>) {
        guard let last = minutes.items.indices.last, !range.isEmpty else { return }
        itemRanges[last] = itemRanges[last].lowerBound..<max(itemRanges[last].upperBound, range.upperBound)
    }

    // MARK: End

    private mutating func finish(before end: Int) {
        for index in minutes.items.indices where !itemRanges[index].isEmpty {
            let passages = work.passages(itemRanges[index])
            minutes.items[index].firstPassage = passages.lowerBound
            minutes.items[index].lastPassage = passages.upperBound
        }
        let kinds = Dictionary(minutes.items.map { ($0.path, $0.kind) }, uniquingKeysWith: { first, _ in first })
        for entry in detailRanges {
            minutes.items[entry.item].details[entry.detail].text = work.words(entry.range)
        }
        for index in minutes.conclusions.indices {
            minutes.conclusions[index].text = work.words(conclusionRanges[index])
            minutes.conclusions[index] = reader.read(
                minutes.conclusions[index], range: conclusionRanges[index],
                itemKind: minutes.conclusions[index].itemPath.flatMap { kinds[$0] })
        }
    }
}
