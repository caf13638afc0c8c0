/// Notices that a text has begun to repeat itself without end.
///
/// A loop is a stretch at the end of the text that repeats a unit of at most `longestUnit` characters, at least
/// `repeats` times and over at least `shortestRun` characters. Lists whose items differ by so much as a number are no
/// loops.
struct LoopDetector {
    static let longestUnit = 300
    static let repeats = 8
    static let shortestRun = 240

    private static let window = longestUnit * repeats
    /// New characters between two looks, so that the whole stays linear.
    private static let stride = 80

    private var tail: [UInt32] = []
    private var sinceLook = 0

    /// Takes more of the text; true once its end is a loop.
    mutating func add(_ text: some StringProtocol) -> Bool {
        for scalar in text.unicodeScalars {
            tail.append(scalar.value)
            sinceLook += 1
            if tail.count >= 2 * Self.window { tail.removeFirst(tail.count - Self.window) }
            if sinceLook >= Self.stride {
                sinceLook = 0
                if isLoop { return true }
            }
        }
        return false
    }

    /// True when the end of what has come is a loop.
    var isLoop: Bool {
        let text = Array(tail.suffix(Self.window).reversed())
        guard text.count >= Self.shortestRun else { return false }
        // The prefix function of the reversed text gives the shortest period of each of its beginnings.
        var borders = [Int](repeating: 0, count: text.count)
        var border = 0
        for index in 1..<text.count {
            while border > 0, text[index] != text[border] { border = borders[border - 1] }
            if text[index] == text[border] { border += 1 }
            borders[index] = border
            let (length, period) = (index + 1, index + 1 - border)
            if length >= Self.shortestRun, period <= Self.longestUnit, length >= period * Self.repeats { return true }
        }
        return false
    }
}
