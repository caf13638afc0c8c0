/// The marker at the head of a line of an outline: 壹、 一、 （一） 1、 （1） 甲、 （甲） ①.
///
/// Brackets may be wide, narrow or mixed, blanks may stand inside them, and 、 . ． may follow a numeral: conversion leaves
/// all of these in one document. The level follows from the class of the marker, never from indentation.
public struct OutlineMarker: Sendable, Hashable {
    /// Class of a marker, in the order of official documents.
    public enum Level: Int, Sendable, Hashable, Comparable, CaseIterable {
        /// 壹、
        case l1 = 1
        /// 一、
        case l2
        /// （一） and the <一> of budget tables
        case l3
        /// 1、 1. 1)
        case l4
        /// （1）
        case l5
        /// 甲、
        case l6
        /// （甲）
        case l7
        /// ①
        case l8

        /// A higher heading comes first.
        public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    /// Class of the marker.
    public let level: Level
    /// Value of its numeral, 1...999.
    public let number: Int
    /// The marker as written, brackets or the mark after it included: `（三）`, `三、`.
    public let text: String
    /// The numeral as written, without brackets: `三`.
    public let numeral: String
    /// Byte range of `text`.
    public let range: Range<Int>
    /// First byte of what follows, blanks skipped.
    public let contentStart: Int
    /// True when a bullet that conversion put there (`- （三）`) stands before the marker.
    public let hasArtefactBullet: Bool

    /// The marker that `line` begins with, after blanks; nil when there is none.
    ///
    /// Offsets count from the start of `line`.
    public static func parse(line: some StringProtocol) -> OutlineMarker? {
        let line = String(line)
        return parse(line, lineAt: 0..<line.utf8.count)
    }

    /// The marker that the line at `range` of `text` begins with; nil when there is none.
    ///
    /// Offsets are those of `text`.
    public static func parse(_ text: String, lineAt range: Range<Int>) -> OutlineMarker? {
        UTF8Bytes.with(text) { bytes in
            let bounds = max(0, range.lowerBound)..<min(bytes.count, range.upperBound)
            guard bounds.lowerBound < bounds.upperBound, bounds.upperBound <= bytes.count else { return nil }
            return MarkerScanner(bytes: bytes, end: bounds.upperBound).marker(at: bounds.lowerBound).map {
                OutlineMarker($0, in: bytes)
            }
        }
    }

    /// All markers at heads of lines, in order.
    public static func markers(in text: String) -> [OutlineMarker] {
        UTF8Bytes.with(text) { bytes in
            var found: [OutlineMarker] = []
            var start = 0
            for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x0A {
                if let hit = MarkerScanner(bytes: bytes, end: index).marker(at: start) {
                    found.append(OutlineMarker(hit, in: bytes))
                }
                start = index + 1
            }
            return found
        }
    }

    private init(_ hit: MarkerScanner.Hit, in bytes: UnsafeBufferPointer<UInt8>) {
        level = hit.level
        number = hit.number
        text = UTF8Bytes.string(bytes, hit.range)
        numeral = UTF8Bytes.string(bytes, hit.numeral)
        range = hit.range
        contentStart = hit.contentStart
        hasArtefactBullet = hit.bullet != nil
    }
}
