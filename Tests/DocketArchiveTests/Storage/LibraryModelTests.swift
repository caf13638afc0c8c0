import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketArchive

/// Random interleavings of add, edit, withdraw, reindex and reopening, held against a model of a few dictionaries.
@Suite struct LibraryModelTests {
    private struct Entry: Equatable {
        var title: String
        var text: String
        var classification: Classification
        var revision: Int
        var version: Int
    }

    private struct Model {
        var live: [SourceID: Entry] = [:]
        var withdrawn: Set<SourceID> = []
        var events = 1
    }

    @Test(arguments: 0..<6)
    func `any run of changes gives what the model says`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            let open = LibraryConfiguration(ceiling: .secret)
            let options = TableIndex().options()
            var library = try await Library.create(
                at: url, configuration: open, by: ArchiveFixture.clerk, options: options)
            var model = Model()
            for step in 0..<60 {
                if Int.random(in: 0..<20, using: &generator) == 0 {
                    try library.close()
                    library = try await Library.open(at: url, mode: .write, configuration: open, options: options)
                }
                try await Self.step(library, &model, &generator)
                if step % 10 == 9 { try await Self.compare(library, model, "seed \(seed) step \(step)") }
            }
            #expect(try await library.check(fixity: true).isSound)
        }
    }

    private static func step(
        _ library: Library, _ model: inout Model, _ generator: inout SeededGenerator
    ) async throws {
        let clerk = ArchiveFixture.clerk
        let ids = model.live.keys.sorted()
        let word = String(UInt32.random(in: 0...999, using: &generator))
        guard let id = ids.randomElement(using: &generator), let entry = model.live[id],
            Int.random(in: 0...9, using: &generator) > 2
        else {
            let level = [Classification.public, .internal, .secret].randomElement(using: &generator) ?? .public
            let new = ArchiveFixture.source(["文\(word)"], title: "題\(word)", classification: level)
            let outcome = try await library.add(new, by: clerk)
            let known = model.live.first { $0.value.version == 1 && $0.value.text == new.document.text }?.key
            if outcome.duplicate {
                #expect(model.live[outcome.id] != nil)
            } else {
                #expect(known == nil)
                model.live[new.document.id] = Entry(
                    title: new.document.title, text: new.document.text, classification: level, revision: 1, version: 1)
                model.events += 1
            }
            return
        }
        switch Int.random(in: 0...4, using: &generator) {
        case 0:
            try await library.withdraw(id, revision: entry.revision, authority: "令", by: clerk)
            model.live[id] = nil
            model.withdrawn.insert(id)
            model.events += 1
        case 1:
            await #expect(throws: ArchiveError.self) {
                try await library.set([.title("錯")], on: id, revision: entry.revision - 1, by: clerk)
            }
        case 2:
            var next = ArchiveFixture.source(["改\(word)"], id: id, salt: "\(id)\(entry.version)")
            next.document.version = entry.version + 1
            let version = NewVersion(document: next.document, original: next.original)
            model.live[id]?.revision = try await library.addVersion(
                version, revision: entry.revision, reason: "更正", by: clerk)
            model.live[id]?.text = next.document.text
            model.live[id]?.version += 1
            model.events += 1
        case 3:
            model.events += try await library.reindex(restart: true, batch: 7, by: clerk).sources / 7 + 3
            model.events = try await library.auditHead().sequence
        default:
            let revision = try await library.set(
                [.title("新\(word)"), .classification(.internal)], on: id, revision: entry.revision, reason: "更正",
                by: clerk)
            if revision != entry.revision { model.events += 1 }
            model.live[id]?.revision = revision
            model.live[id]?.title = "新\(word)"
            model.live[id]?.classification = .internal
        }
    }

    private static func compare(_ library: Library, _ model: Model, _ place: String) async throws {
        for viewer in [Viewer(clearance: .public), ArchiveFixture.viewer, ArchiveFixture.all] {
            let listed = try await library.list(limit: 1000, viewer: viewer).items
            let seen = model.live.filter { viewer.sees($0.value.classification, scope: "") }
            #expect(Set(listed.map(\.id)) == Set(seen.keys), "\(place) \(viewer)")
            for line in listed {
                let stored = try await library.source(line.id, viewer: viewer)
                let entry = Entry(
                    title: stored.document.title, text: stored.document.text,
                    classification: stored.document.classification, revision: stored.revision,
                    version: stored.document.version)
                #expect(entry == model.live[line.id], "\(place)")
            }
        }
        for id in model.withdrawn {
            await #expect(throws: ArchiveError.notFound("source:\(id)")) {
                try await library.source(id, viewer: ArchiveFixture.all)
            }
        }
        #expect(try TableIndex.titles(library) == model.live.values.map(\.title).sorted(), "\(place)")
        let report = try await library.verifyAudit()
        #expect(report.firstBreak == nil && report.verified == model.events, "\(place)")
        #expect(
            Set(try await library.tombstones(viewer: ArchiveFixture.all).map(\.id))
                == Set(model.withdrawn.map(\.rawValue)), "\(place)")
    }
}
