import Testing

@testable import DocketTransport

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
