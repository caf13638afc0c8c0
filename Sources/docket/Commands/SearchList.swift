import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// How a list of searches is answered.
struct SearchListOptions: ParsableArguments {
    @Flag(name: .long, help: ArgumentHelp(Phrase.searchCSV())) var csv = false
}

extension Search {
    /// Refuses what does not go together.
    func checkOptions() throws {
        let conditions = [
            ("--kind", kind), ("--series", series), ("--agency", agency), ("--from", from), ("--to", to),
            ("--status", status), ("--order", order),
        ].filter { $0.1 != nil }.map { (name: $0.0, withSave: true, withSaved: false) }
        var others = conditions
        if !words.isEmpty { others.append((Phrase.failWords(), true, false)) }
        if !literal.isEmpty { others.append(("--literal", true, false)) }
        if page != nil { others.append(("--page", false, true)) }
        if batch != nil { others.append(("--batch", false, false)) }
        if list.csv { others.append(("--csv", false, false)) }
        try saved.check(besides: others)
        if list.csv, global.json { throw Failure(.usage, Phrase.failTogether("--csv", "--json")) }
        if batch != nil || list.csv, page != nil {
            throw Failure(.usage, Phrase.failTogether(list.csv ? "--csv" : "--batch", "--page"))
        }
        if batch != nil, !words.isEmpty { throw Failure(.usage, Phrase.failTogether("--batch", Phrase.failWords())) }
    }

    /// Answers every query of the list, or the one of the command line.
    func runList(limit: Int, in workspace: Workspace) async throws {
        let answers: any SearchAnswers =
            if list.csv { CSVAnswers() } else if global.json { JSONAnswers() } else { TableAnswers() }
        var defaults = SearchRequest(
            "", filters: try filters(), viewer: workspace.viewer, order: try Words.value(order, of: "--order"),
            limit: limit, today: try day)
        defaults.literal = Set(literal)
        let run = SearchList(defaults: defaults, answers: answers, isQuiet: global.quiet)
        guard let batch else {
            var query = ListedQuery(id: "1", query: words.joined(separator: " "))
            query.limit = limit
            return try await run.answer(query, in: workspace)
        }
        let isPipe = batch == "-"
        let handle = isPipe ? FileHandle.standardInput : try Self.handle(batch)
        defer { if !isPipe { try? handle.close() } }  // it was only read
        try await run.answer(QueryList(handle, file: isPipe ? "-" : batch), in: workspace)
    }

    private static func handle(_ path: String) throws -> FileHandle {
        let url = try Words.file(path)
        do { return try FileHandle(forReadingFrom: url) } catch { throw PipelineError.cannotRead(file: path) }
    }
}

/// Where the answers to a list go.
protocol SearchAnswers {
    /// Before the first answer.
    func begin()
    /// The answer to one query.
    func show(_ query: ListedQuery, _ timed: Workspace.TimedAnswer) throws
    /// Why a line was not answered, with its name and words as far as they could be read.
    func refuse(line: Int, id: String?, query: String?, _ failure: Failure) throws
}

/// Runs the searches of a list, one after the other: never more than one query and its answer is in memory.
struct SearchList {
    /// What holds where a query says nothing else.
    let defaults: SearchRequest
    let answers: any SearchAnswers
    let isQuiet: Bool

    /// Answers every query; a bad line is answered by an error and ends the run with its code.
    func answer(_ queries: QueryList, in workspace: Workspace) async throws {
        var queries = queries
        // On one terminal the answers themselves show how far it is.
        let progress = Progress(
            Phrase.progressSearch(), total: nil, isQuiet: isQuiet || Terminal.outputIsTerminal)
        defer { progress.finish() }
        var (count, isBegun) = (0, false)
        var failed: ExitStatus?
        while let element = try queries.next() {
            if !isBegun {
                isBegun = true
                let unused = queries.unusedColumns
                if !unused.isEmpty, !isQuiet {
                    Terminal.complain(Phrase.listUnused(unused.prefix(20).joined(separator: ", ")))
                }
                answers.begin()
            }
            if let status = try await status(of: element, in: workspace) { failed = failed ?? status }
            if Terminal.outputError != nil { return }
            count += 1
            progress.update(count)
        }
        if !isBegun { answers.begin() }
        if let failed { throw failed }
    }

    /// Answers one query of the command line.
    func answer(_ query: ListedQuery, in workspace: Workspace) async throws {
        let timed = try await search(query, in: workspace)
        answers.begin()
        try answers.show(query, timed)
    }

    private func status(of element: QueryList.Element, in workspace: Workspace) async throws -> ExitStatus? {
        do {
            let query = try element.result.get()
            try answers.show(query, try await search(query, in: workspace))
            return nil
        } catch  where error is any ExplainedError || error is Failure {
            let failure = Failure(error)
            // What is wrong with a line that holds no query is the failure itself.
            let words = try? element.result.get().query
            try answers.refuse(line: element.line, id: element.id, query: words, failure)
            return failure.status
        }
    }

    private func search(_ query: ListedQuery, in workspace: Workspace) async throws -> Workspace.TimedAnswer {
        var request = defaults
        request.text = query.query
        request.filters = query.filters(over: defaults.filters)
        request.limit = query.limit ?? defaults.limit
        request.today = query.today ?? defaults.today
        return try await workspace.search(request)
    }
}
