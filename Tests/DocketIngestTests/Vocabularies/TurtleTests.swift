import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

@Suite struct TurtleTests {
    /// Everything that a parser sends.
    private struct Statements: StatementSink {
        var line: Int?
        var all: [String] = []

        mutating func take(_ subject: RDFTerm, _ predicate: String, _ object: RDFTerm) {
            all.append("\(words(subject)) \(words(.iri(predicate))) \(words(object))")
        }

        private func words(_ term: RDFTerm) -> String {
            switch term {
            case .iri(let iri): iri.replacing("http://example.org/", with: "ex:")
            case .blank: "_"
            case .literal(let text, let language): "\"\(text)\"" + (language.isEmpty ? "" : "@" + language)
            }
        }
    }

    private static func statements(_ text: String, limits: ReaderLimits = ReaderLimits()) throws -> [String] {
        var parser = TurtleParser(Array(text.utf8), fileName: "x.ttl", limits: limits, sink: Statements())
        try parser.run { _ in }
        return parser.sink.all
    }

    private static let prefix = "@prefix e: <http://example.org/> . PREFIX : <http://example.org/>\n"

    @Test(arguments: [
        ("e:a e:b e:c .", ["ex:a ex:b ex:c"]),
        (":a :b :c, :d ; :e :f ;; .", ["ex:a ex:b ex:c", "ex:a ex:b ex:d", "ex:a ex:e ex:f"]),
        ("<http://example.org/a> a e:C.", ["ex:a http://www.w3.org/1999/02/22-rdf-syntax-ns#type ex:C"]),
        (
            "e:a e:b \"x\"@zh-Hant, 'y', \"z\"^^e:t .",
            ["ex:a ex:b \"x\"@zh-Hant", "ex:a ex:b \"y\"", "ex:a ex:b \"z\""]
        ),
        ("e:a e:b 1, -2.5, .5e3, true, false .", ["1", "-2.5", ".5e3", "true", "false"].map { "ex:a ex:b \"\($0)\"" }),
        ("e:a e:b 1.\ne:a e:b e:c.d .", ["ex:a ex:b \"1\"", "ex:a ex:b ex:c.d"]),
        ("e:a e:b \"\"\"l\"i\"\"ne\n2\"\"\" .", ["ex:a ex:b \"l\"i\"\"ne\n2\""]),
        ("e:a e:b \"\\t\\u63A1\\U0001F600\\\\\\\"\" .", ["ex:a ex:b \"\t採😀\\\"\""]),
        ("e:a e:b \"\", '''''' .", ["ex:a ex:b \"\"", "ex:a ex:b \"\""]),
        ("e:a\\-b e:c%20d <http://example.org/\\u63A1> . # end", ["ex:a-b ex:c%20d ex:採"]),
        ("e:採購 e:b e:tr.ue .", ["ex:採購 ex:b ex:tr.ue"]),
        ("e:a e:b [ e:c e:d ; e:e [] ] , ( 1 e:f ( ) ) .", ["_ ex:c ex:d", "_ ex:e _", "ex:a ex:b _", "ex:a ex:b _"]),
        ("[ e:a e:b ] . [] e:a e:c . _:x e:a _:y.z .", ["_ ex:a ex:b", "_ ex:a ex:c", "_ ex:a _"]),
        ("(e:q) e:a true.", ["_ ex:a \"true\""]),
        ("# only a comment", []),
        ("@base <http://example.org/x/y> . <z> <../b> <#c> .", ["ex:x/z ex:b ex:x/y#c"]),
        ("BASE <http://example.org/> base <x/> <y> e:b <> .", ["ex:x/y ex:b ex:x/"]),
        ("e:a e:b e:c\u{FEFF} .", ["ex:a ex:b ex:c\u{FEFF}"]),
    ])
    func `statements are read as they are written`(text: String, expected: [String]) throws {
        #expect(try Self.statements(Self.prefix + text) == expected)
    }

