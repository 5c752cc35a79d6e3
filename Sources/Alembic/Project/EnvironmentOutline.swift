// All calls and texts of env.py with where they stand: in which function, and for which mode.

import PythonSyntax
import SourceText

/// Whether code runs against a database or for `--sql`.
enum RunMode { case online, offline }

/// A function of env.py, or the module itself.
struct EnvironmentScope {
  var definition: DefinitionID?
  var parent: Int?
  /// What each name is assigned in it; nil where it is bound otherwise.
  var locals: [String: [ExpressionID?]] = [:]
}

/// An expression with the function where it stands.
struct ScopedExpression {
  var value: ExpressionID
  var scope: Int
}

/// `base.attribute = value`
struct AttributeAssignment {
  var base: ExpressionID
  var value: ExpressionID
  var scope: Int
}

struct CallSite {
  var id: ExpressionID
  var function: ExpressionID
  var arguments: NodeList<Argument>
  var scope: Int
  /// As the names of functions and `is_offline_mode()` around it tell; nil: both.
  var mode: RunMode?
  /// The call in whose function or arguments this one stands.
  var enclosing: Int?
}

/// A string literal or f-string.
struct TextSite {
  var id: ExpressionID
  var scope: Int
  var enclosing: Int?
}

/// Walks env.py once, without recursion.
struct EnvironmentOutline {
  let module: PythonModule
  private(set) var scopes = [EnvironmentScope()]
  private(set) var calls: [CallSite] = []
  private(set) var texts: [TextSite] = []
  /// Names whose value is changed in place: `options["a"] = 1`, `options.update(…)`.
  private(set) var changed: Set<String> = []
  /// Names of the module that functions bind, with those functions.
  private var globals: [String: [Int]] = [:]
  /// Names of dictionaries that are changed by more than entries with literal keys.
  private(set) var changedOpenly: Set<String> = []
  /// What is given to literal keys: `options["a"] = 1`, `{"a": 1}`.
  private var entries: [(key: StringID, value: ScopedExpression)] = []
  /// What is assigned to attributes, in order.
  private var attributes: [(name: Identifier, assignment: AttributeAssignment)] = []
  /// The calls of a plain name, by that name.
  private var callsByName: [String: [Int]] = [:]

  private enum Item {
    case block(Block, scope: Int, mode: RunMode?)
    case statement(StatementID, scope: Int, mode: RunMode?)
    case expression(ExpressionID, scope: Int, mode: RunMode?, enclosing: Int?)
  }
  private var todo: [Item] = []

  init(_ module: PythonModule) {
    self.module = module
    todo = [.block(module.body, scope: 0, mode: nil)]
    while let item = todo.popLast() {
      switch item {
      case .block(let block, let scope, let mode):
        for id in module[block].reversed() { todo.append(.statement(id, scope: scope, mode: mode)) }
      case .statement(let id, let scope, let mode): visit(id, scope, mode)
      case .expression(let id, let scope, let mode, let enclosing):
        visit(id, scope, mode, enclosing)
      }
    }
  }

  private mutating func visit(_ id: StatementID, _ scope: Int, _ mode: RunMode?) {
    var inner = (scope: scope, modes: [mode, mode])
    switch module[id] {
    case .expression(let value):
      // A documentation string is not executed.
      if case .string = module[value] { return }
    case .assign(let targets, let value):
      for target in module[targets] { bind(target, value, scope) }
    case .annotatedAssign(let target, _, let value?): bind(target, value, scope)
    case .augmentedAssign(let target, _, _): bind(target, nil, scope)
    case .for(let loop): bind(module[loop].target, nil, scope)
    case .with(let items, _, _):
      for item in module[items] { item.target.map { bind($0, nil, scope) } }
    case .function(let definition):
      scopes.append(EnvironmentScope(definition: definition, parent: scope))
      let name = Array(module.text(of: module[definition].name).utf8)
      let mode: RunMode? =
        name.contains("offline") ? .offline : name.contains("online") ? .online : mode
      inner = (scopes.count - 1, [mode])
    case .global(let names):
      for name in module[names] { globals[module.text(of: name), default: []].append(scope) }
    case .if(let test, _, _): inner.modes = modes(of: test) ?? inner.modes
    default: break
    }
    for (index, block) in module.blocks(of: id).enumerated().reversed() {
      let mode = index < inner.modes.count ? inner.modes[index] : mode
      todo.append(.block(block, scope: inner.scope, mode: mode))
    }
    for part in module.parts(of: id).reversed() {
      todo.append(.expression(part, scope: scope, mode: mode, enclosing: nil))
    }
  }

  /// The modes of the two branches of `if context.is_offline_mode():`.
  private func modes(of test: ExpressionID) -> [RunMode?]? {
    switch module[test] {
    case .unary(.not, let operand): return modes(of: operand).map { $0.reversed() }
    case .call(let function, _):
      guard case .attribute(_, let name) = module[function],
        module.text(of: name) == "is_offline_mode"
      else { return nil }
      return [.offline, .online]
    default: return nil
    }
  }

