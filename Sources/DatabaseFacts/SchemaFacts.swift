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
  /// Publications, and statistics.
  package var others: [OtherObject] = []
  /// What is dropped or has its type changed, and so matters to what depends on it.
  package var removals: [Removal] = []
  /// What the downgrade makes on a table, and so on its descendants.
  package var parts: [Part] = []
  /// Partitioned tables that get a partition.
  package var divided: [TableName] = []
  /// What statements name and do not change.
  package var used: [Use] = []

  package init() {}

  package struct Removal: Sendable, Hashable, Codable {
    package enum Object: String, Sendable, Hashable, Codable {
      case relation, column, constraint, type, routine, schema, `extension`
    }
    package enum Mode: String, Sendable, Hashable, Codable {
      case restrict, cascade
      /// The type of a column changes.
      case retype
      /// The values of a domain are checked.
      case constrain
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

extension SchemaRequest {
  /// A part of a table that a statement makes, or gives another name.
  package struct Part: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
      case column, constraint, trigger
      /// Of any name.
      case primaryKey = "primary key"
    }
    package var kind: Kind
    package var table: TableName
    package var name: String

    package init(_ kind: Kind, of table: TableName, name: String) {
      self.kind = kind
      self.table = table
      self.name = name
    }
  }

  /// An object of which only its being there matters.
  package struct OtherObject: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable { case publication, statistics }
    package var kind: Kind
    /// A publication has no schema.
    package var name: TableName

    package init(_ kind: Kind, _ name: TableName) {
      self.kind = kind
      self.name = name
    }
  }
}

/// What the catalogs hold of the objects that were asked for.
package struct SchemaFacts: Sendable, Hashable, Codable {
  /// `current_schemas(false)`
  package var searchPath: [String] = []
  package var relations: [TableName: LiveRelation] = [:]
  package var types: [TableName: LiveType] = [:]
  package var routines: [TableName: [LiveRoutine]] = [:]
  package var schemas: Set<String> = []
  package var extensions: Set<String> = []
  package var others: Set<SchemaRequest.OtherObject> = []
  package var dependents: [LiveDependent] = []
  package var neighbours: [LiveNeighbour] = []
  /// Those that fire, with their events, as `name on event`.
  package var eventTriggers: [String] = []
  /// In the order of the request.
  package var used: [LiveUse] = []

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
  package var isUnlogged = false
  /// `pg_class.reloptions`, such as `security_barrier=true`.
  package var options: [String] = []
  /// Of an index.
  package var indexed: IndexUse?

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

  /// What an index is to its table.
  package struct IndexUse: Sendable, Hashable, Codable {
    package var table: TableName
    package var isReplicaIdentity: Bool
    package var isClustered: Bool

    package init(of table: TableName, isReplicaIdentity: Bool, isClustered: Bool) {
      self.table = table
      self.isReplicaIdentity = isReplicaIdentity
      self.isClustered = isClustered
    }
  }

  package struct Index: Sendable, Hashable, Codable {
    package var name: String
    /// False after CREATE INDEX CONCURRENTLY failed.
    package var isValid: Bool
    package var isUnique: Bool
    /// The key columns; empty text for an expression.
    package var columns: [String]
    /// Whether a foreign key may refer to its columns: unique over all rows, and checked at once.
    package var isReferable = false

    package init(name: String, isValid: Bool, isUnique: Bool, columns: [String]) {
      self.name = name
      self.isValid = isValid
      self.isUnique = isUnique
      self.columns = columns
    }
  }
}

/// A row of `pg_proc`.
package struct LiveRoutine: Sendable, Hashable, Codable {
  /// The `typname`s of the input arguments, joined by commas.
  package var arguments: String
  /// `pg_proc.prokind`: f, p, a, w.
  package var kind: String
  /// Of all parameters, as far as there are any; empty text for one without a name.
  package var names: [String]
  /// How many input arguments have a default.
  package var defaults: Int
  /// `typname` of the result.
  package var result: String
  package var returnsSet: Bool
  package var isSecurityDefiner: Bool
  /// What SET gives it, such as `search_path=public`.
  package var settings: [String]

  package init(
    arguments: String, kind: String, names: [String], defaults: Int, result: String,
    returnsSet: Bool, isSecurityDefiner: Bool, settings: [String]
  ) {
    self.arguments = arguments
    self.kind = kind
    self.names = names
    self.defaults = defaults
    self.result = result
    self.returnsSet = returnsSet
    self.isSecurityDefiner = isSecurityDefiner
    self.settings = settings
  }
}

/// A table that is tied to one that was asked for.
package struct LiveNeighbour: Sendable, Hashable, Codable {
  package enum Tie: String, Sendable, Hashable, Codable {
    /// The table inherits from it, or is its partition.
    case parent
    /// It is a partition of the table.
    case partition
    /// A descendant that has `part` itself.
    case part
    /// Its foreign key `part` refers to the table.
    case reference
    /// The table itself has no replica identity, and is in publication `part` with changes of rows.
    case published
  }
  package var tie: Tie
  package var table: TableName
  package var other: TableName
  package var part: String?
  /// Of a part.
  package var kind: SchemaRequest.Part.Kind?

  package init(
    _ tie: Tie, of table: TableName, other: TableName, part: String?,
    kind: SchemaRequest.Part.Kind?
  ) {
    self.tie = tie
    self.table = table
    self.other = other
    self.part = part
    self.kind = kind
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
    /// It uses a column whose type changes, or a domain whose values are checked.
    case uses
    /// A column of its partition key changes; `text` is the column.
    case divided
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
