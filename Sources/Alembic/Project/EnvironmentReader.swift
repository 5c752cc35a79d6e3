// The calls of `context.configure(…)` in env.py into settings.

import PythonSyntax
package import SourceText

/// One use: `EnvironmentReader(…).settings`.
struct EnvironmentReader {
  private(set) var settings = EnvironmentSettings()
  private let module: PythonModule
  private let constants: EnvironmentConstants
  /// The calls that configure a context, with their mode.
  private var sites: [(call: CallSite, mode: RunMode?)] = []

  init(_ module: PythonModule, path: String, options: [String: String], project: ProjectModules) {
    self.module = module
    constants = EnvironmentConstants(module, path: path, options: options, project: project)
    sites = constants.outline.calls.filter(isConfigure).map { ($0, mode(of: $0)) }
    settings.online = settings(for: .online)
    settings.offline = settings(for: .offline)
    settings.advisoryLocks = AdvisoryLockReader(constants).locks
    settings.statements = constants.outline.calls.compactMap(statement)
      .sorted { $0.location < $1.location }
    let words: [StaticString] = ["isolation_level", "AUTOCOMMIT", ".autocommit"]
    settings.setsIsolation =
      options["sqlalchemy.isolation_level"] != nil
      || words.contains { module.source.bytes.contains($0) }
    settings.drivers = drivers
    settings.connectionPath = constants.outline.calls.lazy
      .compactMap { $0.keyword("connect_args", in: module) }
      .first { module.excerpt(of: $0).contains("search_path") }
      .map { module.source.location(of: module.range(of: $0)) }
    settings.callbacks = CallbackReader(module, constants.outline).callbacks(sites.map(\.call))
    settings.schemaTranslation = constants.outline.calls.lazy
      .compactMap { $0.keyword("schema_translate_map", in: module) }.first
      .map { module.source.location(of: module.range(of: $0)) }
  }

  /// Those of the kind of engine that env.py makes, and of them that of `sqlalchemy.url`.
  private var drivers: Drivers {
    guard !sites.isEmpty else { return .all }
    let words: [StaticString] = [
      "run_sync", "create_async_engine", "async_engine_from_config", "AsyncEngine",
    ]
    let isAsynchronous = words.contains { module.source.bytes.contains($0) }
    // Only an engine that is made of the options has their URL.
    var named: Drivers?
    if module.source.bytes.contains("sqlalchemy.url")
      || module.source.bytes.contains("engine_from_config"),
      case .string(let url)? = constants.option("sqlalchemy.url")
    {
      named = Drivers(url: url)
    }
    if isAsynchronous { return Drivers.asynchronous.narrowed(to: named) }
    var engine = Drivers.synchronous
    if named == .pg8000 || module.source.bytes.contains("pg8000") { engine.insert(.pg8000) }
    return engine.narrowed(to: named)
  }

  /// `connection.execute(text("…"))` and its like.
  private func statement(_ call: CallSite) -> EnvironmentStatement? {
    guard case .attribute(_, let method) = module[call.function],
      ["execute", "exec_driver_sql"].contains(module.text(of: method)),
      let first = module[call.arguments].first
    else { return nil }
    var expression = first.value
    if case .call(let function, let arguments) = module[expression], isText(function),
      let text = module[arguments].first
    {
      expression = text.value
    }
    let location = module.source.location(of: module.range(of: call.id))
    if case .string(let text) = constants.value(expression, in: call.scope) {
      return EnvironmentStatement(text: text, isKnown: true, location: location)
    }
    return EnvironmentStatement(
      text: constants.knownParts(of: expression, in: call.scope)
        ?? module.excerpt(of: expression),
      isKnown: false, location: location)
  }

  private func isText(_ function: ExpressionID) -> Bool {
    switch module[function] {
    case .name(let name), .attribute(_, let name): module.text(of: name) == "text"
    default: false
    }
  }

  /// `context.configure(…)`, also under another name for `context`.
  private func isConfigure(_ call: CallSite) -> Bool {
    guard case .attribute(let base, let method) = module[call.function],
      module.text(of: method) == "configure"
    else { return false }
    switch module[base] {
    case .name(let name):
      let name = module.text(of: name)
      if case .imported("alembic", "context", _) = constants.names.bindings[name] { return true }
      return name == "context" || isContext(call)
    case .attribute(_, let name): return module.text(of: name) == "context"
    default: return isContext(call)
    }
  }

  /// An `EnvironmentContext` under any name is told by what it is given.
  private func isContext(_ call: CallSite) -> Bool {
    ["target_metadata", "version_table"].contains { call.keyword($0, in: module) != nil }
  }

  private func mode(of call: CallSite) -> RunMode? {
    if call.keyword("connection", in: module) != nil { return .online }
    if let mode = call.mode { return mode }
    let isOffline = ["url", "dialect_name", "literal_binds"].contains {
      call.keyword($0, in: module) != nil
    }
    return isOffline ? .offline : nil
  }

