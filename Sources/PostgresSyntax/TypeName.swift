// A data type as a statement writes it, under its name in the catalog.

/// A data type. Built-in types have `schema` "pg_catalog" and the name that `pg_type` gives them,
/// whatever spelling the SQL uses: `int`, `integer` and `int4` are all `pg_catalog.int4`.
package struct TypeName: Hashable, Sendable {
  /// "pg_catalog" for built-in types; nil for a type that the search path resolves.
  package var schema: String?
  /// The catalog's name of the element type: `int4`, `varchar`, `timestamptz`, `bpchar`.
  package var name: String
  /// What stands in parentheses, completed as PostgreSQL completes it: `numeric(10)` has [10, 0],
  /// `char` has [1]. For `interval` the mask of fields comes first, as in `atttypmod`.
  package var modifiers: [TypeModifier]
  /// The pairs of brackets; PostgreSQL keeps only whether there are any (manual 8.15.1).
  package var arrayDimensions: Int

  package init(
    schema: String? = nil, name: String, modifiers: [TypeModifier] = [], arrayDimensions: Int = 0
  ) {
    self.schema = schema
    self.name = name
    self.modifiers = modifiers
    self.arrayDimensions = arrayDimensions
  }

  package static func builtin(_ name: String, _ modifiers: Int..., array: Bool = false) -> TypeName
  {
    TypeName(
      schema: "pg_catalog", name: name, modifiers: modifiers.map { .number($0) },
      arrayDimensions: array ? 1 : 0)
  }

  package var isBuiltin: Bool { schema == "pg_catalog" }
  package var isArray: Bool { arrayDimensions > 0 }

  /// The name without modifiers and brackets.
  package var qualifiedName: QualifiedName { QualifiedName(schema: schema, name) }

  /// The modifiers if all are numbers.
  package var numbers: [Int]? {
    var numbers: [Int] = []
    for case .number(let number) in modifiers { numbers.append(number) }
    return numbers.count == modifiers.count ? numbers : nil
  }
}

/// One modifier of a type; types of extensions take words too, as in `geometry(Point, 4326)`.
package enum TypeModifier: Hashable, Sendable {
  case number(Int)
  case word(String)
}
