// Which names a block binds, and whether it yields: what Python's compiler learns before running.

import PythonSyntax

/// The names that the statements of a block bind in its own scope. Nested functions and classes bind
/// their own name only. Nesting is bounded by the parser.
struct BindingWalk {
  private let code: PythonModule
  private(set) var names: Set<UInt32> = []
  /// Names whose value is changed in place: by a method called as a statement, by an attribute or
  /// an item that is set.
  private(set) var changed: Set<UInt32> = []
  /// Modules imported as `import a.b`, which binds `a`.
  private(set) var packages: [String] = []
  /// Names that `global` or `nonlocal` declare.
  private(set) var declared: Set<UInt32> = []

  init(_ code: PythonModule) { self.code = code }

  mutating func visit(_ block: Block) {
    for statement in code[block] { visit(statement) }
  }

  mutating func visit(_ id: StatementID) {
    switch code[id] {
    case .assign(let targets, _):
      for target in code[targets] { bind(target) }
    case .augmentedAssign(let target, _, _), .annotatedAssign(let target, _, _),
      .typeAlias(let target, _, _):
      bind(target)
    case .delete(let targets):
      for target in code[targets] { bind(target) }
    case .global(let list), .nonlocal(let list):
      for name in code[list] { declared.insert(name.index) }
    case .import(let imported), .importFrom(_, _, let imported):
      for name in code[imported] { bind(name) }
    case .if:
      let (branches, otherwise) = code.branches(of: id)
      for branch in branches { visit(branch.body) }
      visit(otherwise)
    case .while(_, let body, let otherwise):
      visit(body)
      visit(otherwise)
    case .for(let id):
      let loop = code[id]
      bind(loop.target)
      visit(loop.body)
      visit(loop.otherwise)
    case .with(let items, let body, _):
      for item in code[items] { if let target = item.target { bind(target) } }
      visit(body)
    case .try(let id):
      let statement = code[id]
      visit(statement.body)
      for handler in code[statement.handlers] {
        if let name = handler.name { names.insert(name.index) }
        visit(handler.body)
      }
      visit(statement.otherwise)
      visit(statement.finally)
    case .match(_, let cases):
      for matchCase in code[cases] {
        bind(matchCase.pattern)
        visit(matchCase.body)
      }
    case .function(let id), .class(let id):
      names.insert(code[id].name.index)
    case .expression(let value):
      if case .call(let callee, _) = code[value], case .attribute(let base, _) = code[callee] {
        change(base)
      }
    case .pass, .break, .continue, .return, .raise, .assert, .damaged: break
    }
  }

  /// The names of an assignment's target.
  mutating func bind(_ target: ExpressionID) {
    switch code[target] {
    case .name(let name): names.insert(name.index)
    case .tuple(let elements), .list(let elements):
      for element in code[elements] { bind(element) }
    case .starred(let element): bind(element)
    case .attribute(let base, _), .subscript(let base, _): change(base)
    default: break
    }
  }

  /// The name at the root of `name.attribute[index]`.
  private mutating func change(_ id: ExpressionID) {
    var id = id
    while true {
      switch code[id] {
      case .name(let name):
        changed.insert(name.index)
        return
      case .attribute(let base, _), .subscript(let base, _), .call(let base, _): id = base
      default: return
      }
    }
  }

  private mutating func bind(_ imported: ImportedName) {
    if let alias = imported.alias {
      names.insert(alias.index)
    } else if code.text(of: imported.name).utf8.contains(UInt8(ascii: ".")) {
      packages.append(code.text(of: imported.name))
    } else {
      names.insert(imported.name.index)
    }
  }

  private mutating func bind(_ pattern: PatternID) {
    switch code[pattern] {
    case .capture(let name): names.insert(name.index)
    case .star(let name): if let name { names.insert(name.index) }
    case .sequence(let list), .alternatives(let list):
      for element in code[list] { bind(element) }
    case .mapping(let items, let rest):
      for item in code[items] { bind(item.pattern) }
      if let rest { names.insert(rest.index) }
    case .class(_, let patterns, let keywords):
      for element in code[patterns] { bind(element) }
      for keyword in code[keywords] { bind(keyword.pattern) }
    case .named(let pattern, let name):
      names.insert(name.index)
      bind(pattern)
    case .value, .singleton, .wildcard, .damaged: break
    }
  }
}

/// Whether a function's body holds a `yield` of its own.
enum YieldSearch {
  static func isFound(in block: Block, of code: PythonModule) -> Bool {
    code[block].contains { isFound(in: $0, of: code) }
  }

  private static func isFound(in id: StatementID, of code: PythonModule) -> Bool {
    switch code[id] {
    case .expression(let value), .assign(_, let value), .augmentedAssign(_, _, let value):
      return isYield(value, code)
    case .annotatedAssign(_, _, let value), .return(let value):
      return value.map { isYield($0, code) } ?? false
    case .if:
      let (branches, otherwise) = code.branches(of: id)
      return branches.contains { isYield($0.test, code) || isFound(in: $0.body, of: code) }
        || isFound(in: otherwise, of: code)
    case .while(let test, let body, let otherwise):
      return isYield(test, code) || isFound(in: body, of: code) || isFound(in: otherwise, of: code)
    case .for(let id):
      return isFound(in: code[id].body, of: code) || isFound(in: code[id].otherwise, of: code)
    case .with(_, let body, _): return isFound(in: body, of: code)
    case .try(let id):
      let statement = code[id]
      return isFound(in: statement.body, of: code)
        || code[statement.handlers].contains { isFound(in: $0.body, of: code) }
        || isFound(in: statement.otherwise, of: code) || isFound(in: statement.finally, of: code)
    case .match(_, let cases):
      return code[cases].contains { isFound(in: $0.body, of: code) }
    default: return false
    }
  }

  /// A `yield` as a statement or the whole right side: other places are left to the evaluation,
  /// which does not know a `yield` outside of a generator.
  private static func isYield(_ id: ExpressionID, _ code: PythonModule) -> Bool {
    switch code[id] {
    case .yield, .yieldFrom: true
    case .await(let value): isYield(value, code)
    default: false
    }
  }
}
