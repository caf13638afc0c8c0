import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketArchive

/// What a saved search tells, against a model that knows the library by heart.
@Suite struct SearchNewsModelTests {
    /// A live source as the model knows it.
    private struct Source {
        var lines: [String]
        var revision = 1
        var version = 1
        var isSecret = false
    }

    /// What one viewer was told: identity to words, and by source how often each words were.
    private struct Memory {
        var told: [String: String] = [:]

        /// Identities of what is new and of what changed among `matches`, which are in the order of their sources.
        func news(_ matches: [(id: String, words: String)]) -> (new: Set<String>, changed: Set<String>) {
            var unmatched = told
            var rest: [(id: String, words: String)] = []
            for match in matches {
                if unmatched[match.id] == match.words { unmatched[match.id] = nil } else { rest.append(match) }
            }
            var (new, changed) = (Set<String>(), Set<String>())
            for match in rest {
                // Words that were told of another place of the same source.
                if let place = unmatched.keys.sorted().first(where: {
                    unmatched[$0] == match.words && source($0) == source(match.id)
                }) {
                    unmatched[place] = nil
                } else if told[match.id] != nil {
                    changed.insert(match.id)
                } else {
                    new.insert(match.id)
                }
            }
            return (new, changed)
        }

        private func source(_ id: String) -> Substring { id.prefix { $0 != "#" } }
    }

    private static let words = ["會議", "資訊", "機關", "報告", "停車", "預算", "招標", "驗收"]

    private static func line(_ random: inout SeededGenerator) -> String {
        // Few different lines, so that the same words come again in a source.
        (0..<Int.random(in: 1...3, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined()
    }

    private static func edited(_ lines: [String], _ random: inout SeededGenerator) -> [String] {
        var lines = lines
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let place = Int.random(in: 0..<lines.count, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: lines.insert(line(&random), at: place)
            case 1 where lines.count > 1: lines.remove(at: place)
            default: lines[place] = line(&random)
            }
        }
        return lines
    }

    @Test(arguments: 0..<12)
    func `after any run of changes exactly the news are told, to each viewer its own`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let configuration = LibraryConfiguration(ceiling: .secret)
        try await ArchiveFixture.withLibrary(configuration, options: SavedSearchTests.options()) {
            library async throws in
            let viewers = [ArchiveFixture.viewer, ArchiveFixture.all]
            var live: [SourceID: Source] = [:]
            var memories = [Memory(), Memory()]
            let saved = try await library.save(
                SavedSearch(name: "會議", words: "會議", mode: .keywords), today: nil, viewer: viewers[0],
                by: ArchiveFixture.clerk)
            for step in 0..<60 {
                try await Self.change(library, &live, salt: "\(seed) \(step)", &random)
                guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
                let number = Int.random(in: 0...1, using: &random)
                let matches = live.sorted { $0.key < $1.key }
                    .filter { number == 1 || !$0.value.isSecret }
                    .flatMap { id, source in
                        source.lines.enumerated().filter { $0.element.contains("會議") }
                            .map { (id: "\(id)#\($0.offset)", words: $0.element) }
                    }
                let expected = memories[number].news(matches)
                let limit = Int.random(in: 1...12, using: &random)
                let news = try await library.news(of: saved, today: nil, limit: limit, viewer: viewers[number])
                let shown = news.items.map { [$0.hit.id] + $0.hit.alike }
                let told = Set(shown.joined())
                #expect(news.newCount == expected.new.count, "seed \(seed) step \(step)")
                #expect(news.changedCount == expected.changed.count, "seed \(seed) step \(step)")
                #expect(told.isSubset(of: expected.new.union(expected.changed)), "seed \(seed) step \(step)")
                #expect(news.shownCount == told.count && shown.joined().count == told.count)
                #expect(news.items.count == limit || told.count == news.newCount + news.changedCount)
                for item in news.items {
                    #expect(item.isChanged == expected.changed.contains(item.hit.id), "seed \(seed) step \(step)")
                }
                #expect(news.total == .exact(matches.count) && news.complete && !news.isCapped)
                // A run that ends before it remembers changes nothing.
                guard Int.random(in: 0..<4, using: &random) > 0 else { continue }
                try await library.remember(news, by: ArchiveFixture.clerk)
                let untold = expected.new.union(expected.changed).subtracting(told)
                for match in matches where !untold.contains(match.id) { memories[number].told[match.id] = match.words }
            }
            #expect(try await library.verifyAudit().firstBreak == nil)
        }
    }

    private static func change(
        _ library: Library, _ live: inout [SourceID: Source], salt: String, _ random: inout SeededGenerator
    ) async throws {
        let id = live.keys.sorted().randomElement(using: &random)
        switch (Int.random(in: 0...9, using: &random), id, id.flatMap { live[$0] }) {
        case (0, let id?, let source?):
            try await library.withdraw(id, revision: source.revision, authority: "令", by: ArchiveFixture.clerk)
            live[id] = nil
        case (1, let id?, let source?):
            let level: Classification = source.isSecret ? .internal : .secret
            live[id]?.revision = try await library.set(
                [.classification(level)], on: id, revision: source.revision, reason: "調整", by: ArchiveFixture.clerk)
            live[id]?.isSecret.toggle()
        case (2, let id?, let source?):
            live[id]?.revision = try await library.set(
                [.title(salt), .date("2024-01-0\(Int.random(in: 1...9, using: &random))")], on: id,
                revision: source.revision, by: ArchiveFixture.clerk)
        case (3...5, let id?, let source?):
            let lines = edited(source.lines, &random)
            guard lines != source.lines else { return }
            var next = ArchiveFixture.source(
                lines, id: id, classification: source.isSecret ? .secret : .internal, salt: salt)
            next.document.version = source.version + 1
            live[id]?.revision = try await library.addVersion(
                NewVersion(document: next.document, original: next.original), revision: source.revision, reason: "更正",
                by: ArchiveFixture.clerk)
            live[id]?.version += 1
            live[id]?.lines = lines
        case (6, _, _):
            _ = try await library.reindex(restart: true, batch: 5, by: ArchiveFixture.clerk)
        case (7, _, _):
            let writer = try #require(library.store.writer)
            let isForced = Bool.random(using: &random)
            try await LibraryOpening.offPool(file: "", waiting: 0) {
                if isForced {
                    try IndexMaintenance().run(writer, isForced: true)
                } else {
                    _ = try IndexMaintenance().foldIfDue(writer, isForced: true)
                }
            }
        default:
            let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in line(&random) }
            let source = ArchiveFixture.source(lines, salt: salt)
            live[try await library.add(source, by: ArchiveFixture.clerk).id] = Source(lines: lines)
        }
    }
}
