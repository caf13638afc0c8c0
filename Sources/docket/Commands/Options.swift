import ArgumentParser
import DocketCore
import DocketText
import Foundation

/// What every command takes: where the library is, how to print, in which language.
struct GlobalOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(Phrase.optionLibrary(), valueName: "folder"))
    var library: String?

    @Flag(name: .long, help: ArgumentHelp(Phrase.optionJSON()))
    var json = false

    @Option(name: .long, help: ArgumentHelp(Phrase.optionLang(), valueName: "language"))
    var lang: String?

    @Flag(name: .long, help: ArgumentHelp(Phrase.optionQuiet()))
    var quiet = false

    func validate() throws {
        if let lang, Language.named(lang) == nil {
            throw Failure(.usage, Phrase.failValue(lang, "--lang", "zh-Hant, en"))
        }
    }

    /// Folder of the library: `--library`, else `DOCKET_LIBRARY`, else `./docket-library`.
    var libraryFolder: URL {
        if let library { return URL(filePath: library) }
        if let path = ProcessInfo.processInfo.environment["DOCKET_LIBRARY"], !path.isEmpty {
            return URL(filePath: path)
        }
        return URL(filePath: "docket-library")
    }
}

/// Who makes a change.
struct ActorOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(Phrase.optionBy(), valueName: "name"))
    var by: String?

    /// The actor `cli:NAME`; NAME is `--by`, else the account's name.
    var actor: Actor {
        let environment = ProcessInfo.processInfo.environment
        return .commandLine(by ?? environment["USER"] ?? environment["LOGNAME"] ?? "unknown")
    }
}

/// Reads words of the command line as values, with a usage failure that names what is allowed.
enum Words {
    /// A case of an enumeration by its raw value.
    static func value<Value: RawRepresentable & CaseIterable>(
        _ text: String?, of option: String, as type: Value.Type = Value.self
    ) throws -> Value? where Value.RawValue == String {
        guard let text else { return nil }
        guard let value = Value(rawValue: text) else {
            let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.usage, Phrase.failValue(text, option, allowed))
        }
        return value
    }

    /// A day that the calendar has, of the form YYYY-MM-DD.
    static func date(_ text: String?) throws -> String? {
        guard let text else { return nil }
        guard text.utf8.count == 10, CalendarDate(iso: text) != nil else {
            throw Failure(.usage, Phrase.failDate(text))
        }
        return text
    }

    /// Today where this machine stands, ISO 8601.
    static var today: String {
        let day = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
        return CalendarDate(day.year ?? 1970, day.month, day.day)?.iso ?? "1970-01-01"
    }

    /// Today as a date of the calendar.
    static var todayDate: CalendarDate {
        get throws {
            guard let date = CalendarDate(iso: today) else { throw Failure(.usage, Phrase.failDate(today)) }
            return date
        }
    }

    /// A number of things, from 1.
    static func count(_ number: Int, of option: String) throws -> Int {
        guard number >= 1 else { throw Failure(.usage, Phrase.failCount("\(number)", option)) }
        return number
    }

    /// A file that is there.
    static func file(_ path: String) throws -> URL {
        let url = URL(filePath: path)
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw Failure(.input, Phrase.failNoFile(path))
        }
        return url
    }
}
