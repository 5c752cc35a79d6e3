// The advisory locks that env.py takes, out of its SQL texts and its calls of `func`.

import PythonSyntax
import SourceText

/// One use: `AdvisoryLockReader(constants).locks`.
struct AdvisoryLockReader {
  /// More bindings of one name than this do not make it a constant.
  private static let bindingLimit = 16

  private(set) var locks: [AdvisoryLock] = []
  private let constants: EnvironmentConstants
  private let module: PythonModule
  /// What is bound to each name by keyword or in a dictionary, anywhere in the file.
  private var bindings: [String: [(value: ExpressionID, scope: Int)]] = [:]

  init(_ constants: EnvironmentConstants) {
    self.constants = constants
    module = constants.outline.module
    for call in constants.outline.calls { noteBindings(call) }
    for text in constants.outline.texts { read(text) }
    for call in constants.outline.calls { read(call) }
    locks.sort { $0.location < $1.location }
  }

  /// `func.pg_advisory_lock(999999)`.
  private mutating func read(_ call: CallSite) {
    guard case .attribute(_, let name) = module[call.function],
      let function = LockFunction(module.text(of: name))
    else { return }
    let keys = module[call.arguments].map { constants.value($0.value, in: call.scope) }
    let text = module[call.arguments].map { module.excerpt(of: $0.value) }.joined(separator: ", ")
    locks.append(function.lock(keys, text, module.source.location(of: module.range(of: call.id))))
  }

  private mutating func read(_ site: TextSite) {
    guard let sql = constants.knownParts(of: site.id, in: site.scope) else { return }
    for call in SQLCalls(sql) {
      guard let function = LockFunction(call.name) else { continue }
      var placeholders = 0
      let keys = call.arguments.map { value(of: $0, at: site, &placeholders) }
      locks.append(
        function.lock(
          keys, call.arguments.joined(separator: ", "),
          module.source.location(of: module.range(of: site.id))))
    }
  }

  /// The value of an argument in SQL: a number, or a parameter bound to a constant.
  private func value(
    of argument: String, at site: TextSite, _ placeholders: inout Int
  ) -> ConstantValue {
    let bare = Self.withoutCast(argument)
    if let number = Int(bare.hasPrefix("+") ? "" : bare) { return .integer(number) }
    if bare.hasPrefix(":") { return parameter(String(bare.dropFirst()), at: site) }
    if bare.hasPrefix("%("), bare.hasSuffix(")s") {
      return parameter(String(bare.dropFirst(2).dropLast(2)), at: site)
    }
    if bare == "%s" {
      placeholders += 1
      return positional(placeholders - 1, at: site)
    }
    return .unknown("'\(argument)' is worked out by the database")
  }

  /// `:key` of `CAST(:key AS bigint)` and of `:key::bigint`.
  private static func withoutCast(_ argument: String) -> String {
    let lower = argument.lowercased()
    if lower.hasPrefix("cast("), lower.hasSuffix(")"), let end = lower.range(ofWord: " as ") {
      return withoutCast(String(lower[..<end].dropFirst(5)).trimmingSpace())
    }
    let scalars = Array(argument)
    for index in scalars.indices.dropFirst().dropLast()
    where scalars[index] == ":" && scalars[index + 1] == ":" {
      return String(scalars[..<index]).trimmingSpace()
    }
    return argument
  }

  /// The value bound to a name around the text, else the only one that is bound to it in the file.
  private func parameter(_ name: String, at site: TextSite) -> ConstantValue {
    var enclosing = site.enclosing
    while let index = enclosing {
      let call = constants.outline.calls[index]
      if let value = bound(name, by: call) { return value }
      enclosing = call.enclosing
    }
    let all = Set(
      (bindings[name] ?? []).prefix(Self.bindingLimit).map {
        constants.value($0.value, in: $0.scope)
      })
    return all.count == 1
      ? all.first ?? ConstantValue.none : .unknown("the parameter '\(name)' is bound when it runs")
  }

  private mutating func noteBindings(_ call: CallSite) {
    for argument in module[call.arguments] {
      if case .keyword(let key) = argument.kind {
        bindings[module.text(of: key), default: []].append((argument.value, call.scope))
      }
      guard case .dictionary(let items) = module[argument.value] else { continue }
      for item in module[items] {
        guard let key = item.key, case .string(let string) = module[key],
          let name = module.string(string)
        else { continue }
        bindings[name, default: []].append((item.value, call.scope))
      }
    }
  }

  private func bound(_ name: String, by call: CallSite) -> ConstantValue? {
    for argument in module[call.arguments] {
      switch argument.kind {
      case .keyword(let key) where module.text(of: key) == name:
        return constants.value(argument.value, in: call.scope)
      case .positional:
        if let value = bound(name, in: argument.value, call.scope) { return value }
      default: break
      }
    }
    return nil
  }

