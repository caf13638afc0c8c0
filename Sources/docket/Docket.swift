import ArgumentParser
import Foundation

/// The program: parses the command line, runs one command, and turns every failure into one line and an exit code.
@main
struct Docket: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "docket", abstract: Phrase.rootAbstract(), discussion: Phrase.rootDiscussion(),
            version: version,
            subcommands: [
                Init.self, Add.self, List.self, Show.self, Inspect.self, DraftCommand.self, Check.self, Review.self,
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
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitStatus.done.rawValue
        } catch let code as ExitStatus {
            return code.rawValue
        } catch {
            return report(error, isJSON: arguments.contains("--json"))
        }
    }

    /// Prints a failure, or the help and completions that the parser hands over as errors.
    private static func report(_ error: any Error, isJSON: Bool) -> Int32 {
        if exitCode(for: error) == .success {
            Terminal.print(ParserMessages.shown(fullMessage(for: error)))
            return ExitStatus.done.rawValue
        }
        let failure = Failure(error, parserMessage: { message(for: error) })
        if isJSON {
            Terminal.complain(failure.json)
        } else if failure.status == .usage, !(error is Failure) {
            Terminal.complain(ParserMessages.shown(fullMessage(for: error)))
        } else {
            Terminal.complain("docket: \(failure.message)")
        }
        return failure.status.rawValue
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
