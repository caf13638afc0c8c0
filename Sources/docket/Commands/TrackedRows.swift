import DocketArchive
import DocketCore

/// Tracked items as rows of a table.
enum TrackedRows {
    static var header: [String] {
        [
            Phrase.columnNumber(), Phrase.columnState(), Phrase.columnScope(), Phrase.columnMeetings(),
            Phrase.columnText(),
        ]
    }

    static func row(_ item: TrackedItem) -> [String] {
        let isEnglish = Language.current == .en
        let state = item.state == .open ? Phrase.trackOpen() : Phrase.trackReleased()
        let parts = item.parts.map { part in
            let state = isEnglish ? " (\(shown(part.state)))" : "（\(shown(part.state))）"
            return (part.scope ?? "") + (part.state == item.state ? "" : state)
        }
        return [
            item.reference, state, parts.filter { !$0.isEmpty }.joined(separator: isEnglish ? ", " : "、"),
            history(item), item.text ?? "",
        ]
    }

    /// What happened to an item in one line, part by part.
    static func history(_ item: TrackedItem) -> String {
        let isEnglish = Language.current == .en
        let histories = item.parts.map { part in
            let steps = part.history.map { step in
                (step.ordinal.map(String.init) ?? step.date ?? "") + (isEnglish ? " " : "") + step.action.shown
            }
            let scope = item.parts.count > 1 ? part.scope.map { $0 + " " } ?? "" : ""
            return scope + steps.joined(separator: " → ")
        }
        return histories.joined(separator: isEnglish ? "; " : "；")
    }

    private static func shown(_ state: TrackedItem.State) -> String {
        state == .open ? Phrase.trackOpen() : Phrase.trackReleased()
    }
}
