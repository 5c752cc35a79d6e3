// Python values into SQL literals, as SQLAlchemy's literal_binds writes them for PostgreSQL.

enum Literals {
  /// A string constant. Offline, SQLAlchemy takes backslashes for escapes and doubles them.
  static func string(_ text: String) -> String {
    "'" + text.doubling("'").doubling("\\") + "'"
  }

  /// A value as a literal of a type; nil type: the type that SQLAlchemy infers from the value.
  static func render(_ value: Value, as type: SQLType?) throws(NotRenderable) -> String {
    switch value {
    case .none: return "NULL"
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    case .model(let element as any SQLElement): return try element.sql(RenderStyle())
    case .model(let conv as ConventionName): return string(conv.name)
    default: break
    }
    switch type?.affinity ?? .inferred {
    case .enumeration, .string, .inferred, .uuid, .other: return try inferred(value, type)
    case .boolean: return try boolean(value)
    case .integer, .numeric: return try number(value)
    case .json: return try json(value, type)
    case .date, .time, .timestamp, .interval, .binary, .array:
      if case .string(let text) = value, type?.affinity == .array || type?.affinity == .interval {
        return string(text)
      }
      throw NotRenderable("a literal of \(type?.className ?? "?")")
    }
  }

  private static func inferred(_ value: Value, _ type: SQLType?) throws(NotRenderable) -> String {
    switch value {
    case .string(let text): return string(text)
    case .boolean(let flag) where type == nil || type?.affinity == .inferred:
      return flag ? "true" : "false"
    case .integer(let number) where type == nil || type?.affinity == .inferred:
      return String(number)
    case .float where type == nil || type?.affinity == .inferred: return try number(value)
    case .instance(let member)
    where type?.affinity == .enumeration && member.type.flavor == .enumeration:
      guard case .string(let name)? = member.attributes["name"] else { break }
      return string(name)
    default: break
    }
    throw NotRenderable("a literal of \(type?.className ?? "an unknown type")")
  }

  private static func boolean(_ value: Value) throws(NotRenderable) -> String {
    switch value {
    case .boolean(let flag): return flag ? "true" : "false"
    case .integer(0): return "false"
    case .integer(1): return "true"
    default: throw NotRenderable("a literal of Boolean")
    }
  }

  private static func number(_ value: Value) throws(NotRenderable) -> String {
    switch value {
    case .integer(let number): return String(number)
    case .float(let number) where number == number.rounded() && abs(number) < 1e15:
      return "\(Int(number)).0"
    case .float(let number) where number.isFinite && abs(number) >= 1e-4 && abs(number) < 1e15:
      return "\(number)"
    default: throw NotRenderable("a literal of a number")
    }
  }

  private static func json(_ value: Value, _ type: SQLType?) throws(NotRenderable) -> String {
    guard let text = JSONText.dumps(value) else { throw NotRenderable("a literal of JSON") }
    return string(text)
  }
}

/// `json.dumps` of plain values.
enum JSONText {
  static func dumps(_ value: Value) -> String? {
    switch value {
    case .none: return "null"
    case .boolean(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .string(let text): return quoted(text)
    case .list(let list) where list.taint == nil: return array(list.elements)
    case .tuple(let elements): return array(elements)
    case .dictionary(let dictionary) where dictionary.taint == nil:
      var parts: [String] = []
      for entry in dictionary.entries {
        guard case .string(let key) = entry.key, let text = dumps(entry.value) else { return nil }
        parts.append("\(quoted(key)): \(text)")
      }
      return "{" + parts.joined(separator: ", ") + "}"
    default: return nil
    }
  }

  private static func array(_ elements: [Value]) -> String? {
    var parts: [String] = []
    for element in elements {
      guard let text = dumps(element) else { return nil }
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
