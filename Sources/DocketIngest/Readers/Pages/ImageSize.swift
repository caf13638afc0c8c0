import Foundation

/// Width, height and resolution of a picture, from its header alone, so that a bomb is refused before it is drawn.
struct ImageSize: Equatable {
    let width: Int
    let height: Int
    /// Dots an inch, where the header says so and it is likely for a scan.
    var resolution: Int?

    /// Pixels; never overflows.
    var pixels: Int { width.multipliedReportingOverflow(by: height).overflow ? .max : width * height }

    /// The size that the header of `data` states; nil for formats and headers that are not understood.
    init?(_ data: Data, mediaType: String) {
        let bytes = [UInt8](data.prefix(1 << 20))
        switch mediaType {
        case "image/png":
            guard bytes.count >= 24 else { return nil }
            self.init(width: Self.big(bytes, 16, 4), height: Self.big(bytes, 20, 4))
            resolution = Self.pngResolution(bytes)
        case "image/gif":
            guard bytes.count >= 10 else { return nil }
            self.init(width: Self.little(bytes, 6, 2), height: Self.little(bytes, 8, 2))
        case "image/bmp":
            guard bytes.count >= 26 else { return nil }
            self.init(width: Self.little(bytes, 18, 4), height: Self.little(bytes, 22, 4))
        case "image/jpeg": self.init(jpeg: bytes)
        default: return nil
        }
    }

    private init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The first frame header among the segments of a JPEG.
    private init?(jpeg bytes: [UInt8]) {
        var index = 2
        while index + 9 < bytes.count, bytes[index] == 0xFF {
            let marker = bytes[index + 1]
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                self.init(width: Self.big(bytes, index + 7, 2), height: Self.big(bytes, index + 5, 2))
                return
            }
            index += 2 + max(2, Self.big(bytes, index + 2, 2))
        }
        return nil
    }

    private static func pngResolution(_ bytes: [UInt8]) -> Int? {
        var index = 8
        while index + 21 <= bytes.count {
            let length = big(bytes, index, 4)
            if bytes[(index + 4)..<(index + 8)].elementsEqual("pHYs".utf8), bytes[index + 16] == 1 {
                let dots = Double(big(bytes, index + 8, 4)) * 0.0254
                return (70...1200).contains(dots) ? Int(dots.rounded()) : nil
            }
            guard length < bytes.count else { return nil }
            index += 12 + length
        }
        return nil
    }

    private static func big(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<start + count].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
