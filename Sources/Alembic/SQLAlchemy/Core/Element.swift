// What can be compiled to SQL text, and why something cannot.

/// Something of a statement is not known or not modelled: the statement becomes an opaque place.
struct NotRenderable: Error {
  let reason: OpaqueReason
  /// The exception that SQLAlchemy raises, offline and against a database.
  var exception: (type: String, message: String)?
  /// Whether the exception ends the step for certain, whatever else is known of it.
  var isCertain = false
  /// The statement with NULL for each value that is not known, where no more than values is not.
  var form: String?
  /// The table of a constraint that is to be dropped and has no name.
  var unnamedOn: (schema: String?, table: String)?

  init(_ reason: OpaqueReason) { self.reason = reason }

  init(raising type: String, _ message: String) {
    reason = OpaqueReason(.unsupportedCall, "\(type): \(message)")
    exception = (type, message)
  }

  init(_ detail: String) { reason = OpaqueReason(.unsupportedCall, detail) }
}

/// An expression or statement of SQLAlchemy Core.
protocol SQLElement: ModelObject {
  /// The SQL text as SQLAlchemy compiles it with literal values.
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String
  /// The type of the value, for what is compared with it or added to it; nil where there is none.
  var elementType: SQLType? { get }
  /// The operator at its top, which decides about parentheses inside another; nil for what stands alone.
  var topOperator: SQLOperator? { get }
  /// The tables whose columns it names outside of subqueries.
  var tables: [TableModel] { get }
  /// How a SELECT names it as a column.
  var columnName: ColumnName { get }
  /// `NOT` of it.
  var negation: (any SQLElement)? { get }
  /// How much it holds.
  var size: ElementSize { get }
  /// Its text in parentheses, inside of another operator or for nil on its own.
  func inParentheses(_ text: String, inside other: SQLOperator?) -> String
}

/// How many elements one is made of, each counted as often as it is written, and how deep they are
/// within each other. Compiling walks all of them.
struct ElementSize {
  private static let countLimit = 100_000
  /// How many parts a statement is put together of, one call each: every call copies them.
  static let partLimit = 1000
  private static let heightLimit = 300
  private(set) var count = 1
  private(set) var height = 1

  static let single = ElementSize()

  private init() {}

  init(_ parts: [any SQLElement]) {
    for part in parts {
      let size = part.size
      count = min(count + size.count, Self.countLimit + 1)
      height = max(height, size.height + 1)
    }
  }

  /// Throws for what is larger than anything that a migration means.
  func check() throws(NotRenderable) {
    if count > Self.countLimit || height > Self.heightLimit {
      throw NotRenderable(OpaqueReason(.budget, "a very large expression"))
    }
  }
}

/// How a SELECT names one of its columns.
enum ColumnName {
  /// By the name that it has, without AS.
  case own(String)
  /// `AS name`
  case label(String)
  /// `AS stem_1`, numbered within the statement.
  case anonymous(String)
  /// As it is written.
  case none
}

extension SQLElement {
  var elementType: SQLType? { nil }
  var topOperator: SQLOperator? { nil }
  var tables: [TableModel] { [] }
  var size: ElementSize { .single }
  /// To write an element takes some units of work.
  func inParentheses(_ text: String, inside other: SQLOperator?) -> String { "(\(text))" }
  var extent: Int { size.count * 12 * Budget.bytesPerWork }
  var columnName: ColumnName { .anonymous("anon") }
  var negation: (any SQLElement)? { UnaryElement("NOT ", self) }

  /// Inside of another operator, or for nil on its own (SQLAlchemy's `self_group`).
  func grouped(
    _ rendering: Rendering, against other: SQLOperator?
  ) throws(NotRenderable) -> String {
    let text = try rendering.written(sql(rendering))
    return topOperator?.needsParentheses(inside: other) == true
      ? inParentheses(text, inside: other) : text
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    ElementMethods.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    try ElementMethods.call(name, on: self, arguments, interpreter)
  }

  /// SQLAlchemy refuses to take an element for a boolean.
  func truth(_ interpreter: Interpreter) -> Bool? { nil }
}

