// The entities of alembic_utils (`PGFunction`, `PGView`, …) and its operations `create_entity`,
// `drop_entity` and `replace_entity`.

/// Something in a database that alembic_utils creates, drops and replaces as a whole.
final class EntityModel: ModelObject {
  private enum Kind: String {
    case function = "PGFunction"
    case view = "PGView"
    case materializedView = "PGMaterializedView"
    case trigger = "PGTrigger"
    case policy = "PGPolicy"
    case `extension` = "PGExtension"
  }
  private let kind: Kind
  private let schema: String
  private let signature: String
  private let definition: String
  private let table: String
  /// A constraint trigger; a materialised view that is filled.
  private let flag: Bool

  /// Nil where the class is none of these.
  init?(_ className: String, _ arguments: CallArguments) throws(NotRenderable) {
    guard let kind = Kind(rawValue: className) else { return nil }
    self.kind = kind
    let option = kind == .trigger ? "is_constraint" : "with_data"
    var reader = try ArgumentReader(
      arguments, className,
      ["schema", "signature", "definition"]
        + (kind == .materializedView ? [option] : ["on_entity", option]))
    schema = Self.unquoted(try reader.required("schema").normalizedSpace)
    signature = Self.unquoted(try reader.required("signature").normalizedSpace)
    let given = kind == .extension ? "" : try reader.required("definition")
    switch kind {
    case .view, .materializedView, .extension: definition = given.withoutSemicolon
    case .function:
      let words = given.normalizedSpace.lowercased().filter { $0 != "'" }
      definition = given.withoutSemicolon.escapingColons(
        keepingAssignments: words.contains("language plpgsql"))
    case .trigger, .policy: definition = given.withoutSemicolon.escapingColons()
    }
    switch kind {
    case .trigger, .policy:
      let name = try reader.required("on_entity")
      table = Self.unquoted(name.contains(".") ? name : "public." + name)
    default: table = ""
    }
    flag =
      kind == .trigger || kind == .materializedView
      ? try reader.flag(option) ?? (kind == .materializedView) : false
    try reader.finish()
  }

  var typeName: String { kind.rawValue }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "schema": .string(schema)
    case "signature": .string(signature)
    case "definition": .string(definition)
    default: nil
    }
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "\(typeName).\(name)()", at: arguments.range)
  }

  /// `schema."name"`
  private var qualified: String { "\(Self.quoted(schema)).\"\(signature)\"" }

  // MARK: - Statements

  func creation() throws(NotRenderable) -> String {
    switch kind {
    case .function: return try function("CREATE FUNCTION")
    case .view: return "CREATE VIEW \(qualified) AS \(definition);"
    case .materializedView:
      return "CREATE MATERIALIZED VIEW \(qualified) AS \(definition) WITH \(flag ? "" : "NO") DATA;"
    case .trigger: return try trigger()
    case .policy: return "CREATE POLICY \(signature) on \(table) \(definition)"
    case .extension: return "CREATE EXTENSION \"\(signature)\" WITH SCHEMA \(Self.quoted(schema));"
    }
  }

  func removal(cascades: Bool) throws(NotRenderable) -> String {
    let suffix = cascades ? " cascade" : ""
    switch kind {
    case .function:
      let (name, parameters) = try parts()
      return "DROP FUNCTION \(Self.quoted(schema)).\"\(name)\"(\(parameters))" + suffix
    case .view: return "DROP VIEW \(qualified)" + suffix
    case .materializedView: return "DROP MATERIALIZED VIEW \(qualified)" + suffix
    case .trigger: return "DROP TRIGGER \"\(signature)\" ON \(table)" + suffix
    case .policy: return "DROP POLICY \(signature) on \(table)" + suffix
    case .extension: return "DROP EXTENSION \"\(signature)\"" + suffix.uppercased()
    }
  }

  func replacement() throws(NotRenderable) -> [String] {
    switch kind {
    case .function: return [try function("CREATE OR REPLACE FUNCTION")]
    case .view:
      // With the indentation that the library writes it in.
      return [
        """
        do $$
                    begin
                        CREATE OR REPLACE VIEW \(qualified) AS \(definition);

                    exception when others then
                        DROP VIEW IF EXISTS \(qualified);

                        CREATE VIEW \(qualified) AS \(definition);
                    end;
                $$ language 'plpgsql'
        """
      ]
    case .materializedView:
      return [
        "DROP MATERIALIZED VIEW IF EXISTS \(qualified);",
        "CREATE MATERIALIZED VIEW \(qualified) AS \(definition) WITH \(flag ? "" : "NO") DATA",
      ]
    case .trigger:
      return ["DROP TRIGGER IF EXISTS \"\(signature)\" ON \(table);", try trigger()]
    case .policy:
      return [
        "DROP POLICY IF EXISTS \(signature) on \(table);",
        "CREATE POLICY \(signature) on \(table) \(definition);",
      ]
    case .extension:
      throw NotRenderable(raising: "NotImplementedError", "")
    }
  }

  private func function(_ head: String) throws(NotRenderable) -> String {
    guard let open = signature.firstIndex(of: "(") else {
      throw NotRenderable("the signature of a PGFunction")
    }
    let name = signature[..<open].trimmed
    return "\(head) \(Self.quoted(schema)).\"\(name)\"\(signature[open...]) \(definition)"
  }

  /// The function's name, and its parameters without their defaults.
  private func parts() throws(NotRenderable) -> (name: String, parameters: String) {
    guard let open = signature.firstIndex(of: "("), signature.last == ")",
      open != signature.startIndex
    else { throw NotRenderable("the signature of a PGFunction") }
    let inside = signature[signature.index(after: open)...].dropLast()
    let parameters = inside.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let lowered = part.lowercased()
      guard let word = lowered.firstRange(of: "default") else { return part.trimmed }
      let length = lowered.distance(from: lowered.startIndex, to: word.lowerBound)
      return part.prefix(length).trimmed
    }
    return (signature[..<open].trimmed, parameters.joined(separator: ", "))
  }

  /// The table in the definition is written anew, with the schema.
  private func trigger() throws(NotRenderable) -> String {
    let text = definition[...]
    var words = text.spacedWords
    guard let on = words.dropFirst().firstIndex(where: { $0.lowercased() == "on" }),
      on + 2 < words.count
    else { throw NotRenderable("the definition of a PGTrigger") }
    let event = text[..<words[on - 1].endIndex]
    words.removeFirst(on + 1)
    let name = words[0]
    let target = name.firstIndex(of: ".").map { name[name.index(after: $0)...] } ?? name
    return "CREATE\(flag ? " CONSTRAINT" : "") TRIGGER \"\(signature)\" \(event) ON "
      + "\(schema).\(target) \(text[words[1].startIndex...])"
  }

  private static func unquoted(_ text: String) -> String { text.filter { $0 != "\"" } }

  /// `"a"` of `a`, `"a"."b"` of `a.b`.
  private static func quoted(_ text: String) -> String {
    guard let dot = text.firstIndex(of: ".") else { return "\"\(text)\"" }
    return "\"\(text[..<dot])\".\"\(text[text.index(after: dot)...])\""
  }
}

