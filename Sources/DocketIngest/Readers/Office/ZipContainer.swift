import CLibZip
import DocketCore
import Foundation

/// The entries of a ZIP container in memory, opened with limits on their number, size and ratio.
///
/// Nothing is unpacked to disk, so an entry's name is a key and never a path.
final class ZipContainer {
    private let archive: OpaquePointer
    /// Held because the archive reads from its bytes.
    private let storage: NSData
    private let fileName: String
    private let format: String
    private let limits: ReaderLimits
    private var indices: [String: UInt64] = [:]

    /// Opens `data`; `format` is what the bytes claim to be, for messages.
    /// - Throws: `IngestError.truncated`, `.malformed`, `.limitExceeded` for `zipEntries`.
    init(_ data: Data, fileName: String, format: String, limits: ReaderLimits) throws(IngestError) {
        storage = NSData(data: data)
        self.fileName = fileName
        self.format = format
        self.limits = limits
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(storage.bytes, UInt64(storage.length), 0, &error) else {
            throw .unreadable(file: fileName, errno: ENOMEM)
        }
        guard let opened = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            // The directory of a ZIP stands at its end: without it the end is missing.
            throw .truncated(file: fileName, format: format, place: .init(byte: storage.length))
        }
        archive = opened
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.zipEntries else {
            throw .limitExceeded(file: fileName, limit: .zipEntries, value: limits.zipEntries, place: .init())
        }
        for index in 0..<UInt64(max(0, count)) {
            guard let name = zip_get_name(archive, index, 0) else { continue }
            indices[String(cString: name)] = index
        }
    }

    deinit { zip_discard(archive) }

    /// Names of all entries.
    var names: Set<String> { Set(indices.keys) }

    /// Bytes of one entry, unpacked; nil when there is none of that name.
    /// - Throws: `IngestError.encrypted`, `.malformed`, `.truncated`, `.limitExceeded` for `zipEntryBytes`, `zipRatio`.
    func entry(_ name: String) throws(IngestError) -> Data? {
        guard let index = indices[name] else { return nil }
        var status = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &status) == 0 else { throw damaged(name) }
        guard status.encryption_method == 0 else { throw .encrypted(file: fileName, format: format) }
        try check(unpacked: Int(clamping: status.size), packed: Int(clamping: status.comp_size), name)
        guard let file = zip_fopen_index(archive, index, 0) else { throw damaged(name) }
        defer { zip_fclose(file) }
        var data = Data()
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = zip_fread(file, &chunk, UInt64(chunk.count))
            guard count >= 0 else { throw damaged(name) }
            guard count > 0 else { return data }
            data.append(contentsOf: chunk[..<Int(count)])
            // The stated size may lie, so what really comes out is counted.
            try check(unpacked: data.count, packed: Int(clamping: status.comp_size), name)
        }
    }

    private func check(unpacked: Int, packed: Int, _ name: String) throws(IngestError) {
        guard unpacked <= limits.zipEntryBytes else {
            throw .limitExceeded(
                file: fileName, limit: .zipEntryBytes, value: limits.zipEntryBytes, place: .init(entry: name))
        }
        guard unpacked <= 1 << 20 || unpacked / max(1, packed) <= limits.zipRatio else {
            throw .limitExceeded(file: fileName, limit: .zipRatio, value: limits.zipRatio, place: .init(entry: name))
        }
    }

    private func damaged(_ name: String) -> IngestError {
        .malformed(
            file: fileName, format: format, place: .init(entry: name),
            problem: LocalizedText(zhHant: "壓縮內容已損壞", en: "the packed bytes are damaged"))
    }
}