  private func settings(for mode: RunMode) -> ContextSettings {
    var result = ContextSettings()
    let matching = sites.filter { $0.mode == nil || $0.mode == mode }
    let calls = (matching.isEmpty ? sites : matching).map(\.call)
    result.versionTable = setting("version_table", result.versionTable, calls, Self.text)
    result.versionTableSchema = setting(
      "version_table_schema", result.versionTableSchema, calls, Self.optionalText)
    result.versionTablePrimaryKey = setting(
      "version_table_pk", result.versionTablePrimaryKey, calls, \.truth)
    result.transactionPerMigration = setting(
      "transaction_per_migration", result.transactionPerMigration, calls, \.truth)
    result.transactionalDDL = setting("transactional_ddl", result.transactionalDDL, calls) {
      $0 == .none ? .some(nil) : $0.truth.map(Optional.some)
    }
    result.includeSchemas = setting("include_schemas", result.includeSchemas, calls, \.truth)
    result.renderAsBatch = setting("render_as_batch", result.renderAsBatch, calls, \.truth)
    result.literalBinds = setting("literal_binds", result.literalBinds, calls, \.truth)
    return result
  }

  private static func text(_ value: ConstantValue) -> String? {
    if case .string(let text) = value { text } else { nil }
  }

  private static func optionalText(_ value: ConstantValue) -> String?? {
    switch value {
    case .none: .some(nil)
    case .string(let text): .some(text)
    default: nil
    }
  }

  /// What all calls agree on.
  private func setting<Value>(
    _ name: String, _ standard: Setting<Value>, _ calls: [CallSite],
    _ convert: (ConstantValue) -> Value?
  ) -> Setting<Value> {
    let all = calls.map { setting(name, standard, $0, convert) }
    guard let first = all.first else {
      return .unknown(
        reason: "env.py does not call context.configure() itself",
        SourceLocation(file: module.source.path))
    }
    if let unknown = all.first(where: { $0.value == nil }) { return unknown }
    guard let other = all.first(where: { $0.value != first.value }) else { return first }
    let location = [first, other].compactMap(\.location).first
    return .unknown(
      reason: "'\(name)' differs between calls of context.configure()",
      location ?? SourceLocation(file: module.source.path))
  }

  private func setting<Value>(
    _ name: String, _ standard: Setting<Value>, _ call: CallSite,
    _ convert: (ConstantValue) -> Value?
  ) -> Setting<Value> {
    if let expression = call.keyword(name, in: module) {
      return setting(constants.value(expression, in: call.scope), at: expression, convert)
    }
    for argument in module[call.arguments] {
      guard case .unpackedMapping = argument.kind else { continue }
      let value = constants.value(argument.value, in: call.scope)
      guard case .dictionary(let entries) = value else {
        return .unknown(
          reason: "'**\(module.excerpt(of: argument.value))' may set it",
          module.source.location(of: module.range(of: argument.value)))
      }
      if let entry = entries[name] { return setting(entry, at: argument.value, convert) }
    }
    return standard
  }

  private func setting<Value>(
    _ value: ConstantValue, at expression: ExpressionID, _ convert: (ConstantValue) -> Value?
  ) -> Setting<Value> {
    let location = module.source.location(of: module.range(of: expression))
    if case .unknown(let reason) = value { return .unknown(reason: reason, location) }
    guard let converted = convert(value) else {
      return .unknown(
        reason: "'\(module.excerpt(of: expression))' is no value for it", location)
    }
    return .set(converted, location)
  }

  /// `target_metadata=…` of `context.configure()`, also in dictionaries that it unpacks.
  var targetMetadata: TargetMetadata {
    let name = "target_metadata"
    let keywords = sites.compactMap { site in
      site.call.keyword(name, in: module).map {
        ScopedExpression(value: $0, scope: site.call.scope)
      }
    }
    if !keywords.isEmpty { return .given(keywords) }
    guard !sites.isEmpty else {
      return .uncertain("env.py does not call context.configure() itself")
    }
    let unpacked = sites.flatMap { site in
      module[site.call.arguments].compactMap { argument -> ScopedExpression? in
        guard case .unpackedMapping = argument.kind else { return nil }
        return ScopedExpression(value: argument.value, scope: site.call.scope)
      }
    }
    let open = unpacked.first { !isWhollyHere($0) }
    let entries = unpacked.isEmpty ? [] : constants.outline.entries(name)
    if !entries.isEmpty { return .given(entries) }
    return open.map { .uncertain("'**\(module.excerpt(of: $0.value))' may set it") } ?? .absent
  }

  /// Whether all keys of a dictionary stand in env.py.
  private func isWhollyHere(_ dictionary: ScopedExpression) -> Bool {
    if case .dictionary = constants.value(dictionary.value, in: dictionary.scope) { return true }
    guard case .name(let identifier) = module[dictionary.value] else { return false }
    let name = module.text(of: identifier)
    let outline = constants.outline
    guard !outline.changedOpenly.contains(name),
      let values = outline.scopes[dictionary.scope].locals[name]
    else { return false }
    return values.allSatisfy { value in
      guard let value else { return false }
      switch module[value] {
      case .dictionary(let items): return module[items].allSatisfy { $0.key != nil }
      case .call(let function, let arguments):
        guard case .name(let name) = module[function], module.text(of: name) == "dict" else {
          return false
        }
        return module[arguments].allSatisfy {
          if case .keyword = $0.kind { true } else { false }
        }
      default: return false
      }
    }
  }
}

/// What `context.configure()` is given for `target_metadata`.
enum TargetMetadata {
  case absent
  case given([ScopedExpression])
  /// Only running env.py would tell.
  case uncertain(String)
}

extension Setting {
  /// Where it is set; nil for the default.
  package var location: SourceLocation? {
    switch self {
    case .standard: nil
    case .set(_, let location), .unknown(_, let location): location
    }
  }
}
