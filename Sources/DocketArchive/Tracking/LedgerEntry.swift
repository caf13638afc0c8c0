import DocketCore

/// One line of minutes (or of a paper) about one tracked item, as it is kept for computing the ledger.
struct LedgerEntry: Sendable, Equatable, Codable {
    var source: SourceID
    var reference: String
    /// Nil for evidence of progress: a statement or a paper that speaks of the item.
    var action: TrackingAction.Action?
    var scope: String?
    var proviso: String?
    var path: String
    var span: SourceSpan
    var isNumberProposed: Bool
    /// The conclusion that opened it.
    var opening: Opening?
    var classification: Classification
    /// Scopes of the source.
    var sourceScope: String

    struct Opening: Sendable, Equatable, Codable {
        var text: String
        var addressees: [String]
        /// True when it asks a group (各機關): nobody can say then which agencies are meant.
        var asksGroup: Bool
        var due: [String]
    }

    /// All entries of minutes, in the order of their text, evidence after actions.
    static func entries(of minutes: MinutesStructure, in document: SourceDocument) -> [LedgerEntry] {
        let conclusions = Dictionary(minutes.conclusions.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let actions = minutes.trackingActions.map { action in
            var entry = LedgerEntry(document, reference: action.reference, at: action.words.range)
            entry.action = action.action
            entry.scope = action.scope
            entry.proviso = action.proviso
            entry.path = action.conclusionPath
            entry.isNumberProposed = action.isNumberProposed
            if action.action == .open { entry.opening = conclusions[action.conclusionPath].map(Opening.init) }
            return entry
        }
        var evidence: [LedgerEntry] = []
        for statement in minutes.statements {
            for words in statement.paragraphs {
                for reference in References.find(in: words.text) {
                    var entry = LedgerEntry(document, reference: reference, at: words.range)
                    entry.path = statement.itemPath ?? ""
                    evidence.append(entry)
                }
            }
        }
        return actions + evidence
    }

    /// Evidence of a paper: one entry for every item that its text names.
    static func entries(ofPaper document: SourceDocument) -> [LedgerEntry] {
        var seen: Set<String> = []
        return document.passages.flatMap { passage in
            References.find(in: document.text(in: passage.range)).filter { seen.insert($0).inserted }.map {
                LedgerEntry(document, reference: $0, at: passage.range)
            }
        }
    }

    private init(_ document: SourceDocument, reference: String, at range: Range<Int>) {
        source = document.id
        self.reference = reference
        path = ""
        span = document.span(range)
        isNumberProposed = false
        classification = document.classification
        sourceScope = document.scope
    }
}

extension LedgerEntry.Opening {
    init(_ conclusion: Conclusion) {
        text = conclusion.text.text
        addressees = conclusion.addressees.map { $0.agency ?? $0.words.text }
        asksGroup = conclusion.addressees.contains { $0.group != nil }
        due = conclusion.due.map(\.words.text)
    }
}

/// Tracking numbers in running text: 1-4 digits, a hyphen of any width, 1-3 digits, and no digit or hyphen around them
/// (so that 110-10-26 and 02-27208889 are none).
enum References {
    static func find(in text: String) -> [String] {
        var found: [String] = []
        var left: [UInt8] = []
        var right: [UInt8] = []
        var isJoined = false
        var isSpoiled = false
        func finish() {
            if isJoined, !isSpoiled, (1...4).contains(left.count), (1...3).contains(right.count),
                left.first != zero, right.first != zero
            {
                found.append(String(decoding: left + [UInt8(ascii: "-")] + right, as: UTF8.self))
            }
            (left, right, isJoined, isSpoiled) = ([], [], false, false)
        }
        for scalar in text.unicodeScalars {
            if let digit = digit(scalar) {
                if isJoined { right.append(digit) } else { left.append(digit) }
            } else if hyphens.contains(scalar) {
                if left.isEmpty || isJoined { isSpoiled = true }
                isJoined = true
            } else {
                finish()
            }
        }
        finish()
        return found
    }

    private static let zero = UInt8(ascii: "0")
    private static let hyphens: Set<Unicode.Scalar> = ["-", "－", "—", "–", "‐", "‑", "﹣"]

    private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0x30...0x39: UInt8(scalar.value)
        case 0xFF10...0xFF19: UInt8(scalar.value - 0xFF10 + 0x30)
        default: nil
        }
    }
}
