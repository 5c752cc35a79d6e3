// What the catalogs of a live database say of the objects that a downgrade is about.

/// Which objects to read, by the names that they should have now.
package struct SchemaRequest: Sendable, Hashable, Codable {
  /// Tables, views, sequences and indexes.
  package var relations: [TableName] = []
  package var types: [TableName] = []
  /// Functions and procedures; all that have the name.
  package var routines: [TableName] = []
  package var schemas: [String] = []
  package var extensions: [String] = []
  /// What is dropped or has its type changed, and so matters to what depends on it.
  package var removals: [Removal] = []

  package init() {}

  package struct Removal: Sendable, Hashable, Codable {
    package enum Object: String, Sendable, Hashable, Codable {
      case relation, column, constraint, type, routine, schema, `extension`
    }
    package enum Mode: String, Sendable, Hashable, Codable {
      case restrict, cascade
      /// The type of a column changes.
      case retype
    }
    package var object: Object
    package var mode: Mode
    /// Of a schema or an extension nil.
    package var schema: String?
    package var name: String
    /// The column or constraint; of a routine the `typname`s of its arguments, joined by commas.
    package var part: String?

    package init(_ object: Object, _ mode: Mode, schema: String?, name: String, part: String?) {
      self.object = object
      self.mode = mode
      self.schema = schema
      self.name = name
      self.part = part
    }
  }
}

/// What the catalogs hold of the objects that were asked for.
package struct SchemaFacts: Sendable, Hashable, Codable {
  /// `current_schemas(false)`
  package var searchPath: [String] = []
  package var relations: [TableName: LiveRelation] = [:]
  package var types: [TableName: LiveType] = [:]
  /// The `typname`s of the arguments of each routine of a name, joined by commas.
  package var routines: [TableName: [String]] = [:]
  package var schemas: Set<String> = []
  package var extensions: Set<String> = []
  package var dependents: [LiveDependent] = []

  package init() {}
}

/// A row of `pg_class` with what belongs to it.
package struct LiveRelation: Sendable, Hashable, Codable {
  /// `pg_class.relkind`: r, p, f, v, m, S, i, I, c.
  package var kind: String
  package var hasRowSecurity: Bool
  /// The planner's estimate, `pg_class.reltuples`; nil where it has none.
  package var estimatedRows: Int?
  /// As of the last VACUUM or ANALYZE, without indexes and TOAST.
  package var bytes: Int?
  package var columns: [Column] = []
  package var constraints: [Constraint] = []
  package var indexes: [Index] = []
  /// Those that a person made, with `tgenabled`.
  package var triggers: [String: String] = [:]
  package var policies: Set<String> = []
  /// Without those that make a view.
  package var rules: Set<String> = []

  package init(kind: String, hasRowSecurity: Bool) {
    self.kind = kind
    self.hasRowSecurity = hasRowSecurity
  }

  package struct Column: Sendable, Hashable, Codable {
    package enum Filling: String, Sendable, Hashable, Codable {
      case none, `default`, generated, identity
    }
    package var name: String
    /// As `format_type` writes it.
    package var type: String
    /// `typname` of the type, of an array that of its elements.
    package var typeName: String
    package var isNotNull: Bool
    package var filling: Filling
    /// Where it is not that of the type.
    package var collation: String?

    package init(
      name: String, type: String, typeName: String, isNotNull: Bool, filling: Filling,
      collation: String?
    ) {
      self.name = name
      self.type = type
      self.typeName = typeName
      self.isNotNull = isNotNull
      self.filling = filling
      self.collation = collation
    }
  }

  package struct Constraint: Sendable, Hashable, Codable {
    package var name: String
    /// `pg_constraint.contype`: c, f, p, u, x.
    package var kind: String
    package var isValidated: Bool
    package var columns: [String]

    package init(name: String, kind: String, isValidated: Bool, columns: [String]) {
      self.name = name
      self.kind = kind
      self.isValidated = isValidated
      self.columns = columns
    }
  }

  package struct Index: Sendable, Hashable, Codable {
    package var name: String
    /// False after CREATE INDEX CONCURRENTLY failed.
    package var isValid: Bool
    package var isUnique: Bool
    /// The key columns; empty text for an expression.
    package var columns: [String]

    package init(name: String, isValid: Bool, isUnique: Bool, columns: [String]) {
      self.name = name
      self.isValid = isValid
      self.isUnique = isUnique
      self.columns = columns
    }
  }
}

package struct LiveType: Sendable, Hashable, Codable {
  /// `pg_type.typtype`: b, c, d, e, m, p, r.
  package var kind: String
  /// Of an enum, in order.
  package var labels: [String]

  package init(kind: String, labels: [String]) {
    self.kind = kind
    self.labels = labels
  }
}

/// An object that is touched when another one is removed (manual 5.14, `pg_depend`).
package struct LiveDependent: Sendable, Hashable, Codable {
  package enum Way: String, Sendable, Hashable, Codable {
    /// It is dropped too, without a word.
    case goesAlong = "along"
    /// Without CASCADE it refuses the removal.
    case blocks
    /// It uses a column whose type changes.
    case uses
    /// The removed object is a part of it.
    case requires
    /// It goes, and another role than the one that makes it anew may own it: `text` is the owner.
    case owner
    /// It goes, with a privilege that is none of those by default, such as `SELECT TO app`.
    case granted
    /// It goes, without a privilege that it would have by default.
    case revoked
    /// It goes, with a comment.
    case comment
  }
  /// The place of the removal in the request.
  package var removal: Int
  package var way: Way
  /// As `pg_identify_object_as_address` calls it: `view`, `table constraint`, `default value`.
  package var kind: String
  /// Schema, name and part, as far as the kind has them.
  package var names: [String]
  /// The owner, privilege or comment.
  package var text: String?

  package init(removal: Int, way: Way, kind: String, names: [String], text: String? = nil) {
    self.removal = removal
    self.way = way
    self.kind = kind
    self.names = names
    self.text = text
  }
}
