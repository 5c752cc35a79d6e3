// An `if` statement with its `elif` parts as one flat list.

/// A condition and the block that runs where it is the first to hold.
package struct Branch: Sendable {
  /// The `if` statement, or the one that CPython makes of the `elif`.
  package var statement: StatementID
  package var test: ExpressionID
  package var body: Block
}

extension SyntaxTree {
  /// The branches of an `if` statement in order, and its last `else`; nothing for another
  /// statement. In the tree each `elif` is an `if` alone in the `otherwise` of the one before, as in
  /// CPython's, and a chain may be of any length: a walker that recurses into `otherwise` is not
  /// bounded, one that loops over this list is. An `else:` that holds one `if` counts as `elif`.
  func branches(of id: StatementID) -> (branches: [Branch], otherwise: Block) {
    var branches: [Branch] = []
    var rest = Block(start: 0, count: 0)
    var next: StatementID? = id
    while let statement = next, case .if(let test, let body, let otherwise) = self[statement] {
      branches.append(Branch(statement: statement, test: test, body: body))
      rest = otherwise
      next = nil
      guard let only = self[otherwise].first, otherwise.count == 1 else { break }
      if case .if = self[only] {
        next = only
        rest = Block(start: 0, count: 0)
      }
    }
    return (branches, rest)
  }
}
