extension Migration {
    /// Tables of the search index in their third form: names as numbers, and how far a merge is.
    ///
    /// What they hold is derived: a library that has some is told to make it anew.
    static let indexTables = Migration(name: "make-search-index-anew-in-form-3", add: IndexSchema.replaceTables)
}
