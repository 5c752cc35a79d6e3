// Python values into SQL literals, as SQLAlchemy's literal_binds writes them for PostgreSQL.

import SourceText

enum Literals {
  /// A string constant. Offline, SQLAlchemy takes backslashes for escapes and doubles them.
  static func string(_ text: String) -> String {
    "'" + text.doubling("'").doubling("\\") + "'"
  }

  /// A string that a driver sends as a value.
  private static func value(
    _ text: String, _ kind: StringCasts, as type: String = "VARCHAR", _ rendering: Rendering
  ) -> String {
    rendering.strings.formUnion(kind)
    return rendering.casts.isSuperset(of: kind) ? "CAST(\(string(text)) AS \(type))" : string(text)
  }

  /// A value as a literal of a type; nil type: the type that SQLAlchemy infers from the value.
  static func render(
    _ value: Value, as type: SQLType?, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    try rendering.written(literal(value, as: type, rendering))
  }

  private static func literal(
    _ value: Value, as type: SQLType?, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    switch value {
    case .none: return "NULL"
    case .unknown(let unknown):
      if unknown.mayBeSQL { throw NotRenderable(unknown.reason) }
      return try rendering.missing(unknown.reason)
    case .model(let element as any SQLElement): return try element.sql(rendering)
    case .model(let conv as ConventionName): return string(conv.name)
    default: break
    }
    rendering.hasValues = true
    if var type, let bind = type.bind {
      type.bind = nil
      // What the project makes of a value may be of such a type again.
      rendering.depth += 1
      defer { rendering.depth -= 1 }
      guard rendering.depth < Rendering.depthLimit else {
        throw NotRenderable("a literal of \(type.className)")
      }
      return try render(try bind(value), as: type, rendering)
    }
    switch type?.affinity ?? .inferred {
    case .enumeration:
      let text = try label(value, type)
      // Only with asyncpg SQLAlchemy tells the type.
      return type?.enumeration.map { self.value(text, .untyped, as: $0.formattedName, rendering) }
        ?? string(text)
    case .string, .uuid, .inferred, .other: return try inferred(value, type, rendering)
    case .boolean: return try boolean(value)
    case .integer: return try integer(value, type, rendering)
    case .numeric: return try number(value)
    case .json: return try json(value, type, rendering)
    case .date, .time, .timestamp: return try moment(value, type, rendering)
    case .array: return try array(value, type, rendering)
    case .interval:
      if case .model(let delta as TimeDeltaObject) = value {
        return "make_interval(secs=>\(try number(.float(Double(delta.microseconds) / 1e6))))"
      }
      guard case .string(let text) = value else { throw NotRenderable("a literal of INTERVAL") }
      rendering.offlineFailure = "a string as a literal of INTERVAL"
      return self.value(text, .untyped, rendering)
    case .binary:
      guard case .bytes(let bytes) = value, let text = String(validating: bytes, as: UTF8.self)
      else { throw NotRenderable("a literal of LargeBinary") }
      return string(text)
    }
  }

  private static func inferred(
    _ value: Value, _ type: SQLType?, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    let isInferred = type == nil || type?.affinity == .inferred
    switch value {
    case .string(let text):
      switch type?.affinity {
      case .string: return self.value(text, .typed, rendering)
      case nil, .inferred: return self.value(text, .untyped, rendering)
      default: return string(text)
      }
    case .boolean(let flag) where isInferred: return flag ? "true" : "false"
    case .integer(let number) where isInferred: return String(number)
    case .float where isInferred: return try number(value)
    case .instance(let instance):
      if let primitive = instance.primitive, instance.type.flavor != .enumeration {
        return try inferred(primitive, type, rendering)
      }
    case .model(let uuid as UUIDObject) where isInferred || type?.affinity == .uuid:
      return string(uuid.string)
    case .model(let decimal as DecimalObject) where isInferred: return decimal.string
    case .model(is DateTimeObject) where isInferred, .model(is DateObject) where isInferred:
      return try moment(value, type, rendering)
    default: break
    }
    throw NotRenderable("a literal of \(type?.className ?? "an unknown type")")
  }

  /// A string, or a member of the enumeration that the type was made from: by its label.
  private static func label(_ value: Value, _ type: SQLType?) throws(NotRenderable) -> String {
    switch value {
    case .string(let text):
      // A member of a class that is a string, too, equals its value, and is written by its label.
      if let position = type?.memberValues?.firstIndex(of: text),
        let labels = type?.enumeration?.labels ?? type?.checkedLabels, position < labels.count
      {
        return labels[position]
      }
      return text
    case .instance(let member) where member.type.flavor == .enumeration:
      let labels = type?.enumeration?.labels ?? type?.checkedLabels
      if let position = member.type.members.firstIndex(where: { $0 === member }), let labels,
        labels.count == member.type.members.count
      {
        return labels[position]
      }
    default: break
    }
    throw NotRenderable("a literal of \(type?.className ?? "Enum")")
  }

