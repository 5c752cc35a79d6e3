// What the tests of this module share.

import Testing

@testable import PostgresSyntax

/// The only statement of a text.
func parseOne(_ sql: String, at place: SourceLocation = #_sourceLocation) throws -> Statement {
  let statements = try parseStatements(sql).get()
  return try #require(statements.count == 1 ? statements[0].statement : nil, sourceLocation: place)
}

/// The error of a text that does not parse.
func syntaxError(_ sql: String, at place: SourceLocation = #_sourceLocation) throws -> SyntaxError {
  guard case .failure(let error) = parseStatements(sql) else {
    return try #require(nil, "parsed", sourceLocation: place)
  }
  return error
}

/// The expression of `SELECT … WHERE`, as a condition; PostgreSQL may refuse it there.
func parseCondition(_ sql: String) throws -> SQLExpression {
  guard case .delete(let delete) = try parseOne("DELETE FROM t WHERE " + sql).withoutRefusal else {
    return try #require(nil)
  }
  return try #require(delete.predicate)
}

/// The subcommands of an ALTER TABLE of table t.
func parseAlter(_ sql: String) throws -> [AlterTableCommand] {
  guard case .alterTable(let alter) = try parseOne("ALTER TABLE t " + sql).withoutRefusal else {
    return try #require(nil)
  }
  return alter.commands
}

func parseCreateTable(_ sql: String) throws -> CreateTable {
  guard case .createTable(let table) = try parseOne(sql) else { return try #require(nil) }
  return table
}

extension Statement {
  /// The statement that PostgreSQL would refuse.
  var withoutRefusal: Statement {
    if case .refused(_, let statement) = self { statement } else { self }
  }
}

/// A column reference without qualifier.
func column(_ name: String) -> ColumnReference { ColumnReference(column: name) }
