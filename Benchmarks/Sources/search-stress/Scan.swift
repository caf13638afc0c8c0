import DocketArchive
import DocketCore
import DocketText
import Foundation

/// Looks through every record: what a search must find, without an index.
///
/// Each record is its folded characters with a line feed between runs, so that a word is found by the bytes alone.
final class Scan {
    private var arena: [UInt8] = []
    private var ranges: [Range<Int>] = []
    private var facts: [Facts?] = []
    private var isThere: [Bool] = []

    /// A class, so that looking at one counts one reference and not those of all its fields.
    private final class Facts {
        let document: IndexDocument
        init(_ document: IndexDocument) { self.document = document }
    }

    var count: Int { isThere.count { $0 } }

    func put(_ number: Int, _ document: IndexDocument?) {
        while facts.count <= number {
            facts.append(nil)
            isThere.append(false)
            ranges.append(0..<0)
        }
        isThere[number] = document != nil
        guard let document else {
            facts[number] = nil
            return
        }
        let start = arena.count
        // Two line feeds keep the title apart from the text: no query has them.
        arena += Self.normalized(document.title) + [0x0A] + Self.normalized(document.fields[0].text)
        ranges[number] = start..<arena.count
        var bare = document
        bare.fields = []
        bare.title = ""
        facts[number] = Facts(bare)
    }

    /// For each record, whether it matches and `viewer` may see it.
    func matches(_ query: SearchQuery, viewer: Viewer) -> [Bool] {
        var found = matches(query)
        for number in found.indices where found[number] {
            guard let document = facts[number]?.document else { continue }
            found[number] = viewer.sees(document.classification, scope: document.scope)
        }
        return found
    }

    private func matches(_ query: SearchQuery) -> [Bool] {
        switch query {
        case .everything: return isThere
        case .words(let words): return holding(words.text)
        case .question: return isThere.map { _ in false }
        case .filter(let filters): return facts.map { $0.map { Self.meets(filters, $0.document) } ?? false }
        case .and(let parts):
            return parts.map { matches($0) }.reduce(isThere) { zip($0, $1).map { $0 && $1 } }
        case .or(let parts):
            return parts.map { matches($0) }.reduce(isThere.map { _ in false }) { zip($0, $1).map { $0 || $1 } }
        case .not(let part): return zip(matches(part), isThere).map { !$0 && $1 }
        case .condition(let part): return matches(part)
        }
    }

    private func holding(_ text: String) -> [Bool] {
        var wanted = Self.normalized(text)
        if Self.isIdeograph(wanted, at: 1) { wanted.removeFirst() }
        if wanted.last == 0x0A, let last = wanted.dropLast().last, last >= 0x80 { wanted.removeLast() }
        // Horspool: how far the window may move when its last byte is not the last of what is wanted.
        var steps = [Int](repeating: wanted.count, count: 256)
        for (index, byte) in wanted.dropLast().enumerated() { steps[Int(byte)] = wanted.count - 1 - index }
        return arena.withUnsafeBufferPointer { arena in
            zip(ranges, isThere).map { range, isThere in
                isThere && Self.holds(UnsafeBufferPointer(rebasing: arena[range]), wanted, steps)
            }
        }
    }

    private static func holds(_ text: UnsafeBufferPointer<UInt8>, _ wanted: [UInt8], _ steps: [Int]) -> Bool {
        var end = wanted.count - 1
        while end < text.count {
            var index = 0
            while index < wanted.count, text[end - index] == wanted[wanted.count - 1 - index] { index += 1 }
            if index == wanted.count { return true }
            end += steps[Int(text[end])]
        }
        return false
    }

    private static func isIdeograph(_ bytes: [UInt8], at index: Int) -> Bool {
        bytes.count > index && bytes[index] >= 0xE0
    }

    private static func meets(_ filters: SearchFilters, _ document: IndexDocument) -> Bool {
        (filters.kinds.isEmpty || filters.kinds.contains(document.kind))
            && (filters.agencies.isEmpty || document.agencies.contains { filters.agencies.contains($0) })
            && (filters.series.isEmpty || document.series.map { filters.series.contains($0) } ?? false)
            && (filters.statuses.isEmpty || document.status.map { filters.statuses.contains($0) } ?? false)
            && (filters.classifications.isEmpty || filters.classifications.contains(document.classification))
            && (filters.from ?? "0") <= (document.date ?? "") && (document.date ?? "9") <= (filters.to ?? "9") + "~"
    }

    static func normalized(_ text: String) -> [UInt8] {
        var result: [UInt8] = [0x0A]
        var wasIdeograph = false
        for scalar in Folding.key(text).unicodeScalars {
            guard let isIdeograph = kind(scalar) else {
                if result.last != 0x0A { result.append(0x0A) }
                continue
            }
            if result.last != 0x0A, isIdeograph != wasIdeograph { result.append(0x0A) }
            result.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
            wasIdeograph = isIdeograph
        }
        if result.last != 0x0A { result.append(0x0A) }
        return result
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Bool? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: false
        case ..<0x80, 0x30FB, 0x30A0: nil
        case 0x3040...0x30FF, 0x3105...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xAC00...0xD7A3: true
        case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal ? false : nil
        }
    }
}
