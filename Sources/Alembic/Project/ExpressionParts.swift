// The expressions directly inside an expression or statement, for walks that must not recurse.

import PythonSyntax

extension PythonModule {
  /// The parts of an expression in source order, as far as they are evaluated with it: not the body
  /// of a lambda.
  func parts(of id: ExpressionID) -> [ExpressionID] {
    switch self[id] {
    case .formatted(let parts), .template(let parts): return expressions(in: parts, depth: 0)
    case .attribute(let base, _), .unary(_, let base), .starred(let base), .await(let base),
      .yieldFrom(let base):
      return [base]
    case .subscript(let base, let index): return [base, index]
    case .slice(let lower, let upper, let step): return [lower, upper, step].compactMap(\.self)
    case .call(let function, let arguments): return [function] + self[arguments].map(\.value)
    case .binary(_, let left, let right): return [left, right]
    case .boolean(_, let operands): return Array(self[operands])
    case .comparison(let first, let rest): return [first] + self[rest].map(\.operand)
    case .conditional(let test, let body, let otherwise): return [body, test, otherwise]
    case .list(let elements), .tuple(let elements), .set(let elements):
      return Array(self[elements])
    case .dictionary(let items):
      return self[items].flatMap { [$0.key, $0.value].compactMap(\.self) }
    case .listComprehension(let element, let clauses), .setComprehension(let element, let clauses),
      .generator(let element, let clauses):
      return [element] + expressions(in: clauses)
    case .dictionaryComprehension(let key, let value, let clauses):
      return [key, value] + expressions(in: clauses)
    case .assignment(_, let value): return [value]
    case .yield(let value): return [value].compactMap(\.self)
    case .name, .none, .true, .false, .ellipsis, .integer, .float, .imaginary, .string, .bytes,
      .lambda, .damaged:
      return []
    }
  }

  private func expressions(in clauses: NodeList<ComprehensionClause>) -> [ExpressionID] {
    self[clauses].flatMap { [$0.iterable] + self[$0.conditions] }
  }

  /// Format specifications nest as deep as the parser lets them.
  private func expressions(in parts: NodeList<FormattedPart>, depth: Int) -> [ExpressionID] {
    if depth > 8 { return [] }
    return self[parts].flatMap { part -> [ExpressionID] in
      guard case .replacement(let value, _, let format) = part else { return [] }
      return [value] + (format.map { expressions(in: $0, depth: depth + 1) } ?? [])
    }
  }

  /// The expressions of a statement itself, not of the blocks in it.
  func parts(of id: StatementID) -> [ExpressionID] {
    switch self[id] {
    case .expression(let value): return [value]
    case .assign(let targets, let value): return self[targets] + [value]
    case .augmentedAssign(let target, _, let value): return [target, value]
    case .annotatedAssign(let target, _, let value): return [target, value].compactMap(\.self)
    case .delete(let targets): return Array(self[targets])
    case .return(let value): return [value].compactMap(\.self)
    case .raise(let value, let cause):
      return [value, cause].compactMap(\.self)
    case .assert(let test, let message): return [test, message].compactMap(\.self)
    case .if(let test, _, _), .while(let test, _, _): return [test]
    case .for(let loop): return [self[loop].iterable]
    case .with(let items, _, _): return self[items].map(\.context)
    case .match(let subject, _): return [subject]
    case .function(let definition), .class(let definition):
      let definition = self[definition]
      return self[definition.decorators] + self[definition.arguments].map(\.value)
    default: return []
    }
  }

  /// The blocks of a statement in source order; a function's and a class's body among them.
  func blocks(of id: StatementID) -> [Block] {
    switch self[id] {
    case .if(_, let body, let otherwise), .while(_, let body, let otherwise):
      return [body, otherwise]
    case .for(let loop): return [self[loop].body, self[loop].otherwise]
    case .with(_, let body, _): return [body]
    case .try(let id):
      let statement = self[id]
      return [statement.body] + self[statement.handlers].map(\.body)
        + [statement.otherwise, statement.finally]
    case .match(_, let cases): return self[cases].map(\.body)
    case .function(let definition), .class(let definition): return [self[definition].body]
    default: return []
    }
  }
}
