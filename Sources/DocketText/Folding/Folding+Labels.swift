extension Folding {
    /// The key under which a label of a vocabulary is found: folded, runs of white space as one blank, none at the ends.
    ///
    /// What people ask for is brought into the same form, so that "Electric  Vehicle" finds "electric vehicle".
    public static func labelKey(_ label: String) -> String {
        let folded = key(label)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(folded.utf8.count)
        var isPending = false
        for byte in folded.utf8 {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                isPending = !bytes.isEmpty
            } else {
                if isPending { bytes.append(0x20) }
                isPending = false
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
