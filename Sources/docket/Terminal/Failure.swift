import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Why a command could not do its work: one line for a person and the exit code, decided here and nowhere else.
struct Failure: Error {
    let status: ExitStatus
    let message: String

    /// A failure of the command line itself.
    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// Any error as a failure; `parserMessage` gives the argument parser's words for its own errors.
    init(_ error: any Error, parserMessage: () -> String = { "" }) {
        switch error {
        case let failure as Failure:
            self = failure
        case let explained as any ExplainedError:
            self.init(Self.status(of: explained), explained.explanation.shown)
        case let status as ExitStatus:
            self.init(status, "")
        case is ValidationError, is CleanExit, is ExitCode:
            self.init(.usage, ParserMessages.shown(parserMessage()))
        default:
            let words = parserMessage()
            let isParser = String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
            self.init(
                isParser ? .usage : .storage,
                isParser ? ParserMessages.shown(words) : Phrase.failUnexpected(String(describing: error)))
        }
    }

    /// Exit code of an explained error.
    private static func status(of error: any ExplainedError) -> ExitStatus {
        switch error {
        case ArchiveError.malformedQuery: .usage
        case is ArchiveError: .storage
        case PipelineError.unknownTask, PipelineError.missingInput, PipelineError.unknownSeries,
            PipelineError.unknownMeeting, PipelineError.noSegment, PipelineError.wrongKind:
            .usage
        case PipelineError.unknown, PipelineError.cannotWrite, PipelineError.classified: .storage
        default: .input
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
