import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import DocketTransport
import Foundation

/// Why a command could not do its work: one line for a person and the exit code, decided here and nowhere else
/// (docs/decisions/0006-exit-codes.md).
struct Failure: Error, CustomStringConvertible {
    let status: ExitStatus
    /// One line.
    let message: String
    /// The line with the usage of the command, for what the argument parser could not read.
    private var usage: String?

    /// What the argument parser says of an error of its own.
    struct ParserWords {
        var message: String
        /// The message with the usage of the command.
        var full: String
    }

    /// A failure of the command line itself.
    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message.replacing("\n", with: " ")
    }

    /// Any error as a failure; `parserWords` gives the argument parser's words for its own errors.
    init(_ error: any Error, parserWords: () -> ParserWords? = { nil }) {
        switch error {
        case let failure as Failure:
            self = failure
        case let explained as any ExplainedError:
            self.init(Self.status(of: explained), explained.explanation.shown)
        case let status as ExitStatus:
            self.init(status, "")
        default:
            let isParser = String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
            guard isParser, let words = parserWords() else {
                self.init(.storage, Phrase.failUnexpected(String(describing: error)))
                return
            }
            self.init(.usage, ParserMessages.shown(words.message))
            // A failure of a command's own check comes back from the parser without a usage.
            if words.full.contains("\n") { usage = ParserMessages.shown(words.full) }
        }
    }

    /// The line.
    var description: String { message }

    // MARK: Exit codes

    private static func status(of error: any ExplainedError) -> ExitStatus {
        switch error {
        case let error as ArchiveError: status(of: error)
        case let error as PipelineError: status(of: error)
        case let error as ChatFailure: status(of: error)
        case is any EngineFailure: .endpoint
        case is any EngineFailure: .endpoint
        default: .input
        }
    }

    private static func status(of error: ArchiveError) -> ExitStatus {
        switch error {
        case .malformedQuery, .notFound, .refused(.badValue), .refused(.missingReason), .refused(.withdrawn),
            .refused(.search):
            .usage
        case .refused(.aboveCeiling), .refused(.tooLarge), .refused(.invalid): .input
        case .refused(.blocked): .findings
        default: .storage
        }
    }

    private static func status(of error: ChatFailure) -> ExitStatus {
        switch error {
        case .refused: .input
        default: .endpoint
        }
    }

    private static func status(of error: PipelineError) -> ExitStatus {
        switch error {
        case .malformed, .badLine, .classified, .notCleared, .policy: .input
        case .cannotWrite: .storage
        default: .usage
        }
    }

    // MARK: Words

    /// Says on standard error what went wrong: a line, or an object under `--json`.
    func report(asJSON: Bool) {
        if asJSON {
            Terminal.write(json + "\n", to: 2)
        } else if let usage {
            Terminal.complain(usage)
        } else if !message.isEmpty {
            Terminal.complain("docket: \(message)")
        }
    }

    /// The failure as one line of JSON.
    var json: String {
        struct Line: Encodable {
            struct Body: Encodable {
                let code: Int32
                let message: String
            }
            let error: Body
        }
        // Encoding two plain fields cannot fail; the bare message is the answer if it ever does.
        return (try? Terminal.jsonLine(Line(error: .init(code: status.rawValue, message: message)))) ?? message
    }
}
