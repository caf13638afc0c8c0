/// A whole table of delimited text, for rosters and other small data of a library.
public enum DelimitedTable {
    /// Rows of cells in order, the header first; the delimiter is the one that the header has: tab, comma or semicolon.
    /// - Throws: `IngestError.binary` when the input is no text, `.limitExceeded` over `textBytes`.
    public static func rows(_ input: ReaderInput, limits: ReaderLimits = ReaderLimits()) throws(IngestError)
        -> [[String]]
    {
        let decoded = try DecodedText(input.data, fileName: input.fileName, limits: limits)
        let header = decoded.bytes.prefix { $0 != 0x0A }
        let delimiter = [UInt8(ascii: "\t"), UInt8(ascii: ",")].first(where: header.contains) ?? UInt8(ascii: ";")
        var text = DelimitedText(decoded.bytes, delimiter: delimiter)
        var rows: [[String]] = []
        while let row = text.next() { rows.append(row.fields) }
        return rows
    }
}
