import ArgumentParser
import DocketCore
import Foundation

/// The program: parses the command line, runs one command, and turns every failure into one line and an exit code.
@main
struct Docket: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "docket", abstract: Phrase.rootAbstract(), discussion: Phrase.rootDiscussion(),
            version: version,
            subcommands: [
                Init.self, Add.self, List.self, Show.self, Inspect.self, DraftCommand.self, Jobs.self, Work.self,
                Check.self, Review.self, Catalogue.self,
                SetFields.self, Withdraw.self, Search.self, Export.self, Predict.self, Reindex.self, Doctor.self,
                Demo.self, Documentation.self,
            ])
    }

    /// Version of the program and of its embedded engines' data.
    static let version = "0.1.0"

    static func main() async {
        // A closed pipe and a file at its size limit are errors of a write, not ends of the process.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        Foundation.exit(await run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs one command line and gives its exit code.
    static func run(_ arguments: [String]) async -> Int32 {
        do {
            try await perform(arguments)
            // What was to be printed is lost: the command is not done.
            if let number = Terminal.outputError {
                throw Failure(.storage, Phrase.failOutput(LocalizedText.system(number).shown))
            }
            return ExitStatus.done.rawValue
        } catch let code as ExitStatus {
            return code.rawValue
        } catch {
            let failure = Failure(
                error, parserWords: { .init(message: message(for: error), full: fullMessage(for: error)) })
            failure.report(asJSON: arguments.contains("--json"))
            return failure.status.rawValue
        }
    }

    /// Runs one command line; the help and completions that the parser hands over as errors are printed.
    private static func perform(_ arguments: [String]) async throws {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let code as ExitStatus where Terminal.outputError == nil {
            throw code
        } catch is ExitStatus {
            return
        } catch  where exitCode(for: error) == .success {
            Terminal.print(ParserMessages.shown(fullMessage(for: error)))
        }
    }
}

/// Exit codes of the program (DESIGN.md section 7); thrown by itself, it ends a command without a further message.
enum ExitStatus: Int32, Error {
    case done = 0
    case findings = 1
    case usage = 2
    case input = 3
    case endpoint = 4
    case storage = 5
}
