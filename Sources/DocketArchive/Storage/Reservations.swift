import GRDB

/// Uniqueness over the whole library (ARCHIVE.md section 3, rule 1): the first to reserve a key has it.
extension Database {
    /// Reserves `key` for `id`; gives the id that has it, which is another's when it was taken.
    func reserve(_ key: String, in namespace: ReservedNamespace, for id: String) throws -> String {
        let bucket = RoutingKey(key).bucket
        try run(
            "INSERT INTO reserve (bucket, namespace, key, id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [bucket, namespace.rawValue, key, id])
        return try reserved(key, in: namespace) ?? id
    }

    /// Who has `key`.
    func reserved(_ key: String, in namespace: ReservedNamespace) throws -> String? {
        try value(
            "SELECT id FROM reserve WHERE bucket = ? AND namespace = ? AND key = ?",
            [RoutingKey(key).bucket, namespace.rawValue, key])
    }

    /// Gives `key` to another id, after the one that had it was withdrawn.
    func rereserve(_ key: String, in namespace: ReservedNamespace, for id: String) throws {
        try run(
            "UPDATE reserve SET id = ? WHERE bucket = ? AND namespace = ? AND key = ?",
            [id, RoutingKey(key).bucket, namespace.rawValue, key])
    }
}

extension ReservedNamespace {
    /// Key of a record's external id: unique within its collection.
    static func externalKey(_ external: String, in collection: String) -> String {
        "\(collection.utf8.count):\(collection):\(external)"
    }
}
