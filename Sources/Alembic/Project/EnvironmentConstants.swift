// What expressions of env.py are worth: constants of functions, of the file, of alembic.ini.

import PythonSyntax
import SourceText

/// Evaluates expressions of env.py in the function where they stand.
final class EnvironmentConstants {
  /// Names that stand for names; deeper chains are not followed.
  private static let depthLimit = 12
  /// Names looked up for one value: names that stand for several names multiply.
  private static let lookupLimit = 2_000

  let outline: EnvironmentOutline
  let names: ModuleNames
  /// The options of alembic.ini's main section.
  private let options: [String: ConstantValue]
  private let module: PythonModule

  init(_ module: PythonModule, path: String, options: [String: String], project: ProjectModules) {
    let outline = EnvironmentOutline(module)
    var known = options.mapValues(ConstantValue.string)
    for name in Self.overriddenOptions(outline) {
      known[name] = .unknown("env.py sets the option '\(name)' itself")
    }
    self.outline = outline
    self.module = module
    self.options = known
    names = ModuleNames(module) {
      project.constant($0, importer: path)
    } other: {
      [known] in
      Self.option($0, module, known)
    }
  }

  /// An option of alembic.ini's main section, as far as env.py leaves it alone.
  func option(_ name: String) -> ConstantValue? { options[name] }

  func value(_ id: ExpressionID, in scope: Int) -> ConstantValue {
    value(id, in: scope, depth: 0, Lookups())
  }

  private func value(
    _ id: ExpressionID, in scope: Int, depth: Int, _ lookups: Lookups
  ) -> ConstantValue {
    if depth > Self.depthLimit { return .unknown("it leads through too many names") }
    let evaluator = ConstantEvaluator(module: module) { [self] in
      value(named: $0, in: scope, depth: depth + 1, lookups)
    } other: { [self] in
      Self.option($0, module, options)
    }
    return evaluator.value(id)
  }

  private func value(
    named name: String, in scope: Int, depth: Int, _ lookups: Lookups
  ) -> ConstantValue? {
    lookups.count += 1
    if lookups.count > Self.lookupLimit { return .unknown("it leads through too many names") }
    if outline.changed.contains(name) { return .unknown("'\(name)' is changed while it runs") }
    var place: Int? = scope
    while let current = place, current != 0 {
      let scope = outline.scopes[current]
      if let assigned = scope.locals[name] {
        guard assigned.count == 1, let expression = assigned[0] else {
          return .unknown("'\(name)' is assigned in several ways")
        }
        return value(expression, in: current, depth: depth, lookups)
      }
      if let index = outline.parameter(name, of: current) {
        return argument(name, at: index, of: current, depth: depth, lookups)
      }
      place = scope.parent
    }
    return names.value(of: name)
  }

  /// What the calls in the file give for a parameter, where all give the same.
  private func argument(
    _ name: String, at index: Int, of scope: Int, depth: Int, _ lookups: Lookups
  ) -> ConstantValue {
    var values: Set<ConstantValue> = []
    for argument in outline.arguments(for: name, at: index, of: scope) {
      lookups.count += 1
      guard let argument else { return .unknown("'\(name)' is a parameter") }
      values.insert(value(argument.value, in: argument.scope, depth: depth, lookups))
    }
    return values.count == 1
      ? values.first ?? .none : .unknown("'\(name)' is a parameter")
  }

  /// `config.get_main_option("name", default)`.
  private static func option(
    _ id: ExpressionID, _ module: PythonModule, _ options: [String: ConstantValue]
  ) -> ConstantValue? {
    guard case .call(let function, let list) = module[id],
      case .attribute(let base, let method) = module[function], isConfiguration(base, module),
      ["get_main_option", "get_alembic_option"].contains(module.text(of: method))
    else { return nil }
    let arguments = module[list]
    guard let first = arguments.first, case .string(let string) = module[first.value],
      let name = module.string(string)
    else { return nil }
    if let value = options[name.lowercased()] { return value }
    guard arguments.count > 1, let standard = arguments.last?.value else {
      return ConstantValue.none
    }
    return ConstantEvaluator(module: module, name: { _ in nil }, other: { _ in nil })
      .value(standard)
  }

  /// `config`, `context.config`, `alembic_config`…
  private static func isConfiguration(_ id: ExpressionID, _ module: PythonModule) -> Bool {
    switch module[id] {
    case .name(let name), .attribute(_, let name): module.text(of: name).hasSuffix("config")
    default: false
    }
  }

  /// Options that env.py sets itself are not those of the file.
  private static func overriddenOptions(_ outline: EnvironmentOutline) -> Set<String> {
    var result: Set<String> = []
    for call in outline.calls where call.name(in: outline.module) == "set_main_option" {
      guard let first = outline.module[call.arguments].first,
        case .string(let string) = outline.module[first.value],
        let name = outline.module.string(string)
      else { continue }
      result.insert(name.lowercased())
    }
    return result
  }
}

/// How many names were looked up for one value.
private final class Lookups {
  var count = 0
}
