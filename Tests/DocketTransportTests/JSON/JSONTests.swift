import DocketTestSupport
import Foundation
import Testing

@testable import DocketTransport

@Suite struct JSONTests {
    @Test(arguments: [
        (#" {"a" : [1, -2.5e2, true, null, "x"] } "#, #"{"a":[1,-250,true,null,"x"]}"#),
        (#""\u8b70\ud83d\ude00\n\/""#, "\"議\u{1F600}\\n/\""), (#""\ud800x""#, "\"\u{FFFD}x\""), ("0", "0"),
        (#"{"a":1,"a":2}"#, #"{"a":2}"#), (#""\u0001""#, "\"\\u0001\""),
    ])
    func `what is JSON is read`(text: String, again: String) throws {
        #expect(try JSONParser.value(of: Array(text.utf8)).text == again)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":}", "{a:1}", "01", "1.", ".5", "+1", "1e", "nul", "\"\n\"", "\"\\x\"", "\"\\u12g4\"",
        "[1 2]",
        "1 2", "\"open", "NaN", "1e999", "{\"a\" 1}", "'a'", "\"\\u+123\"",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.value(of: Array(text.utf8)) }
    }

    @Test func `depth and number of values are bounded`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(try JSONParser.value(of: nested(JSONParser.depth)) != .null)
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.value(of: nested(JSONParser.depth + 1)) }
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.value(of: nested(50_000)) }
        let many = "[" + String(repeating: "0,", count: JSONParser.values) + "0]"
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.value(of: Array(many.utf8)) }
    }

    @Test(arguments: 0..<200) func `a value that is written is read again`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = Self.random(&generator, depth: 0)
        #expect(try JSONParser.value(of: Array(value.text.utf8)) == value)
        let other = try JSONSerialization.jsonObject(with: Data(value.text.utf8), options: .fragmentsAllowed)
        #expect(try Self.value(other) == value, "\(value.text)")
    }

    @Test(arguments: 0..<200) func `any bytes give a value or an error`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("{}[]\",:\\u0dte-.1ntrufalse \u{8B70}".utf8) + [0xFF, 0x00, 0x80]
        let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        }
        // What Foundation refuses as well must not be read here; it is laxer in some places, never stricter.
        if let value = try? JSONParser.value(of: bytes) {
            #expect((try? JSONParser.value(of: Array(value.text.utf8))) == value)
        }
    }

    private static func random(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
        let texts = ["", "議", "\u{1F469}\u{200D}", "\"\\\n\u{1}", "a b"]
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(Double(Int.random(in: -1000...1000, using: &generator)))
        // Eighths, since Foundation rounds the last digit of longer fractions otherwise.
        case 3: return .number(Double(Int.random(in: -80...80, using: &generator)) / 8)
        case 4: return .string(texts.randomElement(using: &generator) ?? "")
        case 5:
            return .array(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in random(&generator, depth: depth + 1) })
        default:
            var members: [String: JSONValue] = [:]
            for key in texts.prefix(Int.random(in: 0...3, using: &generator)) {
                members[key] = random(&generator, depth: depth + 1)
            }
            return .object(members)
        }
    }

    private static func value(_ any: Any) throws -> JSONValue {
        switch any {
        case is NSNull: .null
        case let text as String: .string(text)
        case let list as [Any]: .array(try list.map(value))
        case let members as [String: Any]: .object(try members.mapValues(value))
        case let number as NSNumber:
            String(cString: number.objCType) == "c" ? .bool(number.boolValue) : .number(number.doubleValue)
        default: .null
        }
    }
}

@Suite struct SchemaValidatorTests {
    private static let schema = AnswerSchema(
        name: "minutes",
        json: """
            {"type":"object","required":["items","kind"],"additionalProperties":false,"title":"t","properties":{
              "kind":{"enum":["risk","task"]},
              "note":{"type":["string","null"],"minLength":2,"maxLength":4},
              "items":{"type":"array","minItems":1,"maxItems":2,"items":{"type":"object","required":["id"],"properties":{
                "id":{"type":"string","pattern":"^P[0-9]+$"},"n":{"type":"integer","minimum":1,"maximum":9},
                "x":{"type":"number"},"ok":{"type":"boolean"}},"additionalProperties":{"type":"string"}}}}}
            """)

    private static let item = #""items":[{"id":"P1"}]"#