/// One statement on its way to text: how columns are named, and what the statement counts.
final class Rendering {
  /// `table.column`, else the column alone, as in the definitions of indexes and checks.
  let includesTable: Bool
  /// The values that `execute()` is given for the statement's parameters.
  let parameters: [String: Value]
  /// Why offline mode fails on it where a database would not.
  var offlineFailure: String?
  /// What of it is another thing against a database.
  var offlineOnly: String?
  /// Which strings are written with the type VARCHAR.
  let casts: StringCasts
  /// The kinds of strings that were written as values.
  var strings: StringCasts = []
  /// Whether anything was written that a driver may send beside the text.
  var hasValues = false
  /// The drivers that may not take one of the values as it is.
  var doubtful: Drivers = []
  /// The statement without its values: those that are not known, or not given, are written as NULL.
  let isForm: Bool
  /// How the statement is executed; nil for what is part of a definition.
  let mode: ExecutionMode?
  /// Some operators are in parentheses then (`_in_operator_expression`).
  var isInsideOperator = false
  /// Not where SQLAlchemy writes tables without their schema.
  var allowsSubqueries = true
  /// The tables of the statements around a subquery, innermost last.
  var enclosing: [[TableModel]] = []
  private var counters: [String: Int] = [:]
  /// How many statements and literals of the project's own types are around the place.
  var depth = 0
  static let depthLimit = 20
  /// How many bytes of literals and of other parts may still be written: a statement may name one
  /// and the same many times.
  private var room = 32 << 20

  init(
    includesTable: Bool = true, parameters: [String: Value] = [:], casts: StringCasts = [],
    isForm: Bool = false, mode: ExecutionMode? = nil
  ) {
    self.mode = mode
    self.includesTable = includesTable
    self.isForm = isForm
    self.casts = casts
    self.parameters = parameters
  }

  /// What stands for a value that is not known.
  func missing(_ reason: OpaqueReason) throws(NotRenderable) -> String {
    guard isForm else { throw NotRenderable(reason) }
    return "NULL"
  }

  /// What stands for a parameter that is given no value: offline NULL; against a database SQLAlchemy raises
  /// an exception before it sends anything.
  func unset(_ name: String) throws(NotRenderable) -> String {
    switch mode {
    case _ where isForm, .offline?: return "NULL"
    case .online?:
      var error = NotRenderable(
        raising: "StatementError",
        "(sqlalchemy.exc.InvalidRequestError) A value is required for bind parameter '\(name)'")
      error.isCertain = true
      throw error
    case nil: throw NotRenderable(.init(.unsupportedSQL, "the parameter :\(name) has no value"))
    }
  }

  /// Notes a value of which the server finds the type: asyncpg wants Python's type for that, which for anything
  /// but a string is not followed.
  func noteUntyped(_ value: Value) {
    switch value {
    case .string, .none: break
    default: doubtful.formUnion(.refuseOtherValues)
    }
  }

  /// Counts a part of the text.
  func written(_ text: String) throws(NotRenderable) -> String {
    room -= text.utf8.count
    if room < 0 { throw NotRenderable(OpaqueReason(.budget, "a very long statement")) }
    return text
  }

  /// A column that a SELECT names again: `name__1`, `name__2`…
  func repeated(_ name: String) -> String {
    counters[name + "_", default: 0] += 1
    return "\(name)__\(counters[name + "_"] ?? 1)"
  }

  /// The next of `stem_1`, `stem_2`…
  func anonymous(_ stem: String) -> String {
    counters[stem, default: 0] += 1
    return "\(stem)_\(counters[stem] ?? 1)"
  }
}

/// Strings that a driver sends as values.
struct StringCasts: OptionSet {
  let rawValue: Int
  /// SQLAlchemy tells the server that they are VARCHAR.
  static let typed = StringCasts(rawValue: 1)
  /// The server finds their type.
  static let untyped = StringCasts(rawValue: 2)
}

/// State of a step beyond the interpreter's.
final class SQLAlchemyState {
  /// Counts constraints as they are made: SQLAlchemy writes them in this order.
  var creations = 0
  /// Types that a `CREATE TYPE` was emitted for by a table of this step.
  var createdTypes: Set<String> = []
  /// The tables made in this step: columns know theirs without keeping it.
  private var tables: [TableModel] = []

  init(creations: Int = 0) { self.creations = creations }

  func nextCreation() -> Int {
    creations += 1
    return creations
  }

  func keep(_ table: TableModel) { tables.append(table) }
}
