// What holds for the tree of any input: every place lies in the file and in its parent's.

import PythonSyntax
import SourceText

/// Walks a whole tree and collects what is wrong with its places.
struct TreeInvariants {
  private let module: PythonModule
  private var problems: [String] = []
  private var damaged = 0

  private init(_ module: PythonModule) { self.module = module }

  /// The problems found; nothing is wrong if there are none.
  static func problems(of module: PythonModule) -> [String] {
    var walk = TreeInvariants(module)
    walk.block(module.body, module.source.wholeRange)
    if walk.damaged > 0, module.diagnostics.isEmpty {
      walk.problems.append("damage without a diagnostic")
    }
    return walk.problems
  }

  private mutating func check(_ range: SourceRange, _ parent: SourceRange, _ what: String) {
    guard range.start <= range.end, range.start >= parent.start, range.end <= parent.end else {
      problems.append(
        "\(what) \(range.start)..<\(range.end) outside of \(parent.start)..<\(parent.end)")
      return
    }
  }

  private mutating func block(_ statements: Block, _ parent: SourceRange) {
    var end = parent.start
    for id in module[statements] {
      let range = module.range(of: id)
      check(range, parent, "statement")
      if range.start < end { problems.append("statement at \(range.start) overlaps") }
      end = range.end
      statement(id, range)
    }
  }

  private mutating func statement(_ id: StatementID, _ range: SourceRange) {
    switch module[id] {
    case .expression(let value): expression(value, range)
    case .assign(let targets, let value):
      expressions(targets, range)
      expression(value, range)
    case .augmentedAssign(let target, _, let value):
      expression(target, range)
      expression(value, range)
    case .annotatedAssign(let target, let annotation, let value):
      expression(target, range)
      expression(annotation, range)
      optional(value, range)
    case .delete(let targets): expressions(targets, range)
    case .return(let value): optional(value, range)
    case .raise(let error, let cause):
      optional(error, range)
      optional(cause, range)
    case .assert(let condition, let message):
      expression(condition, range)
      optional(message, range)
    case .import(let names), .importFrom(_, _, let names):
      for name in module[names] { check(name.range, range, "imported name") }
    case .if(let test, let body, let otherwise), .while(let test, let body, let otherwise):
      expression(test, range)
      block(body, range)
      block(otherwise, range)
    case .for(let loop):
      let loop = module[loop]
      expression(loop.target, range)
      expression(loop.iterable, range)
      block(loop.body, range)
      block(loop.otherwise, range)
    case .with(let items, let body, _):
      for item in module[items] {
        expression(item.context, range)
        optional(item.target, range)
      }
      block(body, range)
    case .try(let statement): tryStatement(module[statement], range)
    case .match(let subject, let cases):
      expression(subject, range)
      for branch in module[cases] {
        pattern(branch.pattern, range)
        optional(branch.guardCondition, range)
        block(branch.body, range)
      }
    case .function(let definition), .class(let definition): self.definition(definition, range)
    case .typeAlias(let target, let parameters, let value):
      expression(target, range)
      typeParameters(parameters, range)
      expression(value, range)
    case .damaged: damaged += 1
    case .pass, .break, .continue, .global, .nonlocal: break
    }
  }

  private mutating func tryStatement(_ statement: TryStatement, _ range: SourceRange) {
    block(statement.body, range)
    for handler in module[statement.handlers] {
      check(handler.range, range, "handler")
      optional(handler.type, handler.range)
      block(handler.body, handler.range)
    }
    block(statement.otherwise, range)
    block(statement.finally, range)
  }

  private mutating func definition(_ id: DefinitionID, _ range: SourceRange) {
    let definition = module[id]
    check(definition.nameRange, range, "name of a definition")
    expressions(
      definition.decorators, SourceRange(start: 0, end: module.source.wholeRange.end))
    typeParameters(definition.typeParameters, range)
    if let parameters = definition.parameters { self.parameters(parameters, range) }
    optional(definition.returns, range)
    arguments(definition.arguments, range)
    block(definition.body, range)
  }

  private mutating func typeParameters(
    _ parameters: NodeList<TypeParameter>, _ range: SourceRange
  ) {
    for parameter in module[parameters] {
      check(parameter.range, range, "type parameter")
      optional(parameter.bound, parameter.range)
      optional(parameter.defaultValue, parameter.range)
    }
  }

