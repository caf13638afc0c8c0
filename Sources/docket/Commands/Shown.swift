import DocketArchive
import DocketCore
import Foundation

// Words for the values of DocketCore in the language of this run.

extension Finding.Severity {
    /// Word for people.
    var shown: String {
        switch self {
        case .error: Phrase.severityError()
        case .warning: Phrase.severityWarning()
        case .information: Phrase.severityInformation()
        }
    }
}

extension Verdict {
    /// Mark and word for people; the mark alone never carries the meaning.
    var shown: String {
        switch self {
        case .supported: "✓ " + Phrase.verdictSupported()
        case .contradicted: "✗ " + Phrase.verdictContradicted()
        case .unsupported: "? " + Phrase.verdictUnsupported()
        }
    }
}

extension TrackingAction.Action {
    /// Word for people.
    var shown: String {
        switch self {
        case .release: Phrase.actionRelease()
        case .continue: Phrase.actionContinue()
        case .open: Phrase.actionOpen()
        case .split, .merge, .retitle: rawValue
        }
    }
}

extension MeetingReference {
    /// Reads "SERIES#ORDINAL", "SERIES@DATE", or the id of a meeting or a series alone.
    /// - Throws: `Failure` for a date that is none.
    init(text: String, role: Meeting.Role?) throws {
        let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
        if parts.count == 2, let ordinal = Int(parts[1]) {
            self.init(series: .any(parts[0]), ordinal: ordinal, role: role)
            return
        }
        let dated = text.split(separator: "@", maxSplits: 1).map(String.init)
        if dated.count == 2 {
            self.init(series: .any(dated[0]), date: try Words.date(dated[1]), role: role)
        } else {
            self.init(series: .any(text), role: role)
        }
    }
}

/// Findings as a table and as JSON lines.
enum FindingTable {
    /// Prints findings for people, one row each with its place and remedy.
    static func print(_ findings: [Finding]) {
        let rows = findings.map { finding in
            [finding.rule, finding.severity.shown, place(finding.place), line(finding)]
        }
        let header = [Phrase.columnRule(), Phrase.columnSeverity(), Phrase.columnPlace(), Phrase.columnMessage()]
        for line in Terminal.table(header, rows, limit: 110) { Terminal.print(line) }
    }

    private static func line(_ finding: Finding) -> String {
        let remedy = finding.remedy.shown
        return remedy.isEmpty ? finding.message.shown : "\(finding.message.shown) → \(remedy)"
    }

    /// A place in a few characters: path, claim, bytes.
    static func place(_ place: Finding.Place) -> String {
        var words: [String] = []
        if let path = place.path { words.append(path) }
        if let claim = place.claim { words.append("c\(claim)") }
        if let span = place.spans.first { words.append("\(span.start)–\(span.end)") }
        return words.joined(separator: " ")
    }
}
