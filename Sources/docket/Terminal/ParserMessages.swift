import Foundation

/// The argument parser's own words, which it has in English only, in the language of this run.
enum ParserMessages {
    /// A help screen or error of the parser in the language of this run.
    static func shown(_ text: String, in language: Language = .current) -> String {
        guard language == .zhHant else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { translated(String($0)) }.joined(separator: "\n")
    }

    /// English beginnings and their Chinese; the rest of such a line is names and values.
    private static let beginnings: [(String, String)] = [
        ("OVERVIEW: ", "說明："), ("USAGE: ", "用法："), ("Usage: ", "用法："), ("ARGUMENTS:", "引數："),
        ("OPTIONS:", "選項："), ("SUBCOMMANDS:", "指令："), ("Error: ", "錯誤："), ("Help:  ", "說明："),
    ]

    /// Patterns of whole sentences; groups stand for names and values.
    private static let sentences: [(String, String)] = [
        (#"Unknown option '([^']*)'\. Did you mean '([^']*)'\?"#, "沒有選項「$1」。是否為「$2」？"),
        (#"Unknown option '([^']*)'"#, "沒有選項「$1」"),
        (#"Missing expected argument '([^']*)'"#, "缺少引數「$1」"),
        (#"Missing one of: (.*)"#, "缺少其中之一：$1"),
        (#"Missing value for '([^']*)'"#, "「$1」缺少值"),
        (#"(\d+) unexpected arguments: (.*)"#, "$1 個多餘的引數：$2"),
        (#"Unexpected argument '([^']*)'"#, "多餘的引數「$1」"),
        (#"The value '([^']*)' is invalid for '([^']*)'"#, "值「$1」不適用於「$2」"),
        (#"The option '([^']*)' does not take any value, but '([^']*)' was specified\."#, "選項「$1」不帶值，卻給了「$2」。"),
        (#"\. Please provide one of (.*)\."#, "。請用其中之一：$1。"),
        (#"See '([^']*)' for more information\."#, "詳見「$1」。"),
        (#"See '([^']*)' for detailed help\."#, "各指令詳見「$1」。"),
        ("Show the version\\.", "顯示版本。"), ("Show help information\\.", "顯示說明。"),
        ("Show subcommand help information\\.", "顯示指令說明。"),
    ]

    private static func translated(_ line: String) -> String {
        var result = line
        for (english, chinese) in beginnings where result.hasPrefix(english) {
            result = chinese + result.dropFirst(english.count)
        }
        for (pattern, template) in sentences {
            result = result.replacingOccurrences(of: pattern, with: template, options: .regularExpression)
        }
        return result
    }
}
