// Queries that are statements by themselves: whether PostgreSQL is certain to take one.

import HashTreeCollections
import PostgresSyntax

/// What a built-in function takes and gives, as far as it is often called by itself.
private struct Signature {
  enum Parameter {
    case text, integer, number, boolean, sequence, anything
  }
  var parameters: [Parameter]
  var optional: [Parameter] = []
  var result: BuiltinType
}

private let signatures: [String: Signature] = [
  "now": Signature(parameters: [], result: .timestamptz),
  "current_timestamp": Signature(parameters: [], result: .timestamptz),
  "clock_timestamp": Signature(parameters: [], result: .timestamptz),
  "current_date": Signature(parameters: [], result: .date),
  "version": Signature(parameters: [], result: .text),
  "current_database": Signature(parameters: [], result: .text),
  "current_user": Signature(parameters: [], result: .text),
  "gen_random_uuid": Signature(parameters: [], result: .uuid),
  "random": Signature(parameters: [], result: .float8),
  "count": Signature(parameters: [], optional: [.anything], result: .int8),
  "lower": Signature(parameters: [.text], result: .text),
  "upper": Signature(parameters: [.text], result: .text),
  "initcap": Signature(parameters: [.text], result: .text),
  "reverse": Signature(parameters: [.text], result: .text),
  "md5": Signature(parameters: [.text], result: .text),
  "btrim": Signature(parameters: [.text], optional: [.text], result: .text),
  "length": Signature(parameters: [.text], result: .int4),
  "char_length": Signature(parameters: [.text], result: .int4),
  "hashtext": Signature(parameters: [.text], result: .int4),
  "abs": Signature(parameters: [.integer], result: .int4),
  "nextval": Signature(parameters: [.sequence], result: .int8),
  "currval": Signature(parameters: [.sequence], result: .int8),
  "setval": Signature(
    parameters: [.sequence, .integer], optional: [.boolean], result: .int8),
  "pg_get_serial_sequence": Signature(parameters: [.text, .text], result: .text),
  "pg_notify": Signature(parameters: [.text, .text], result: .text),
  "pg_sleep": Signature(parameters: [.number], result: .text),
  "set_config": Signature(parameters: [.text, .text, .boolean], result: .text),
  "pg_advisory_lock": Signature(parameters: [.integer], optional: [.integer], result: .text),
  "pg_advisory_unlock": Signature(parameters: [.integer], optional: [.integer], result: .bool),
  "pg_advisory_xact_lock": Signature(parameters: [.integer], optional: [.integer], result: .text),
  "pg_try_advisory_lock": Signature(parameters: [.integer], optional: [.integer], result: .bool),
  "pg_try_advisory_xact_lock": Signature(
    parameters: [.integer], optional: [.integer], result: .bool),
]

/// Aggregates whose value is of the type of their argument.
private let extremes: Set<String> = ["max", "min"]

extension Replay {
  /// Says of a query by itself that PostgreSQL may refuse it, unless the types of all of its parts are known
  /// and fit.
  mutating func proveQuery(_ query: Query) {
    guard let selection = query.selection, !query.relations.contains(where: \.namesColumns),
      selection.values.allSatisfy({ isValue($0, query) }),
      selection.conditions.allSatisfy({ type(of: $0, query)?.builtin == .bool })
    else { return doubt(.executes, .unprovedQuery) }
  }

  /// SHOW of a setting that there may not be.
  mutating func show(_ name: String) {
    let others: Set<String> = [
      "all", "server_version", "server_version_num", "server_encoding", "transaction_isolation",
      "is_superuser", "max_connections", "timezone", "datestyle", "lc_collate", "lc_ctype",
    ]
    if !others.contains(name), !isKnownSetting(name) {
      mayFail("42704", .invalidDefinition("a setting \(name) that is not known"))
    }
  }

  private func isValue(_ value: ValueTree, _ query: Query) -> Bool {
    if case .column(let reference) = value, reference.column == nil {
      return !query.relations.isEmpty && reference.qualifier.count <= 1
    }
    return isBare(value) || type(of: value, query) != nil
  }

  /// A string or NULL, which takes the type that is wanted.
  private func isBare(_ value: ValueTree) -> Bool {
    switch value {
    case .constant(.string), .constant(.null): true
    default: false
    }
  }

