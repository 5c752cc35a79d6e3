// What the names at the top of a Python file stand for after it has run, as far as that is certain.

import PythonSyntax
import SourceText

/// What a name of a module is bound to.
enum ModuleBinding {
  /// Assigned; `expression` is what was assigned last, `range` its place.
  case value(ConstantValue, expression: ExpressionID?, range: SourceRange)
  case function(DefinitionID, SourceRange)
  case `class`(DefinitionID, SourceRange)
  /// `import module` (`name` nil) or `from module import name`; the dots of a relative import stand
  /// before the module.
  case imported(module: String, name: String?, SourceRange)
  /// Bound in a way that cannot be followed.
  case uncertain(String, SourceRange)

  var range: SourceRange {
    switch self {
    case .value(_, _, let range), .function(_, let range), .class(_, let range),
      .imported(_, _, let range), .uncertain(_, let range):
      range
    }
  }
}

/// The bindings of a module, statement by statement; bodies of functions are not looked at.
final class ModuleNames {
  private(set) var bindings: [String: ModuleBinding] = [:]
  /// The names in the order in which they were bound.
  private var journal: [String] = []
  private var todo: [Item] = []
  /// How many blocks that may not run surround the statement, and where the outermost began.
  private var uncertainDepth = 0
  private var uncertainStart = 0
  private enum Item {
    case statement(StatementID)
    case beginUncertain
    /// What the block bound is not certain after it.
    case endUncertain(String)
  }

  private let module: PythonModule
  /// What an imported name, an attribute or a call stands for; nil: not known.
  private let imported: (ModuleBinding) -> ConstantValue?
  private let other: (ExpressionID) -> ConstantValue?

  init(
    _ module: PythonModule, imported: @escaping (ModuleBinding) -> ConstantValue? = { _ in nil },
    other: @escaping (ExpressionID) -> ConstantValue? = { _ in nil }
  ) {
    self.module = module
    self.imported = imported
    self.other = other
    push(module.body)
    // Blocks nest as deep as an `elif` chain is long: no recursion.
    while let item = todo.popLast() {
      switch item {
      case .statement(let id): run(id)
      case .beginUncertain: beginUncertain()
      case .endUncertain(let place): endUncertain(place)
      }
    }
  }

  func value(of name: String) -> ConstantValue? {
    guard let binding = bindings[name] else {
      return name == "TYPE_CHECKING" ? .boolean(false) : nil
    }
    switch binding {
    case .value(let value, _, _): return value
    case .imported(_, "TYPE_CHECKING", _): return .boolean(false)
    case .imported: return imported(binding) ?? .unknown("'\(name)' is imported")
    case .uncertain(let reason, _): return .unknown(reason)
    case .function, .class: return .unknown("'\(name)' is no constant")
    }
  }

  func value(_ expression: ExpressionID) -> ConstantValue {
    ConstantEvaluator(module: module, name: value(of:), other: other).value(expression)
  }

  private func set(_ name: String, _ binding: ModuleBinding) {
    bindings[name] = binding
    journal.append(name)
  }

  /// Runs the block next.
  private func push(_ block: Block) {
    for statement in module[block].reversed() { todo.append(.statement(statement)) }
  }

  /// Runs next a block that may or may not run.
  private func push(uncertain block: Block, _ place: String) {
    if block.isEmpty { return }
    todo.append(.endUncertain(place))
    push(block)
    todo.append(.beginUncertain)
  }

  private func beginUncertain() {
    if uncertainDepth == 0 { uncertainStart = journal.count }
    uncertainDepth += 1
  }

  /// An inner block's names are among those of the outermost.
  private func endUncertain(_ place: String) {
    uncertainDepth -= 1
    if uncertainDepth > 0 { return }
    for name in Set(journal[uncertainStart...]) {
      guard let binding = bindings[name] else { continue }
      bindings[name] = .uncertain("'\(name)' is bound \(place)", binding.range)
    }
  }

