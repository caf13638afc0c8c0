import DocketTestSupport
import DocketText
import Foundation
import Testing

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
        #expect(throws: JSONError.self) { try JSONParser.value(of: Array(text.utf8)) }
    }

    @Test func `what speech programs write beside JSON is read where it is asked for`() throws {
        let value = try Array("[NaN, -Infinity, 1]".utf8).withUnsafeBufferPointer { bytes in
            try JSONParser.value(of: bytes, grammar: .lenient)
        }
        #expect(value.text == "[null,null,1]")
    }

    @Test(arguments: [("{\"a\": 1", 7), ("[1,]", 3), ("{} x", 3), ("\"\\x\"", 2), ("[1.2.3]", 4), ("\"abc", 4)])
    func `what is wrong is named with its byte`(text: String, byte: Int) {
        #expect { try JSONParser.value(of: Array(text.utf8)) } throws: { ($0 as? JSONError)?.byte == byte }
    }

    @Test func `depth and number of values are bounded`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(try JSONParser.value(of: nested(JSONParser.usualDepth + 1)) != .null)
        #expect(throws: JSONError.self) { try JSONParser.value(of: nested(JSONParser.usualDepth + 2)) }
        #expect(throws: JSONError.self) { try JSONParser.value(of: nested(50_000)) }
        let many = "[" + String(repeating: "0,", count: JSONParser.usualValues) + "0]"
        #expect(throws: JSONError.self) { try JSONParser.value(of: Array(many.utf8)) }
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
