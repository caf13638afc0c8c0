extension RuleSet {
    /// Every rule of text, numbers, minutes and reports, in the order of their numbers.
    public static let standard = RuleSet(text + numbers + minutes + reports)

    private static let text: [any Rule] = [
        UnclosedPairs(), RosterSpelling(), ConfusedWords(), NumeralUsage(), MixedBracketWidth(),
    ]

    private static let numbers: [any Rule] = [TableSums(), Percentages(), ExcessRemainder(), UnitInSeries()]

    private static let minutes: [any Rule] = [
        RequiredParts(), AttendanceGiven(), ItemOutcomes(), PreviousMeeting(), MeetingTimes(), Signatures(),
        DeclaredCounts(), KnownReferences(), ReleaseAndContinue(), FutureReferences(), Weekdays(), TwelveHourWords(),
        MinutesNumbering(), TaskAddressees(), TaskDueDates(), OutcomeWords(), VoteCounts(), CorrectionTargets(),
        CorrectedBody(), CommitmentsOfStatements(), UnresolvedSpeakers(), ClassificationOfSources(), Disclosure(),
        ObserverRights(),
    ]

    private static let reports: [any Rule] = [
        ReportNumbering(), StatedPeriod(), ChangedFigures(), MissedTargets(), DefinedTerms(), RepeatedBlocks(),
    ]
}
