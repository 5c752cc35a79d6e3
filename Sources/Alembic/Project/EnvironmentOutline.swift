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
  /// What is assigned to attributes, in order.
  private var attributes: [(name: Identifier, value: ExpressionID)] = []

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
      let name = module.text(of: module[definition].name)
      let mode: RunMode? =
        name.contains("offline") ? .offline : name.contains("online") ? .online : mode
      inner = (scopes.count - 1, [mode])
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
      calls.append(
        CallSite(
          id: id, function: function, arguments: arguments, scope: scope, mode: mode,
          enclosing: enclosing))
      enclosing = calls.count - 1
      noteChange(function)
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
    case .subscript(let base, _), .attribute(let base, _):
      if case .name(let name) = module[base] { changed.insert(module.text(of: name)) }
      if case .attribute(_, let name) = module[target], let value {
        attributes.append((name, value))
      }
    case .starred(let inner): bind(inner, nil, scope)
    default: break
    }
  }

  /// What is assigned to attributes of a name, as in `metadata.naming_convention = …`.
  func assignments(_ attribute: String) -> [ExpressionID] {
    attributes.filter { module.text(of: $0.name) == attribute }.map(\.value)
  }

  private mutating func noteChange(_ function: ExpressionID) {
    guard case .attribute(let base, let method) = module[function],
      case .name(let name) = module[base],
      ["update", "setdefault", "pop", "clear", "append", "extend", "insert", "remove"]
        .contains(module.text(of: method))
    else { return }
    changed.insert(module.text(of: name))
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
