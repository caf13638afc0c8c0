/// Takes a model's thoughts out of the text of its answer.
enum Thoughts {
    private static let names = ["think", "thinking", "thought", "reasoning"].map { Array($0.utf8) }

    /// The text without what stands between marks of thought.
    ///
    /// A mark that is never closed takes the rest of the text with it. Where only the closing mark is there, the
    /// template had opened it in the prompt: everything before it is thought.
    static func removed(from text: String) -> String {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var start = 0
        var index = 0
        var open: [UInt8]?
        var isFirst = true
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<"), let mark = mark(in: bytes, at: index) else {
                index += 1
                continue
            }
            if let name = open {
                if mark.isClosing, mark.name == name {
                    open = nil
                    start = mark.end
                }
            } else if mark.isClosing, isFirst {
                start = mark.end
            } else {
                kept += bytes[start..<index]
                if mark.isClosing { start = mark.end } else { open = mark.name }
            }
            isFirst = false
            index = mark.end
        }
        if open == nil { kept += bytes[start...] }
        return isFirst ? text : String(decoding: kept, as: UTF8.self)
    }

    private static func mark(in bytes: [UInt8], at start: Int) -> (name: [UInt8], isClosing: Bool, end: Int)? {
        var index = start + 1
        let isClosing = index < bytes.count && bytes[index] == UInt8(ascii: "/")
        if isClosing { index += 1 }
        for name in names {
            let end = index + name.count
            guard end < bytes.count, bytes[end] == UInt8(ascii: ">"),
                zip(bytes[index..<end], name).allSatisfy({ $0 | 0x20 == $1 })
            else { continue }
            return (name, isClosing, end + 1)
        }
        return nil
    }
}
