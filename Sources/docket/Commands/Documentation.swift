import ArgumentParser
import DocketCore
import DocketRules
import Foundation

/// Prints documents that are made from the program, so that they cannot drift from it.
struct Documentation: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "documentation", abstract: Phrase.documentationAbstract(), shouldDisplay: false)
    }

    @Argument(help: "cli, rules") var document: String
    @Option(name: .long) var lang: String?

    func run() throws {
        switch document {
        case "cli": Terminal.write(Self.commandLine(), to: 1)
        case "rules": Terminal.write(RuleSet.documentation(), to: 1)
        default: throw Failure(.usage, Phrase.failValue(document, "documentation", "cli, rules"))
        }
    }

    /// Markdown of every command's help, followed by the machine-readable forms.
    static func commandLine() -> String {
        var lines = [
            "# Command line", "",
            "Made by `make docs` from the program; a test keeps it in step. Help is shown in the language of the",
            "locale or of `--lang`; this page is the English one.", "",
            "```text", Docket.helpMessage(columns: 100), "```", "",
        ]
        for command in Docket.configuration.subcommands where command.configuration.shouldDisplay {
            lines += section(command, parents: ["docket"])
        }
        lines.append(machineForms)
        return lines.joined(separator: "\n")
    }

    private static func section(_ command: any ParsableCommand.Type, parents: [String]) -> [String] {
        let path = parents + [command._commandName]
        let help = Docket.helpMessage(for: command, columns: 100)
        var lines = ["## `\(path.joined(separator: " "))`", "", "```text", help, "```", ""]
        for child in command.configuration.subcommands { lines += section(child, parents: path) }
        return lines
    }
}
