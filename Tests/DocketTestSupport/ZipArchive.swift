public import Foundation

/// ZIP archives written by hand, so that no library under test takes part, and so that their headers may lie.
public enum ZipArchive {
    /// One entry of an archive as its header describes it, rightly or not.
    public struct Entry {
        /// Name in the archive.
        public var name: String
        /// Bytes as they stand in the archive.
        public var bytes: Data
        /// Unpacked size that the header states.
        public var size: Int
        /// Checksum that the header states.
        public var crc: Int
        /// 0 stored, 8 deflated.
        public var method: Int
        /// Bit 0 says encrypted.
        public var flags: Int

        /// An entry as described.
        public init(name: String, bytes: Data, size: Int, crc: Int, method: Int = 0, flags: Int = 0) {
            self.name = name
            self.bytes = bytes
            self.size = size
            self.crc = crc
            self.method = method
            self.flags = flags
        }

        /// An entry of `data` as it is.
        public init(_ name: String, _ data: Data, flags: Int = 0) {
            self.init(name: name, bytes: data, size: data.count, crc: ZipArchive.crc32(data), flags: flags)
        }

        /// An entry of `data` packed by gzip, whose own header and trailer are cut away.
        public static func deflated(_ name: String, _ data: Data) throws -> Entry {
            let packed = try SystemProgram.run("/usr/bin/gzip", ["-9", "-n", "-c"], input: data)
            return Entry(
                name: name, bytes: packed.dropFirst(10).dropLast(8), size: data.count,
                crc: packed.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }, method: 8)
        }
    }

    /// An archive of entries as they are.
    public static func data(_ entries: [(name: String, data: Data)]) -> Data {
        data(entries.map { Entry($0.name, $0.data) })
    }

    /// An archive of entries as described.
    public static func data(_ entries: [Entry]) -> Data {
        var archive = Data()
        var directory = Data()
        for entry in entries {
            let (name, data) = (entry.name, entry.bytes)
            let header = fields(
                ("v", 20), ("v", entry.flags), ("v", entry.method), ("V", 0), ("V", entry.crc), ("V", data.count),
                ("V", entry.size), ("v", name.utf8.count), ("v", 0))
            directory += Data([0x50, 0x4B, 1, 2, 20, 0]) + header
            directory += fields(("v", 0), ("v", 0), ("v", 0), ("V", 0), ("V", archive.count)) + Data(name.utf8)
            archive += Data([0x50, 0x4B, 3, 4]) + header + Data(name.utf8) + data
        }
        let end = fields(
            ("v", 0), ("v", 0), ("v", entries.count), ("v", entries.count), ("V", directory.count),
            ("V", archive.count), ("v", 0))
        return archive + directory + Data([0x50, 0x4B, 5, 6]) + end
    }

    private static func fields(_ values: (String, Int)...) -> Data {
        var data = Data()
        for (size, value) in values {
            for byte in 0..<(size == "v" ? 2 : 4) { data.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
        }
        return data
    }

    /// The checksum of ZIP (ISO 3309).
    public static func crc32(_ data: Data) -> Int {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return Int(~crc)
    }
}

/// A program of the system that a test needs.
public enum SystemProgram {
    /// Runs a program on bytes and gives what it wrote to standard output.
    public static func run(_ program: String, _ arguments: [String], input: Data) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let (feed, drain) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (feed, drain, FileHandle.nullDevice)
        try process.run()
        let writer = feed.fileHandleForWriting
        Thread.detachNewThread {
            writer.write(input)
            writer.closeFile()
        }
        let data = try drain.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data
    }
}
