// What statements use by name, and whether a database has it.

extension SchemaRequest {
  /// An object that a statement names and does not change.
  package struct Use: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
      case relation, function, type, collation, tablespace, schema, language, server, `extension`
      case operatorClass = "operator class"
      /// That of a type of `pg_catalog` by default.
      case defaultClass = "default operator class"
      case `operator`
      /// An operator that the extension `of` has brought.
      case extensionOperator = "operator of extension"
      case accessMethod = "access method"
      case textSearchConfiguration = "text search configuration"
      case textSearchDictionary = "text search dictionary"
    }
    package var kind: Kind
    /// Without a schema it is looked up along the role's search path.
    package var name: TableName
    /// The access method of an operator class, or the extension.
    package var of: String?
    /// Is searched too, beside the path.
    package var ownSchema: String?

    package init(_ kind: Kind, _ name: TableName, of: String? = nil) {
      self.kind = kind
      self.name = name
      self.of = of
    }
  }
}

/// Where a database has what a statement uses.
package struct LiveUse: Sendable, Hashable, Codable {
  package var use: SchemaRequest.Use
  /// Whether it is in its schema, or on the search path.
  package var isFound: Bool
  /// A schema that has one of its name and is not that.
  package var elsewhere: String?

  package init(_ use: SchemaRequest.Use, isFound: Bool, elsewhere: String?) {
    self.use = use
    self.isFound = isFound
    self.elsewhere = elsewhere
  }
}