  private func bound(
    _ name: String, in expression: ExpressionID, _ scope: Int
  ) -> ConstantValue? {
    switch module[expression] {
    case .dictionary(let items):
      for item in module[items] {
        guard let key = item.key, case .string(let string) = module[key],
          module.string(string) == name
        else { continue }
        return constants.value(item.value, in: scope)
      }
      return nil
    case .name, .attribute:
      guard case .dictionary(let entries) = constants.value(expression, in: scope) else {
        return nil
      }
      return entries[name]
    default: return nil
    }
  }

  /// The value for `%s`: of the list or tuple beside the text.
  private func positional(_ index: Int, at site: TextSite) -> ConstantValue {
    var enclosing = site.enclosing
    while let place = enclosing {
      let call = constants.outline.calls[place]
      for argument in module[call.arguments].dropFirst() {
        if case .sequence(let values) = constants.value(argument.value, in: call.scope),
          index < values.count
        {
          return values[index]
        }
      }
      enclosing = call.enclosing
    }
    return .unknown("a parameter is bound when it runs")
  }
}

/// A function that takes an advisory lock (PostgreSQL manual 9.28.10), by its name.
private struct LockFunction {
  var name: String
  var isTry: Bool
  var isTransaction: Bool
  var isShared: Bool

  /// `pg_advisory_lock`, `pg_try_advisory_xact_lock_shared`…; nil for others, also for unlocking.
  init?(_ spelling: String) {
    name = spelling.lowercased()
    var rest = name[...]
    func drop(_ prefix: String) -> Bool {
      guard rest.hasPrefix(prefix) else { return false }
      rest = rest.dropFirst(prefix.count)
      return true
    }
    guard drop("pg_") else { return nil }
    isTry = drop("try_")
    guard drop("advisory_") else { return nil }
    isTransaction = drop("xact_")
    guard drop("lock") else { return nil }
    isShared = drop("_shared")
    if !rest.isEmpty { return nil }
  }

  func lock(
    _ keys: [ConstantValue], _ text: String, _ location: SourceLocation
  ) -> AdvisoryLock {
    AdvisoryLock(
      key: key(keys) ?? .unknown(text), scope: isTransaction ? .transaction : .session,
      isTry: isTry, isShared: isShared, function: name, location: location)
  }

  private func key(_ keys: [ConstantValue]) -> AdvisoryLock.Key? {
    let numbers = keys.compactMap { if case .integer(let value) = $0 { value } else { nil } }
    guard numbers.count == keys.count else { return nil }
    if numbers.count == 1 { return .single(Int64(numbers[0])) }
    guard numbers.count == 2, let first = Int32(exactly: numbers[0]),
      let second = Int32(exactly: numbers[1])
    else { return nil }
    return .pair(first, second)
  }
}

/// The function calls in a piece of SQL: `name(arguments)`, as far as locks need it.
private struct SQLCalls: Sequence, IteratorProtocol {
  private let characters: [Character]
  private var position = 0

  init(_ sql: String) {
    // Only texts that can hold such a call are looked at.
    characters =
      sql.utf8.count < 1 << 16 && sql.lowercased().contains("advisory_") ? Array(sql) : []
  }

  mutating func next() -> (name: String, arguments: [String])? {
    while position < characters.count {
      guard isWord(characters[position]) else {
        position += 1
        continue
      }
      let start = position
      while position < characters.count, isWord(characters[position]) { position += 1 }
      let name = String(characters[start..<position])
      var open = position
      while open < characters.count, characters[open].isWhitespace { open += 1 }
      guard open < characters.count, characters[open] == "(", LockFunction(name) != nil else {
        continue
      }
      position = open + 1
      return (name, arguments())
    }
    return nil
  }

  private func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  /// What stands between the parentheses, divided at commas of their own level.
  private mutating func arguments() -> [String] {
    var result: [String] = []
    var current = ""
    var depth = 0
    var isQuoted = false
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == "'" { isQuoted.toggle() }
      if !isQuoted {
        if character == ")", depth == 0 { break }
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if character == ",", depth == 0 {
          result.append(current.trimmingSpace())
          current = ""
          continue
        }
      }
      current.append(character)
    }
    let last = current.trimmingSpace()
    return last.isEmpty ? result : result + [last]
  }
}

extension String {
  /// Where a word begins for the first time.
  fileprivate func range(ofWord word: String) -> Index? {
    indices.first { self[$0...].hasPrefix(word) }
  }
}

extension EnvironmentConstants {
  /// The text of a literal; parts of an f-string that are not known stand as `{…}`.
  func knownParts(of expression: ExpressionID, in scope: Int) -> String? {
    let module = outline.module
    switch module[expression] {
    case .string(let string): return module.string(string)
    case .formatted(let parts):
      var result = ""
      for part in module[parts] {
        switch part {
        case .literal(let string): result += module.string(string) ?? "{…}"
        case .replacement(let value, _, _):
          result += self.value(value, in: scope).text ?? "{\(module.excerpt(of: value))}"
        }
      }
      return result
    default: return nil
    }
  }
}