extension Operations {
  /// `op.create_entity(x)`, `op.drop_entity(x, cascade=…)`, `op.replace_entity(x)`.
  static func entityOperation(
    _ name: String, _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    var reader = try ArgumentReader(
      call, "op.\(name)", name == "drop_entity" ? ["target", "cascade"] : ["target"])
    guard case .model(let entity as EntityModel)? = reader.value("target") else {
      if case .unknown(let unknown)? = reader.value("target") {
        throw NotRenderable(unknown.reason)
      }
      throw NotRenderable("op.\(name)()")
    }
    let cascades = name == "drop_entity" ? try reader.flag("cascade") ?? false : false
    try reader.finish()
    let texts =
      switch name {
      case "create_entity": [try entity.creation()]
      case "drop_entity": [try entity.removal(cascades: cascades)]
      default: try entity.replacement()
      }
    for text in texts {
      try emit(.model(TextClause(text)), parameters: nil, at: call.range, interpreter)
    }
  }

  /// `op.enum_insert("table", […])` and `op.enum_delete(…)` of sqlalchemy-enum-tables.
  static func enumTableOperation(
    _ name: String, _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    var reader = try ArgumentReader(call, "op.\(name)", ["tablename", "data"])
    let table = try reader.required("tablename")
    let items = try reader.strings("data") ?? []
    try reader.finish()
    if items.isEmpty { return }
    let text =
      name == "enum_insert"
      ? "INSERT INTO \(table) (item_id) VALUES "
        + items.map { "('\($0)')" }.joined(separator: ", ")
      : "DELETE FROM \(table) WHERE item_id IN (\(items.map { "'\($0)'" }.joined(separator: ", ")))"
    try emit(.string(text), parameters: nil, at: call.range, interpreter)
  }
}

extension StringProtocol {
  /// `text.strip()`
  fileprivate var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// The words between white space, as parts of the text.
  fileprivate var spacedWords: [SubSequence] {
    split { $0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
  }
}

extension String {
  /// `normalize_whitespace` of alembic_utils.
  fileprivate var normalizedSpace: String { spacedWords.joined(separator: " ") }

  /// `strip_terminating_semicolon`
  fileprivate var withoutSemicolon: String {
    var text = trimmed
    while text.last == ";" { text.removeLast() }
    return text.trimmed
  }

  /// Colons that `text()` would take for parameters; `::` stays, in PL/pgSQL `:=` and `\:` too.
  fileprivate func escapingColons(keepingAssignments: Bool = false) -> String {
    var result: [UInt8] = []
    let bytes = Array(utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == UInt8(ascii: "\\"), next == UInt8(ascii: ":"), keepingAssignments,
        index + 2 >= bytes.count || bytes[index + 2] != UInt8(ascii: ":")
      {
        result += [byte, next]
        index += 2
        continue
      }
      if byte == UInt8(ascii: ":") {
        if next == UInt8(ascii: ":") || keepingAssignments && next == UInt8(ascii: "=") {
          result += [byte, next]
          index += 2
          continue
        }
        result.append(UInt8(ascii: "\\"))
      }
      result.append(byte)
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
