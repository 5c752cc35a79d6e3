// A value expression as a tree, for those who have to write it anew.

/// The kinds of expressions that CHECK constraints, index keys and USING clauses are usually made of.
package indirect enum ValueTree: Hashable, Sendable {
  case column(ColumnReference)
  case constant(SQLConstant)
  case cast(ValueTree, TypeName)
  case call(QualifiedName, [ValueTree])
  /// `left` is nil before a prefix operator.
  case operation(QualifiedName, left: ValueTree?, right: ValueTree)
  case all([ValueTree])
  case any([ValueTree])
  case not(ValueTree)
  case isNull(ValueTree)
  /// `IS DISTINCT FROM`
  case differs(ValueTree, ValueTree)
  /// `IN`, and `= ANY (ARRAY[…])`
  case among(ValueTree, [ValueTree])
  case coalesce([ValueTree])
  /// `NULLIF`
  case nullIf(ValueTree, ValueTree)
}

extension SQLExpression {
  /// The expression as a tree; nil where it has parts of other kinds, or is large. It is parsed again from
  /// its text: what does not come out as what it was made of is not trusted. Starts a thread.
  package var tree: ValueTree? {
    unsafe parsedAgain { unsafe $0.valueTree($1, depth: 0) }
  }

  /// In bytes; the parser needs no other bound then.
  private static let largest = 2000

  func parsedAgain<Value: Sendable>(
    _ read: @escaping @Sendable (Translator, CNode) -> Value?
  ) -> Value? {
    guard text.utf8.count <= Self.largest else { return nil }
    let outcome = ParserThread.run([{ @Sendable in unsafe parsedHere(read) }])
    return outcome.first?.flatMap { $0 }
  }

  private func parsedHere<Value>(_ read: (Translator, CNode) -> Value?) -> Value? {
    let sql = "SELECT " + text
    guard sql.utf8.count <= StatementBounds.harmlessBytes, !sql.utf8.contains(0),
      StatementBounds.excessiveOperators(in: sql.utf8) == nil
    else { return nil }
    return unsafe sql.withCString { start in
      guard let tree = unsafe try? ParseTree(start) else { return nil }
      return unsafe tree.onlyValue(expected: self, read)
    }
  }
}