    @Test(arguments: [
        ("e:a e:b e:c", 2, 12, true), ("e:a e:b \"x", 2, 11, true), ("e:a e:b", 2, 8, true),
        ("e:a e:b \"x\ny\" .", 2, 11, false), ("e:a e:b \"\\q\" .", 2, 11, false),
        ("e:a e:b \"\\uD800\" .", 2, 11, false),
        ("e:a 'b' e:c .", 2, 5, false), ("\n  f:a e:b e:c .", 3, 6, false), ("e:a e:b <a b> .", 2, 11, false),
        ("e:採 e:b ; .", 2, 9, false), ("e:a e:b ) .", 2, 9, false), ("e:a e:b e:c e:d .", 2, 13, false),
        ("e:a e:b \"x\"@ .", 2, 13, false), ("e:a e:b +.", 2, 9, false), ("{ e:a e:b e:c }", 2, 1, false),
        ("@prefix e <x> .", 2, 10, false), ("e:a e:b 1e .", 2, 11, false),
    ])
    func `an error names line and column`(text: String, line: Int, column: Int, isCut: Bool) throws {
        let error = #expect(throws: IngestError.self) { try Self.statements(Self.prefix + text) }
        switch error {
        case .malformed(_, _, let place, _):
            #expect(!isCut)
            #expect(place == .init(line: line, column: column))
        case .truncated(_, _, let place):
            #expect(isCut)
            #expect(place == .init(line: line, column: column))
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test func `depth, length of names and number of prefixes are bounded`() throws {
        let limits = ReaderLimits(xmlDepth: 20)
        let deep = { (count: Int) in
            Self.prefix + "e:a e:b " + String(repeating: "[ e:b ", count: count) + "1"
                + String(repeating: "]", count: count)
                + " ."
        }
        #expect(try Self.statements(deep(20), limits: limits).count == 21)
        #expect(throws: IngestError.self) { try Self.statements(deep(21), limits: limits) }
        #expect(throws: IngestError.self) { try Self.statements(deep(1_000_000), limits: limits) }
        #expect(throws: IngestError.self) {
            try Self.statements(Self.prefix + "e:" + String(repeating: "a", count: 3_000) + " e:b e:c .")
        }
        let prefixes = (0...1_000).map { "@prefix p\($0): <http://example.org/> .\n" }.joined()
        #expect(throws: IngestError.self) { try Self.statements(prefixes) }
    }

    /// Examples of RFC 3986, section 5.4.
    @Test(arguments: [
        ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"),
        ("../..", "http://a/"), ("../../", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"),
        ("../../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
        (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
    ])
    func `a relative reference is seen from the base`(reference: String, expected: String) {
        #expect(IRI.resolved(reference, against: IRI.Parts("http://a/b/c/d;p?q")) == expected)
    }

    /// Labels of any characters, written with random quotation marks and escapes, come back as they were.
    @Test(arguments: 0..<60)
    func `what is written is read back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = ["採", "購", "a", "\"", "'", "\\", " ", "é", "👩‍⚖️", "<", "#", ".", "@", ";", "台"]
        var expected: [String: [String]] = [:]
        var text = "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n"
        for number in 0..<Int.random(in: 1...8, using: &random) {
            let labels = (0..<Int.random(in: 1...4, using: &random)).map { label in
                "\(label)"
                    + (0..<Int.random(in: 0...12, using: &random)).map { _ in
                        alphabet.randomElement(using: &random) ?? "a"
                    }.joined() + "z"
            }
            let name = "http://example.org/\(number)"
            expected[name] = labels.map(\.tidied)
            text += "<\(name)> a s:Concept ;"
            text += labels.map { " s:altLabel " + Self.written($0, &random) }.joined(separator: " ; ") + " .\n"
        }
        let vocabulary = try readVocabulary(text).vocabulary
        let found = Dictionary(
            vocabulary.concepts.map { ($0.uri, $0.labels.map(\.text)) }, uniquingKeysWith: { first, _ in first })
        #expect(found == expected, "seed \(seed)")
    }

    private static func written(_ text: String, _ random: inout SeededGenerator) -> String {
        let quote = ["\"", "'", "\"\"\"", "'''"].randomElement(using: &random) ?? "\""
        var words = ""
        for scalar in text.unicodeScalars {
            if scalar == "\\" || scalar == "\"" || scalar == "'" {
                words += "\\" + String(scalar)
            } else if Int.random(in: 0..<4, using: &random) == 0 {
                let digits = String(scalar.value, radix: 16)
                let isLong = scalar.value > 0xFFFF
                words +=
                    (isLong ? "\\U" : "\\u") + String(repeating: "0", count: (isLong ? 8 : 4) - digits.count) + digits
            } else {
                words.unicodeScalars.append(scalar)
            }
        }
        return quote + words + quote
    }
}