  /// Nil where the type is not known, or the value not known to be valid.
  private func type(of value: ValueTree, _ query: Query) -> DataType? {
    switch value {
    case .column(let reference): return find(reference, in: query)?.1.type
    case .constant(let constant): return constant.type
    case .cast(let inner, let type): return cast(inner, namedType(type), query)
    case .call(let name, let arguments): return call(name, arguments, query)
    case .operation(let name, let left?, let right):
      return operation(name.schema == nil ? name.name : "", left, right, query)
    case .operation(_, nil, _): return nil
    case .all(let parts), .any(let parts):
      return parts.allSatisfy { type(of: $0, query)?.builtin == .bool } ? DataType(.bool) : nil
    case .not(let part): return type(of: part, query)?.builtin == .bool ? DataType(.bool) : nil
    case .isNull(let part): return isValue(part, query) ? DataType(.bool) : nil
    case .differs(let left, let right):
      return areComparable(left, right, query) ? DataType(.bool) : nil
    case .among(let left, let values):
      return values.allSatisfy { areComparable(left, $0, query) } ? DataType(.bool) : nil
    case .coalesce(let values):
      guard let first = values.first.flatMap({ type(of: $0, query) }) else { return nil }
      return values.dropFirst().allSatisfy { fits($0, first, query) } ? first : nil
    case .nullIf(let left, let right):
      return areComparable(left, right, query) ? type(of: left, query) : nil
    }
  }

  private func cast(_ inner: ValueTree, _ type: DataType?, _ query: Query) -> DataType? {
    guard let type else { return nil }
    // Whether a string is a value of the type is asked elsewhere.
    if isBare(inner) { return type }
    guard let from = self.type(of: inner, query) else { return nil }
    let isToText = type.isText && !type.isArray
    return from == type || isToText || from.isNumber && type.isNumber ? type : nil
  }

  private func operation(
    _ name: String, _ left: ValueTree, _ right: ValueTree, _ query: Query
  ) -> DataType? {
    switch name {
    case "=", "<>", "!=", "<", ">", "<=", ">=":
      return areComparable(left, right, query) ? DataType(.bool) : nil
    case "~~", "!~~", "~~*", "!~~*":
      return isText(left, query) && isText(right, query) ? DataType(.bool) : nil
    case "||":
      let hasText = [left, right].contains { type(of: $0, query)?.isText == true }
      return hasText && isText(left, query) && isText(right, query) ? DataType(.text) : nil
    case "+", "-", "*":
      guard let first = type(of: left, query), let second = type(of: right, query),
        first.isNumber, first == second
      else { return nil }
      return first
    default: return nil
    }
  }

  private func call(
    _ name: QualifiedName, _ arguments: [ValueTree], _ query: Query
  ) -> DataType? {
    guard name.schema == nil || name.schema == "pg_catalog",
      catalog.routines[catalog.resolveRoutine(name)] == nil
    else { return nil }
    if extremes.contains(name.name), arguments.count == 1 {
      guard let type = type(of: arguments[0], query), isOrdered(type) else { return nil }
      return type
    }
    guard let signature = signatures[name.name] else { return nil }
    let parameters = signature.parameters + signature.optional
    guard (signature.parameters.count...parameters.count).contains(arguments.count),
      zip(arguments, parameters).allSatisfy({ takes($1, $0, query) })
    else { return nil }
    return DataType(signature.result)
  }

  private func takes(
    _ parameter: Signature.Parameter, _ value: ValueTree, _ query: Query
  ) -> Bool {
    let type = type(of: value, query)
    switch parameter {
    case .text: return isText(value, query)
    case .integer: return isInteger(type)
    case .number: return type?.isNumber == true
    case .boolean: return type?.builtin == .bool && type?.isArray == false
    case .sequence:
      if case .constant(.string) = value { return true }
      return type?.builtin == .regclass || type?.isText == true
    case .anything: return isValue(value, query)
    }
  }

  private func areComparable(_ left: ValueTree, _ right: ValueTree, _ query: Query) -> Bool {
    switch (type(of: left, query), type(of: right, query)) {
    case (let first?, let second?): areComparable(first, second) && !first.hasNoEquality
    // Whether it is a value of the type is asked where there is one table, else for strings only.
    case (let type?, nil): isBare(right) && isReadable(type, query)
    case (nil, let type?): isBare(left) && isReadable(type, query)
    case (nil, nil): false
    }
  }

  private func isReadable(_ type: DataType, _ query: Query) -> Bool {
    !type.hasNoEquality && (type.isText || query.relations.count == 1)
  }

  private func fits(_ value: ValueTree, _ type: DataType, _ query: Query) -> Bool {
    isBare(value) ? type.isText && !type.isArray : self.type(of: value, query) == type
  }

  private func isText(_ value: ValueTree, _ query: Query) -> Bool {
    if isBare(value) { return true }
    guard let type = type(of: value, query) else { return false }
    return type.isString && !type.isArray
  }

  private func isInteger(_ type: DataType?) -> Bool {
    guard let type, !type.isArray else { return false }
    return type.builtin == .int2 || type.builtin == .int4 || type.builtin == .int8
  }

  private func isOrdered(_ type: DataType) -> Bool {
    switch type.builtin {
    case .date, .timestamp, .timestamptz, .text, .varchar: !type.isArray
    default: type.isNumber
    }
  }
}
