/// The numbers, dates and named things of one text, read together: what the three parsers give, at less than their
/// cost.
public struct TextFacts: Sendable {
    /// Numbers with their units, in order.
    public let quantities: [Quantity]
    /// Dates, times and deadlines, in order.
    public let dates: [DateExpression]
    /// Agencies, persons, numbers of the files, statutes and quoted titles, by their start.
    public let mentions: [Mention]

    /// Reads `text`, with dates resolved against `context` and names known from `roster`.
    public init(_ text: String, roster: RosterIndex = .generic, context: DateParser.Context = .init()) {
        let bytes = ByteText(text)
        let identifiers = IdentifierScanner.identifiers(in: bytes)
        dates = DateParser(context).expressions(in: bytes)
        quantities = NumberParser().quantities(in: bytes, dates: dates, identifiers: identifiers.map(\.range))
        mentions = MentionFinder(roster).mentions(in: bytes, dates: dates, identifiers: identifiers)
    }
}