    @Test(arguments: [
        #"{"kind":"risk",\#(item)}"#, #"{"kind":"task","note":null,\#(item)}"#,
        #"{"kind":"task","note":"議事錄四",\#(item)}"#,
        #"{"kind":"risk","items":[{"id":"P1","n":9,"x":1.5,"ok":true,"extra":"s"},{"id":"P22","x":2}]}"#,
    ])
    func `a value of the form has no violation`(text: String) throws {
        #expect(try SchemaValidator(Self.schema).violations(in: text) == [])
    }

    @Test(arguments: [
        (#"[]"#, "$", "type"), (#"{"kind":"risk"}"#, "$.items", "required"),
        (#"{"kind":"other",\#(item)}"#, "$.kind", "enum"), (#"{"kind":"risk","note":7,\#(item)}"#, "$.note", "type"),
        (#"{"kind":"risk","note":"議",\#(item)}"#, "$.note", "minLength"),
        (#"{"kind":"risk","note":"議事錄五字",\#(item)}"#, "$.note", "maxLength"),
        (#"{"kind":"risk","b":1,\#(item)}"#, "$", "additionalProperties"),
        (#"{"kind":"risk","items":[]}"#, "$.items", "minItems"),
        (#"{"kind":"risk","items":[{"id":"P1"},{"id":"P1"},{"id":"P1"}]}"#, "$.items", "maxItems"),
        (#"{"kind":"risk","items":[{"id":"P1"},{}]}"#, "$.items[1].id", "required"),
        (#"{"kind":"risk","items":[{"id":"xP1"}]}"#, "$.items[0].id", "pattern"),
        (#"{"kind":"risk","items":[{"id":"P1","n":1.5}]}"#, "$.items[0].n", "type"),
        (#"{"kind":"risk","items":[{"id":"P1","n":0}]}"#, "$.items[0].n", "minimum"),
        (#"{"kind":"risk","items":[{"id":"P1","n":10}]}"#, "$.items[0].n", "maximum"),
        (#"{"kind":"risk","items":[{"id":"P1","other":3}]}"#, "$.items[0].*", "type"), ("{", "$", "json"),
    ])
    func `a violation is told with its place`(text: String, path: String, keyword: String) throws {
        let found = try SchemaValidator(Self.schema).violations(in: text)
        #expect(found.map(\.path) == [path] && found.map(\.keyword) == [keyword])
    }

    @Test(arguments: [
        ("{}x", "$"), ("[]", "$"), (#"{"not":{}}"#, "$.not"), (#"{"items":{"oneOf":[]}}"#, "$.items.oneOf"),
        (#"{"type":"text"}"#, "$.type"), (#"{"type":[]}"#, "$.type"), (#"{"pattern":"("}"#, "$.pattern"),
        (#"{"minItems":3,"maxItems":2}"#, "$.maxItems"), (#"{"maxLength":-1}"#, "$.maxLength"),
        (#"{"required":[1]}"#, "$.required"), (#"{"properties":{"a":{"format":"date"}}}"#, "$.a.format"),
        (#"{"enum":"a"}"#, "$.enum"), (#"{"minimum":"a"}"#, "$.minimum"),
    ])
    func `a schema with what cannot be checked is refused`(json: String, path: String) {
        #expect(throws: SchemaValidator.UnknownSchema(path: path)) {
            try SchemaValidator(AnswerSchema(name: "s", json: json))
        }
    }

    @Test func `violations are bounded, and hold no word of the answer`() throws {
        let items = (0..<5000).map { _ in #"{"id":"機密內容","n":"機密內容","機密內容":1}"# }.joined(separator: ",")
        let found = try SchemaValidator(Self.schema).violations(in: #"{"機密內容":1,"kind":"機密內容","items":[\#(items)]}"#)
        #expect(found.count == 12)
        #expect(!"\(found)".contains("機密內容"))
    }

    @Test func `a long text is not searched for a pattern`() throws {
        let schema = AnswerSchema(name: "s", json: #"{"type":"string","pattern":"^(a+)+$"}"#)
        let began = ContinuousClock.now
        let found = try SchemaValidator(schema).violations(in: "\"" + String(repeating: "a", count: 100_000) + "\"")
        #expect(found.map(\.keyword) == ["pattern"])
        #expect(ContinuousClock.now - began < .seconds(5))
    }
}
