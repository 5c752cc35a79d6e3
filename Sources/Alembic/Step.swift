// What one direction of one revision emits, in order: statements, and places that could not be known.

package import SourceText

package enum Direction: String, Sendable, Hashable, Codable {
  case upgrade, downgrade
}

/// What Alembic does with statements.
package enum ExecutionMode: Sendable {
  /// `--sql`: prints them.
  case offline
  /// Has a database execute them.
  case online
}

/// One revision in one direction, worked out without running it.
package struct Step: Sendable {
  package var direction: Direction
  /// Statements and opaque places in the order of execution.
  package var elements: [StepElement]
  /// Where the function ends in a `raise`; what was emitted before it stays in `elements`.
  package var raises: RaisedError?
  /// The function is not defined in the file.
  package var isMissing: Bool
  /// The function's body holds nothing but `pass`, a docstring, `...` or `return`.
  package var isEmptyBody: Bool
  /// Places whose result is that of offline mode (`--sql`) and may differ against a database.
  package var offlineOnly: [OpaquePlace]
  /// Places where offline mode fails and a database would not.
  package var offlineFailures: [OpaquePlace] = []
  /// Where it asks for the schema that it finds, or for the mode: it may do other things elsewhere, also where
  /// the answers are known.
  package var asked: [OpaquePlace] = []

  package var asksSchema: Bool { asked.contains { $0.reason.kind == .databaseRead } }

  package init(
    direction: Direction, elements: [StepElement] = [], raises: RaisedError? = nil,
    isMissing: Bool = false, isEmptyBody: Bool = false, offlineOnly: [OpaquePlace] = []
  ) {
    self.direction = direction
    self.elements = elements
    self.raises = raises
    self.isMissing = isMissing
    self.isEmptyBody = isEmptyBody
    self.offlineOnly = offlineOnly
  }

  package var statements: [EmittedStatement] {
    elements.compactMap { if case .statement(let statement) = $0 { statement } else { nil } }
  }

  package var opaque: [OpaquePlace] {
    elements.compactMap { element in
      switch element {
      case .opaque(let place): place
      case .unnamedDrop(let drop): drop.place
      case .statement: nil
      }
    }
  }

  /// All that the step emits is known, to its end or to the `raise` that ends it.
  package var isComplete: Bool {
    elements.allSatisfy { if case .statement = $0 { true } else { false } }
  }
}

package enum StepElement: Sendable {
  case statement(EmittedStatement)
  case opaque(OpaquePlace)
  /// The step ends there, offline and against a database.
  case unnamedDrop(UnnamedDrop)
}

/// `op.drop_constraint(None, …)`, for which SQLAlchemy raises an exception before it sends anything:
/// CompileError, or IndexError or InvalidRequestError where a naming convention asks for the table that a
/// foreign key refers to or for the name.
package struct UnnamedDrop: Hashable, Sendable {
  package var schema: String?
  package var table: String
  package var error: RaisedError

  /// The same for those who ask what is not known.
  package var place: OpaquePlace { OpaquePlace(range: error.range, reason: error.reason) }
}

/// A statement as Alembic's offline mode emits it, without the semicolon at its end.
package struct EmittedStatement: Sendable {
  package var sql: String
  /// The place in the revision's own file: of the call in it, however deep the helper is.
  package var range: SourceRange
  /// Inside `autocommit_block()`: not in the revision's transaction.
  package var autocommit: Bool
  /// Under a condition that is not known: it may or may not run.
  package var isConditional: Bool
  /// What the operation says beyond its SQL.
  package var hints: [OperationHint]
  /// Against a database Alembic looks first (`checkfirst`), and leaves the statement out where the
  /// object is there, or is not there, already.
  package var checksFirst: Bool
  /// The same with its values as some drivers send them; nil where that makes no difference.
  package var sent: SentValues?
  /// A connection was given a bare string, which SQLAlchemy 2 refuses and 1.4 takes.
  package var isBareText = false

  package init(
    sql: String, range: SourceRange, autocommit: Bool = false, isConditional: Bool = false,
    hints: [OperationHint] = [], checksFirst: Bool = false
  ) {
    self.checksFirst = checksFirst
    self.sql = sql
    self.range = range
    self.autocommit = autocommit
    self.isConditional = isConditional
    self.hints = hints
  }
}