  private mutating func visit(
    _ id: ExpressionID, _ scope: Int, _ mode: RunMode?, _ enclosing: Int?
  ) {
    var enclosing = enclosing
    switch module[id] {
    case .call(let function, let arguments):
      if case .name(let name) = module[function] {
        callsByName[module.text(of: name), default: []].append(calls.count)
      }
      calls.append(
        CallSite(
          id: id, function: function, arguments: arguments, scope: scope, mode: mode,
          enclosing: enclosing))
      enclosing = calls.count - 1
      noteChange(function, arguments)
    case .dictionary(let items):
      for item in module[items] { if let key = item.key { noteEntry(key, item.value, scope) } }
    case .string, .formatted: texts.append(TextSite(id: id, scope: scope, enclosing: enclosing))
    case .assignment(let target, let value): bind(target, value, scope)
    default: break
    }
    for part in module.parts(of: id).reversed() {
      todo.append(.expression(part, scope: scope, mode: mode, enclosing: enclosing))
    }
  }

  private mutating func bind(_ target: ExpressionID, _ value: ExpressionID?, _ scope: Int) {
    switch module[target] {
    case .name(let name): scopes[scope].locals[module.text(of: name), default: []].append(value)
    case .tuple(let elements), .list(let elements):
      for element in module[elements] { bind(element, nil, scope) }
    case .subscript(let base, let index):
      let isNoted = value.map { noteEntry(index, $0, scope) } ?? false
      if case .name(let name) = module[base] {
        changed.insert(module.text(of: name))
        if !isNoted { changedOpenly.insert(module.text(of: name)) }
      }
    case .attribute(let base, let name):
      if case .name(let name) = module[base] { changed.insert(module.text(of: name)) }
      if let value {
        attributes.append((name, AttributeAssignment(base: base, value: value, scope: scope)))
      }
    case .starred(let inner): bind(inner, nil, scope)
    default: break
    }
  }

  /// Whether the key is a literal.
  @discardableResult
  private mutating func noteEntry(
    _ key: ExpressionID, _ value: ExpressionID, _ scope: Int
  ) -> Bool {
    guard case .string(let literal) = module[key] else { return false }
    entries.append((literal, ScopedExpression(value: value, scope: scope)))
    return true
  }

  /// What is assigned to attributes of a name, as in `metadata.naming_convention = …`.
  func attributeAssignments(_ attribute: String) -> [AttributeAssignment] {
    attributes.filter { module.text(of: $0.name) == attribute }.map(\.assignment)
  }

  /// What dictionaries get under a key: as entries, and as keywords of `dict()` and `update()`.
  func entries(_ key: String) -> [ScopedExpression] {
    let keywords = calls.compactMap { call -> ScopedExpression? in
      guard ["dict", "update"].contains(call.name(in: module)) else { return nil }
      return call.keyword(key, in: module).map { ScopedExpression(value: $0, scope: call.scope) }
    }
    return entries.filter { module.string($0.key) == key }.map(\.value) + keywords
  }

  /// Whether a function that the file calls binds a name of the module.
  func isBoundByCall(_ name: String) -> Bool {
    (globals[name] ?? []).contains { scope in
      guard let definition = scopes[scope].definition else { return false }
      return callsByName[module.text(of: module[definition].name)] != nil
    }
  }

  /// The position of a parameter; nil if the function has none of that name.
  func parameter(_ name: String, of scope: Int) -> Int? {
    parameters(of: scope).firstIndex { module.text(of: $0.name) == name }
  }

  private func parameters(of scope: Int) -> [Parameter] {
    guard let definition = scopes[scope].definition, let id = module[definition].parameters else {
      return []
    }
    let list = module[id]
    return Array(module[list.positionalOnly]) + module[list.regular]
      + [list.variadic].compactMap(\.self) + module[list.keywordOnly]
      + [list.keywordVariadic].compactMap(\.self)
  }

  /// What the calls in the file give for a parameter; nil where that cannot be told.
  func arguments(for name: String, at index: Int, of scope: Int) -> [ScopedExpression?] {
    let function = scopes[scope].definition.map { module.text(of: module[$0].name) }
    return (function.flatMap { callsByName[$0] } ?? []).map { number in
      let call = calls[number]
      let arguments = module[call.arguments]
      let isPlain = arguments.prefix(index + 1).allSatisfy {
        if case .positional = $0.kind { true } else { false }
      }
      let value =
        call.keyword(name, in: module)
        ?? (isPlain && index < arguments.count
          ? arguments[arguments.startIndex + index].value : nil)
      return value.map { ScopedExpression(value: $0, scope: call.scope) }
    }
  }

  private mutating func noteChange(_ function: ExpressionID, _ arguments: NodeList<Argument>) {
    guard case .attribute(let base, let method) = module[function],
      case .name(let identifier) = module[base],
      ["update", "setdefault", "pop", "clear", "append", "extend", "insert", "remove"]
        .contains(module.text(of: method))
    else { return }
    let name = module.text(of: identifier)
    changed.insert(name)
    let isPlain = module[arguments].allSatisfy { argument in
      switch argument.kind {
      case .keyword: true
      case .positional: if case .dictionary = module[argument.value] { true } else { false }
      case .unpacked, .unpackedMapping: false
      }
    }
    if !isPlain { changedOpenly.insert(name) }
  }
}

extension CallSite {
  /// The last part of the called name: `configure` of `context.configure`.
  func name(in module: PythonModule) -> String? {
    switch module[function] {
    case .name(let name), .attribute(_, let name): module.text(of: name)
    default: nil
    }
  }

  func keyword(_ name: String, in module: PythonModule) -> ExpressionID? {
    module[arguments].last {
      if case .keyword(let key) = $0.kind { module.text(of: key) == name } else { false }
    }?.value
  }
}
