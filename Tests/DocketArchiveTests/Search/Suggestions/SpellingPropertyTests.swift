import DocketCore
import DocketTestSupport
import DocketText
import Testing

@testable import DocketArchive

/// Random libraries, one slip put into a word of each: how often the word is among the proposals.
@Suite struct SpellingPropertyTests {
    /// Kinds of slips.
    enum Slip: String, CaseIterable, Sendable {
        case sound, look, swapped, extra, missing
    }

    @Test(arguments: Slip.allCases)
    func `a word with one slip is found again`(slip: Slip) async throws {
        var (met, all, other) = (0, 0, [String]())
        for seed in 0..<12 as Range<UInt64> {
            var library = RandomLibrary(seed: seed &* 31 &+ UInt64(slip.rawValue.count))
            let fixture = try library.fixture()
            for _ in 0..<10 {
                guard let (word, typed) = library.slip(slip),
                    try await fixture.ids("\"\(typed)\"").isEmpty
                else { continue }
                let found = try await fixture.corrections(typed)
                #expect(found.count <= 3)
                for correction in found {
                    // What is proposed is there, as often as it says.
                    let ids = try await fixture.ids("\"\(correction.found)\"")
                    #expect(ids.count == correction.documents, "\(seed): \(correction)")
                    #expect(Folding.key(correction.found) != Folding.key(correction.typed))
                }
                all += 1
                if found.contains(where: { Folding.key($0.replacement) == Folding.key(word) }) {
                    met += 1
                } else {
                    other.append("\(typed) for \(word): \(found.map(\.replacement))")
                }
            }
        }
        #expect(all >= 60, "\(slip): too few slips were made")
        #expect(met * 100 >= all * 80, "\(slip): \(met) of \(all); \(other.prefix(8))")
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `a word that is found well is never put right`(seed: UInt64) async throws {
        var library = RandomLibrary(seed: seed)
        let fixture = try library.fixture()
        for _ in 0..<20 {
            let word = library.word()
            let own = try await fixture.ids("\"\(word)\"").count
            for correction in try await fixture.corrections(word) {
                #expect(
                    correction.reason.isConfusion && own * 10 < correction.documents, "\(seed): \(correction), \(own)")
            }
        }
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `a viewer is told of nothing that viewer may not see`(seed: UInt64) async throws {
        var library = RandomLibrary(seed: seed)
        let fixture = try library.fixture()
        let viewer = Viewer(clearance: .public, scopes: ["案一"])
        for _ in 0..<16 {
            guard let (_, typed) = library.slip(Slip.allCases.randomElement(using: &library.generator) ?? .sound) else {
                continue
            }
            for correction in try await fixture.corrections(typed, viewer: viewer) {
                let ids = try await fixture.ids("\"\(correction.found)\"", viewer: viewer)
                #expect(ids.count == correction.documents, "\(seed): \(correction)")
                #expect(correction.documents > 0)
            }
            for words in try await fixture.suggester(viewer).related(to: [typed], deadline: SearchDeadline(nil)) {
                #expect(try await fixture.ids("\"\(words.text)\"", viewer: viewer).count == words.documents)
            }
            let prefix = String(typed.prefix(1))
            let completions = try await fixture.suggester(viewer).completions(
                of: prefix, limit: 5, deadline: SearchDeadline(nil))
            for completion in completions {
                #expect(try await fixture.ids("\"\(completion.text)\"", viewer: viewer).count == completion.documents)
            }
        }
    }
}

/// A library of invented words of three to five characters in daily use.
struct RandomLibrary {
    var generator: SeededGenerator
    private var words: [String] = []
    private let characters: [Unicode.Scalar]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        let text =
            "市府會議紀錄公文列管追蹤防疫登革熱病例衛生環境保護停車場充電樁悠遊卡支付資訊系統都市更新捷運工程道路挖掘補助申請審查預算執行進度報告"
            + "長照服務社會福利教育學校課程圖書館典藏檔案目錄主題作者機關單位首長秘書聽證公告法規修正條例委員投票選舉里民活動中心消防救護水利"
        characters = Array(Set(text.unicodeScalars)).sorted()
        for _ in 0..<60 {
            let length = Int.random(in: 3...5, using: &generator)
            words.append(String(String.UnicodeScalarView((0..<length).map { _ in character() })))
        }
    }

    private mutating func character() -> Unicode.Scalar { characters.randomElement(using: &generator) ?? "市" }

    mutating func word() -> String { words.randomElement(using: &generator) ?? "" }

    /// Sixty documents, some of them hidden from most, half of them in a segment.
    mutating func fixture() throws -> SearchFixture {
        var fixture = try SearchFixture()
        for number in 0..<60 {
            let text = (0..<8).map { _ in
                word() + (["，", "、", "的", "及", ""].randomElement(using: &generator) ?? "")
            }.joined()
            let level: DocketCore.Classification = number % 5 == 0 ? .confidential : .public
            let scope = number % 7 == 0 ? "案二" : number % 7 == 1 ? "案一" : ""
            try fixture.apply([
                .put(SuggestionLibrary.document(number, text + words[number], level: level, scope: scope))
            ])
            if number == 30 { try fixture.fold() }
        }
        return fixture
    }

    /// A word of the library and what is typed for it.
    mutating func slip(_ slip: SpellingPropertyTests.Slip) -> (word: String, typed: String)? {
        let word = word()
        var typed = Array(word.unicodeScalars)
        let place = Int.random(in: 0..<typed.count, using: &generator)
        let inner = Int.random(in: 1..<typed.count - 1, using: &generator)
        switch slip {
        case .sound, .look:
            let kind = slip == .sound ? Confusions.Kind.sound : .look
            // Slips are made the other way round than they are mended.
            let options = Confusions.shared.confused(with: typed[place]).filter { $0.kind == kind && $0.strength > 2 }
            guard let option = options.randomElement(using: &generator) else { return nil }
            typed[place] = option.character
        case .swapped:
            let first = min(place, typed.count - 2)
            guard typed[first] != typed[first + 1] else { return nil }
            typed.swapAt(first, first + 1)
        case .extra: typed.insert(character(), at: inner)
        case .missing:
            guard typed.count > 3 else { return nil }
            typed.remove(at: inner)
        }
        return (word, String(String.UnicodeScalarView(typed)))
    }
}