  private mutating func parameters(_ id: ParametersID, _ range: SourceRange) {
    let all = module[id]
    var list = Array(module[all.positionalOnly]) + Array(module[all.regular])
    list += Array(module[all.keywordOnly])
    list += [all.variadic, all.keywordVariadic].compactMap { $0 }
    for parameter in list {
      check(parameter.range, range, "parameter")
      optional(parameter.annotation, parameter.range)
      optional(parameter.defaultValue, range)
    }
  }

  private mutating func arguments(_ list: NodeList<Argument>, _ range: SourceRange) {
    for argument in module[list] {
      check(argument.range, range, "argument")
      expression(argument.value, argument.range)
    }
  }

  private mutating func expressions(_ list: NodeList<ExpressionID>, _ parent: SourceRange) {
    for id in module[list] { expression(id, parent) }
  }

  private mutating func optional(_ id: ExpressionID?, _ parent: SourceRange) {
    if let id { expression(id, parent) }
  }

  private mutating func expression(_ id: ExpressionID, _ parent: SourceRange) {
    let range = module.range(of: id)
    check(range, parent, "expression")
    switch module[id] {
    case .name, .none, .true, .false, .ellipsis, .integer, .float, .imaginary, .string, .bytes:
      break
    case .formatted(let parts), .template(let parts): self.parts(parts, range)
    case .attribute(let value, _), .unary(_, let value), .starred(let value), .await(let value),
      .yieldFrom(let value):
      expression(value, range)
    case .yield(let value): optional(value, range)
    case .subscript(let left, let right), .binary(_, let left, let right),
      .assignment(let left, value: let right):
      expression(left, range)
      expression(right, range)
    case .slice(let lower, let upper, let step):
      for part in [lower, upper, step] { optional(part, range) }
    case .conditional(let test, let body, let otherwise):
      for part in [test, body, otherwise] { expression(part, range) }
    case .call(let function, let list):
      expression(function, range)
      arguments(list, range)
    case .boolean(_, let list), .list(let list), .tuple(let list), .set(let list):
      expressions(list, range)
    case .comparison(let first, let rest):
      expression(first, range)
      for next in module[rest] { expression(next.operand, range) }
    case .lambda(let list, let body):
      parameters(list, range)
      expression(body, range)
    case .dictionary(let items):
      for item in module[items] {
        optional(item.key, range)
        expression(item.value, range)
      }
    case .listComprehension(let element, let clauses), .setComprehension(let element, let clauses),
      .generator(let element, let clauses):
      expression(element, range)
      self.clauses(clauses, range)
    case .dictionaryComprehension(let key, let value, let clauses):
      expression(key, range)
      expression(value, range)
      self.clauses(clauses, range)
    case .damaged: damaged += 1
    }
  }

  private mutating func clauses(
    _ clauses: NodeList<ComprehensionClause>, _ range: SourceRange
  ) {
    for clause in module[clauses] {
      expression(clause.target, range)
      expression(clause.iterable, range)
      expressions(clause.conditions, range)
    }
  }

  private mutating func parts(_ parts: NodeList<FormattedPart>, _ range: SourceRange) {
    for (part, place) in zip(module[parts], module.places(of: parts)) {
      switch part {
      case .literal(let id):
        for piece in module.pieces(of: id) { check(piece.range, range, "text") }
      case .replacement(let value, _, let format):
        check(place.range, range, "replacement field")
        expression(value, place.range)
        if let format { self.parts(format, place.range) }
      }
    }
  }

  private mutating func pattern(_ id: PatternID, _ parent: SourceRange) {
    let range = module.range(of: id)
    check(range, parent, "pattern")
    switch module[id] {
    case .value(let value), .singleton(let value): expression(value, range)
    case .capture, .wildcard, .star: break
    case .sequence(let list), .alternatives(let list):
      for element in module[list] { pattern(element, range) }
    case .mapping(let items, _):
      for item in module[items] {
        expression(item.key, range)
        pattern(item.pattern, range)
      }
    case .class(let type, let positional, let keywords):
      expression(type, range)
      for element in module[positional] { pattern(element, range) }
      for keyword in module[keywords] { pattern(keyword.pattern, range) }
    case .named(let inner, _): pattern(inner, range)
    case .damaged: damaged += 1
    }
  }
}
