import DocketCore
import DocketTestSupport
import Foundation
import Testing

struct IdentityTests {
    @Test(arguments: 0..<200)
    func `a ULID survives its canonical form`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let date = Date(timeIntervalSince1970: Double(generator.next() % 10_000_000_000))
        let identifier = ULID(at: date)
        #expect(ULID(identifier.string) == identifier)
        #expect(identifier.string.utf8.count == 26)
        #expect(identifier.milliseconds == UInt64(date.timeIntervalSince1970 * 1000))
    }

    @Test func `ULIDs sort by their time`() {
        let early = ULID(at: Date(timeIntervalSince1970: 1_000_000))
        let late = ULID(at: Date(timeIntervalSince1970: 1_000_000.001))
        #expect(early.string < late.string)
    }

    @Test(arguments: ["", "01ARZ3NDEKTSV4RRFFQ69G5FA", "81ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAU"])
    func `what is no ULID is refused`(text: String) {
        #expect(ULID(text) == nil)
    }

    @Test func `an identity is a bare JSON string`() throws {
        let id = SourceID(rawValue: "01ARZ3NDEKTSV4RRFFQ69G5FAV")
        let json = try JSONEncoder().encode([id])
        #expect(String(decoding: json, as: UTF8.self) == #"["01ARZ3NDEKTSV4RRFFQ69G5FAV"]"#)
        #expect(try JSONDecoder().decode([SourceID].self, from: json) == [id])
    }

    @Test func `a digest is that of the published example`() {
        #expect(
            SHA256Digest(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        var hasher = SHA256Digest.Hasher()
        hasher.update(Data("a".utf8))
        hasher.update(Data("bc".utf8))
        #expect(hasher.finalize() == SHA256Digest(of: "abc"))
        #expect(SHA256Digest(hex: "ABC") == nil)
    }

    @Test func `a fingerprint changes with the settings and with nothing else`() throws {
        let plain = EngineIdentity(name: "extractive", version: "1")
        var tuned = plain
        tuned.settingsDigest = SHA256Digest(of: "length=300")
        #expect(try plain.fingerprint() == EngineIdentity(name: "extractive", version: "1").fingerprint())
        #expect(try plain.fingerprint() != tuned.fingerprint())
    }
}
