// What can be compiled to SQL text, and why something cannot.

/// Something of a statement is not known or not modelled: the statement becomes an opaque place.
struct NotRenderable: Error {
  let reason: OpaqueReason

  init(_ reason: OpaqueReason) { self.reason = reason }

  init(_ detail: String) { reason = OpaqueReason(.unsupportedCall, detail) }
}

/// An expression or statement of SQLAlchemy Core.
protocol SQLElement: ModelObject {
  /// The SQL text as SQLAlchemy compiles it with literal values.
  func sql(_ style: RenderStyle) throws(NotRenderable) -> String
  /// The type of the value, for comparisons with Python values; nil where there is none.
  var elementType: SQLType? { get }
  /// How tightly the text binds: what needs parentheses inside another operator.
  var precedence: Int { get }
}

extension SQLElement {
  var elementType: SQLType? { nil }
  var precedence: Int { 100 }
}

/// How columns are named in a text.
struct RenderStyle {
  /// `table.column`, else the column alone, as in the definitions of indexes and checks.
  var includesTable = true
}

/// State of a step beyond the interpreter's.
final class SQLAlchemyState {
  /// Counts constraints as they are made: SQLAlchemy writes them in this order.
  var creations = 0
  /// Types that a `CREATE TYPE` was emitted for by a table of this step.
  var createdTypes: Set<String> = []

  func nextCreation() -> Int {
    creations += 1
    return creations
  }
}