  private static func boolean(_ value: Value) throws(NotRenderable) -> String {
    switch value {
    case .boolean(let flag): return flag ? "true" : "false"
    case .integer(0): return "false"
    case .integer(1): return "true"
    default: throw NotRenderable("a literal of Boolean")
    }
  }

  private static func integer(
    _ value: Value, _ type: SQLType?, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    switch value {
    case .boolean(let flag): return flag ? "1" : "0"
    case .integer(let number):
      // The server is told the type, and not that of the column.
      let fits =
        type?.ddl == "SMALLINT"
        ? Int16(exactly: number) != nil : type?.ddl == "BIGINT" || Int32(exactly: number) != nil
      if !fits { rendering.doubtful.formUnion(.sendTypedValues) }
      return String(number)
    default: throw NotRenderable("a literal of an integer")
    }
  }

  private static func number(_ value: Value) throws(NotRenderable) -> String {
    switch value {
    case .integer(let number): return String(number)
    case .model(let decimal as DecimalObject): return decimal.string
    case .float(let number) where number == number.rounded() && abs(number) < 1e15:
      return "\(Int(number)).0"
    case .float(let number) where number.isFinite && abs(number) >= 1e-4 && abs(number) < 1e15:
      return "\(number)"
    default: throw NotRenderable("a literal of a number")
    }
  }

  private static func moment(
    _ value: Value, _ type: SQLType?, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    switch value {
    case .model(let moment as DateTimeObject):
      if moment.zone != nil, type?.ddl?.contains("WITH TIME ZONE") == false {
        rendering.doubtful.formUnion(.refuseOtherValues)
      }
      return string(moment.string)
    case .model(let day as DateObject): return string(day.string)
    case .string(let text):
      rendering.offlineFailure = "a string as a literal of \(type?.className ?? "a time")"
      return self.value(text, .untyped, rendering)
    default: throw NotRenderable("a literal of \(type?.className ?? "a time")")
    }
  }

  private static func array(
    _ value: Value, _ type: SQLType?, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    if case .string(let text) = value { return string(text) }
    guard let elements = ElementMethods.elements(of: value) else {
      throw NotRenderable("a literal of ARRAY")
    }
    var texts: [String] = []
    for element in elements {
      switch element {
      case .string, .integer: texts.append(try render(element, as: nil, rendering))
      default: throw NotRenderable("a literal of ARRAY")
      }
    }
    return "ARRAY[\(texts.joined(separator: ", "))]"
  }

  /// Against a database a value is sent as JSON; offline SQLAlchemy has no literal for it.
  private static func json(
    _ value: Value, _ type: SQLType?, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    guard let text = JSONText.dumps(value) else { throw NotRenderable("a literal of JSON") }
    rendering.offlineFailure = "a literal of JSON"
    return string(text)
  }
}

/// `json.dumps` of plain values.
enum JSONText {
  static func dumps(_ value: Value) -> String? {
    var room = 100_000
    return dumps(value, depth: 0, &room)
  }

  private static func dumps(_ value: Value, depth: Int, _ room: inout Int) -> String? {
    room -= 1
    guard depth < 60, room > 0 else { return nil }
    switch value {
    case .none: return "null"
    case .boolean(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .string(let text): return quoted(text)
    case .list(let list) where list.taint == nil: return array(list.elements, depth, &room)
    case .tuple(let elements): return array(elements, depth, &room)
    case .dictionary(let dictionary) where dictionary.taint == nil:
      var parts: [String] = []
      for entry in dictionary.entries {
        guard case .string(let key) = entry.key,
          let text = dumps(entry.value, depth: depth + 1, &room)
        else { return nil }
        parts.append("\(quoted(key)): \(text)")
      }
      return "{" + parts.joined(separator: ", ") + "}"
    default: return nil
    }
  }

  private static func array(
    _ elements: [Value], _ depth: Int, _ room: inout Int
  ) -> String? {
    var parts: [String] = []
    for element in elements {
      guard let text = dumps(element, depth: depth + 1, &room) else { return nil }
      parts.append(text)
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  /// As `ensure_ascii` does.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0x08: result += "\\b"
      case 0x0C: result += "\\f"
      case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result + "\""
  }
}
