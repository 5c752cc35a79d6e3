// The functions of env.py that SQLAlchemy or Alembic calls while migrations run.

import PythonSyntax
package import SourceText

/// Code of env.py that runs with each step or statement.
package struct EnvironmentCallback: Sendable, Hashable {
  /// The argument or event that it is given by, such as `on_version_apply`.
  package var name: String
  package var location: SourceLocation
}

/// Finds `on_version_apply=` of `context.configure()` and listeners of connections, wherever they stand.
struct CallbackReader {
  private let module: PythonModule
  private let outline: EnvironmentOutline
  private let definitions: [Definition]

  init(_ module: PythonModule, _ outline: EnvironmentOutline) {
    self.module = module
    self.outline = outline
    definitions = outline.scopes.compactMap { $0.definition.map { module[$0] } }
  }

  /// Those that may do more than take notes, in source order.
  /// - Parameter sites: the calls of `context.configure()`.
  func callbacks(_ sites: [CallSite]) -> [EnvironmentCallback] {
    let name = "on_version_apply"
    let functions = sites.compactMap { site in
      site.keyword(name, in: module).map { isHarmless($0, name) ? nil : $0 } ?? mapping(of: site)
    }.map { callback(name, $0) }
    let listeners = outline.calls.compactMap(listener)
    return (functions + listeners).sorted { $0.location < $1.location }
  }

  /// The `**options` of a call, where the file speaks of `on_version_apply` at all.
  private func mapping(of site: CallSite) -> ExpressionID? {
    guard module.source.bytes.contains("on_version_apply") else { return nil }
    return module[site.arguments].first {
      if case .unpackedMapping = $0.kind { true } else { false }
    }?.value
  }

  private func callback(_ name: String, _ place: ExpressionID) -> EnvironmentCallback {
    EnvironmentCallback(
      name: name, location: module.source.location(of: module.range(of: place)))
  }

  /// `listens_for(target, "event")` above a function and `event.listen(target, "event", function)`.
  private func listener(_ call: CallSite) -> EnvironmentCallback? {
    guard let name = call.name(in: module), name == "listens_for" || name == "listen" else {
      return nil
    }
    let arguments = Array(module[call.arguments])
    guard arguments.count > 1 else { return nil }
    guard let event = module.plainString(arguments[1].value) else {
      // Whose event is not told; a server may listen on a port.
      return name == "listens_for" || isOfEvents(call.function) ? callback(name, call.id) : nil
    }
    guard ListenerSearch.isOfConnections(event) else { return nil }
    if name == "listen" {
      return arguments.count > 2 && isHarmless(arguments[2].value, event)
        ? nil : callback(event, call.id)
    }
    let decorated = definitions.first { module[$0.decorators].contains(call.id) }
    guard let decorated, ListenerSearch.isHarmless(decorated, event, in: module) else {
      return callback(event, call.id)
    }
    return nil
  }

  /// `event.listen`
  private func isOfEvents(_ function: ExpressionID) -> Bool {
    guard case .attribute(let base, _) = module[function] else { return false }
    return module.lastName(of: base) == "event"
  }

  private func isHarmless(_ function: ExpressionID, _ event: String) -> Bool {
    switch module[function] {
    case .none: return true
    case .name(let name):
      let found = definitions.filter { $0.name == name }
      if !found.isEmpty {
        return found.allSatisfy { ListenerSearch.isHarmless($0, event, in: module) }
      }
      return isOfCallersAlone(name)
    default: return isOfCallersAlone(function)
    }
  }

  /// `config.attributes.get(…)`, which holds what a program that calls Alembic puts there: nothing for
  /// the command.
  private func isOfCallersAlone(_ name: Identifier) -> Bool {
    let spelling = module.text(of: name)
    let values = outline.scopes.flatMap { $0.locals[spelling] ?? [] }
    return !values.isEmpty && values.allSatisfy { $0.map(isOfCallersAlone) ?? false }
  }

  private func isOfCallersAlone(_ value: ExpressionID) -> Bool {
    guard case .call(let function, let arguments) = module[value],
      case .attribute(let base, let method) = module[function], module.text(of: method) == "get",
      module.lastName(of: base) == "attributes"
    else { return false }
    guard module[arguments].count > 1, let standard = module[arguments].last else { return true }
    if case .none = module[standard.value] { return true }
    return false
  }
}
