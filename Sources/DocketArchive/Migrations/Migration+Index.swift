extension Migration {
    /// Tables of the search index in their fourth form: names as numbers, how far a merge is, and rows behind indexes of their own.
    ///
    /// What they hold is derived: a library that has some is told to make it anew.
    static let indexTables = Migration(name: "make-search-index-anew-in-form-4", add: IndexSchema.replaceTables)
}