/// A statement with values beside its text, as it looks to a server that is told the types of strings.
package struct SentValues: Hashable, Sendable {
  /// Those that may not take one of the values as it is.
  package var doubtful: Drivers = []
  /// With the strings as VARCHAR that SQLAlchemy says the type of; nil where there are none.
  package var typed: String?
  /// With those, too, of which the server finds the type; nil where there are none. asyncpg takes a
  /// string there if the place is one for text.
  package var untyped: String?

  var size: Int { (typed?.utf8.count ?? 0) + (untyped?.utf8.count ?? 0) }
}

/// What an operation says of a column beyond the SQL that it emits (`existing_type=` and the like),
/// for tables that the history did not create.
package struct OperationHint: Hashable, Sendable {
  package var schema: String?
  package var table: String
  package var column: String
  /// The type as PostgreSQL would be told it.
  package var existingType: String?
  package var existingNullable: Bool?
  /// The default expression's SQL text; nil where nothing is said.
  package var existingDefault: String?
  /// A new column has `default=`, which SQLAlchemy gives to its own INSERTs only.
  package var hasPythonDefault: Bool

  package init(
    schema: String?, table: String, column: String, existingType: String? = nil,
    existingNullable: Bool? = nil, existingDefault: String? = nil, hasPythonDefault: Bool = false
  ) {
    self.hasPythonDefault = hasPythonDefault
    self.schema = schema
    self.table = table
    self.column = column
    self.existingType = existingType
    self.existingNullable = existingNullable
    self.existingDefault = existingDefault
  }
}

/// Something that cannot be known without running it.
package struct OpaquePlace: Hashable, Sendable {
  /// The place in the revision's own file.
  package var range: SourceRange
  /// Why, in a few words a person understands: "the result of a query", "imports requests".
  package var reason: OpaqueReason
  package var reach: Reach

  /// What may be done there, beyond the statements and places around it.
  package enum Reach: Hashable, Sendable {
    case everything
    /// Rows may be read and written, definitions are not changed.
    case rows
    /// A statement of this form, with other values than the NULLs in it, as often as it may be.
    case statement(String)
  }

  package init(range: SourceRange, reason: OpaqueReason, reach: Reach = .everything) {
    self.range = range
    self.reason = reason
    self.reach = reach
  }
}

/// Why something is not known: a kind to count by, and the particulars.
package struct OpaqueReason: Hashable, Sendable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// What a query returned, an inspector or a session would have to be asked.
    case databaseRead = "reads the database"
    case condition = "condition not known"
    case unknownName = "name not known"
    case unknownModule = "module not readable"
    case unsupportedCall = "call not understood"
    case unsupportedSyntax = "Python not understood"
    case environment = "depends on the environment"
    case time = "depends on the time or on chance"
    case damaged = "damaged source"
    case budget = "too much work"
    case unsupportedSQL = "SQL not understood"
  }
  package var kind: Kind
  package var detail: String
  /// Of a condition: why that is not known.
  package var cause: Kind?

  package init(_ kind: Kind, _ detail: String, of cause: Kind? = nil) {
    self.kind = kind
    self.detail = detail
    self.cause = cause
  }
}

package struct RaisedError: Hashable, Sendable {
  package var range: SourceRange
  /// The exception's class, such as `NotImplementedError`.
  package var type: String
  /// Its message; empty where there is none, nil where it is not known.
  package var message: String?

  package init(range: SourceRange, type: String, message: String?) {
    self.range = range
    self.type = type
    self.message = message
  }

  /// Where it is not certain that the real ones raise it.
  var reason: OpaqueReason {
    let message = message.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    return OpaqueReason(.unsupportedCall, "raises \(type)\(message)")
  }
}
