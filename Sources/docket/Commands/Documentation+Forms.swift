import DocketArchive
import DocketCore

extension Documentation {
    /// The stable machine-readable forms, with the closed lists taken from the code.
    static var machineForms: String {
        """
        # Machine-readable forms

        With `--json` a command prints one JSON object a line; keys stand in alphabetical order, absent values are left
        out. Failures go to standard error as `{"error":{"code":CODE,"message":LINE}}` with the exit code in `code`.

        | command | one object a line |
        | --- | --- |
        | `add` | `{"duplicate","id","kind","title"}` a source; records of a container file one by one |
        | `add --kind vocabulary` | `{"concepts","duplicate","findings","id","kind","labels","name","title","version"}` |
        | `list` | a source, draft, meeting, tracked item or vocabulary |
        | `show ID` | the whole structure as read: text, passages, segments, outline, minutes, report, letter, findings |
        | `draft …`, `check ID` | the verified draft, or the findings |
        | `draft …` of a batch | `{"batch"?,"isNew","job","source"}` a source that was taken |
        | `jobs` | a job `{"attempts","batch"?,"changedAt","createdAt","createdBy","draft"?,"engine","failures","id", \
        "kind","nextTry"?,"priority","reason"?,"source"?,"state","step","stepsDone","stepsTotal","title","tokens"}` |
        | `work` | an event as it happens: `{"event":"started"}`, `"done"`, `"failed"`, `"parked"`, `"resumed"`, `"lost"`, \
        `"stopping"`, `"progress"`; last line `{"event":"end"}` with what was done |
        | `search` | a hit `{"date","id","kind","rank","score","snippet","source","title","why"}`; \
        last line `{"capped","milliseconds","order","total"}` |
        | `search --batch FILE` | reads `{"id"?,"query","limit"?,"filters"?,"today"?}`, a table with these columns, or one \
        query a line; answers `{"capped","hits","id","milliseconds","total"}`, or `{"error","id"?,"line"}` |
        | `search --saved NAME --since-last` | a hit as of `search`, with `"change"`: `new` or `changed`; \
        last line `{"capped","changed","complete","milliseconds","new","order","shown","since"?,"total"}` |
        | `search --list-saved`, `search --save NAME` | a saved search \
        `{"filters","literal","name","order"?,"query","savedAt","savedBy","toldAt"?}`; `--save` then answers as `search` |
        | `check --claims FILE` | reads `{"id","sources":[{"id","text"}],"claim"}`; answers `{"id","reasons","verdict"}` |

        Ids of catalogue records come back in hits as `external`. `filters` has the keys `kind`, `series`, `agency`,
        `from`, `to` and `status`.

        ## Verdicts

        \(list(Verdict.allCases.map(\.rawValue)))

        A reason is `{"claimWords","evidenceWords","span"?,"type"}`. Its type is one of:

        \(list(ReasonType.allCases.map(\.rawValue)))

        ## Kinds

        Sources: \(list(SourceKind.allCases.map(\.rawValue)))

        Results: \(list(ResultKind.allCases.map(\.rawValue)))

        Classifications, lowest first: \(list(Classification.allCases.map(\.rawValue)))

        Review states: \(list(ReviewState.allCases.map(\.rawValue)))

        Job states: \(list(JobState.allCases.map(\.rawValue)))

        """
    }

    private static func list(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }
}
