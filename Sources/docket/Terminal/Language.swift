import DocketCore
import Foundation

/// Language of everything that is shown to people.
enum Language: String, CaseIterable, Sendable {
    case zhHant = "zh-Hant"
    case en

    /// The language of this run: `--lang`, else the locale of the environment, else Traditional Chinese.
    static let current = chosen(
        arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)

    /// Reads `--lang` (also `--lang=…`), then `DOCKET_LANG`, `LC_ALL`, `LC_MESSAGES` and `LANG` in that order.
    ///
    /// `C` and `POSIX` say nothing about a language, so Docket's first language stands.
    static func chosen(arguments: [String], environment: [String: String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            if argument == "--lang", index + 1 < arguments.count, let found = named(arguments[index + 1]) {
                return found
            }
            if argument.hasPrefix("--lang="), let found = named(String(argument.dropFirst(7))) { return found }
        }
        for name in ["DOCKET_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = environment[name], !value.isEmpty else { continue }
            return named(value) ?? .zhHant
        }
        return .zhHant
    }

    /// The language of a tag or locale name: "en", "en_US.UTF-8", "zh-TW"; nil for others.
    static func named(_ text: String) -> Language? {
        let lower = text.lowercased()
        if lower.hasPrefix("en") { return .en }
        if lower.hasPrefix("zh") { return .zhHant }
        return nil
    }
}

extension LocalizedText {
    /// The text in the language of this run.
    var shown: String {
        switch Language.current {
        case .zhHant: zhHant
        case .en: en
        }
    }
}