  private func run(_ id: StatementID) {
    let range = module.range(of: id)
    switch module[id] {
    case .assign(let targets, let value):
      let result = self.value(value)
      for target in module[targets] { bind(target, result, value) }
    case .annotatedAssign(let target, _, let value?): bind(target, self.value(value), value)
    case .augmentedAssign(let target, _, _):
      markUncertain(target, "is changed after its assignment", range)
    case .function(let definition):
      set(module.text(of: module[definition].name), .function(definition, range))
    case .class(let definition):
      set(module.text(of: module[definition].name), .class(definition, range))
    case .import(let names): bindImports(names)
    case .importFrom(let source, let level, let names): bindImports(source, level, names)
    case .if(let test, let body, let otherwise): runCondition(test, body, otherwise)
    case .try(let id): runTry(module[id])
    case .with(_, let body, _): push(body)
    case .delete(let targets):
      for target in module[targets] { markUncertain(target, "is deleted", range) }
    case .for(let loop):
      markUncertain(module[loop].target, "is assigned in a loop", range)
      push(uncertain: module[loop].otherwise, "in a loop")
      push(uncertain: module[loop].body, "in a loop")
    case .while(_, let body, let otherwise):
      push(uncertain: otherwise, "in a loop")
      push(uncertain: body, "in a loop")
    case .match(_, let cases):
      for item in module[cases].reversed() { push(uncertain: item.body, "in a match") }
    default: break
    }
  }

  private func runCondition(_ test: ExpressionID, _ body: Block, _ otherwise: Block) {
    switch value(test).truth {
    case true?: push(body)
    case false?: push(otherwise)
    case nil:
      push(uncertain: otherwise, "under a condition")
      push(uncertain: body, "under a condition")
    }
  }

  private func runTry(_ statement: TryStatement) {
    push(statement.finally)
    push(statement.otherwise)
    for handler in module[statement.handlers].reversed() {
      push(uncertain: handler.body, "in a handler")
    }
    push(statement.body)
  }

  private func bind(
    _ target: ExpressionID, _ value: ConstantValue, _ expression: ExpressionID?
  ) {
    switch module[target] {
    case .name(let name):
      let range = module.range(of: expression ?? target)
      set(module.text(of: name), .value(value, expression: expression, range: range))
    case .tuple(let elements), .list(let elements):
      let targets = module[elements]
      if case .sequence(let values) = value, values.count == targets.count {
        for (target, value) in zip(targets, values) { bind(target, value, nil) }
      } else {
        for target in targets { bind(target, .unknown("is unpacked from a value"), nil) }
      }
    case .subscript(let base, _), .attribute(let base, _):
      markUncertain(base, "is changed after its assignment", module.range(of: target))
    case .starred(let inner): bind(inner, .unknown("is unpacked from a value"), nil)
    default: break
    }
  }

  private func bindImports(_ names: NodeList<ImportedName>) {
    for name in module[names] {
      let path = module.text(of: name.name)
      let bound = name.alias.map(module.text(of:)) ?? String(path.firstPart)
      let source = name.alias == nil ? bound : path
      set(bound, .imported(module: source, name: nil, name.range))
    }
  }

  private func bindImports(
    _ source: Identifier?, _ level: UInt32, _ names: NodeList<ImportedName>
  ) {
    let path = module.dottedName(of: source, level)
    for name in module[names] {
      let original = module.text(of: name.name)
      let bound = name.alias.map(module.text(of:)) ?? original
      set(bound, .imported(module: path, name: original, name.range))
    }
  }

  private func markUncertain(
    _ target: ExpressionID, _ reason: String, _ range: SourceRange
  ) {
    switch module[target] {
    case .name(let name):
      let name = module.text(of: name)
      set(name, .uncertain("'\(name)' \(reason)", range))
    case .subscript(let base, _), .attribute(let base, _):
      if case .name = module[base] { markUncertain(base, reason, range) }
    case .tuple(let elements), .list(let elements):
      for element in module[elements] { markUncertain(element, reason, range) }
    default: break
    }
  }
}

extension PythonModule {
  /// The module of `from source import …`: `..a.b`, with a dot for each level.
  func dottedName(of source: Identifier?, _ level: UInt32) -> String {
    String(repeating: ".", count: Int(min(level, 64))) + (source.map { text(of: $0) } ?? "")
  }
}
