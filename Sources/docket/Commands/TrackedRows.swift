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
        let state = item.state == .open ? Phrase.trackOpen() : Phrase.trackReleased()
        let parts = item.parts.map { part in
            (part.scope ?? "") + (part.state == item.state ? "" : "（\(shown(part.state))）")
        }
        let history = item.parts.flatMap(\.history).map { event in
            (event.ordinal.map(String.init) ?? event.date ?? "") + event.action.shown
        }
        return [
            item.reference, state, parts.filter { !$0.isEmpty }.joined(separator: "、"),
            history.joined(separator: " → "), item.text ?? "",
        ]
    }

    private static func shown(_ state: TrackedItem.State) -> String {
        state == .open ? Phrase.trackOpen() : Phrase.trackReleased()
    }
}
