// Names of constraints and indexes by the naming convention of the project's MetaData.

import SourceText

/// `MetaData(naming_convention=…)` of the metadata that operations work with.
struct NamingConvention {
  private var templates: [String: String] = [:]
  /// Tokens of the project's own.
  private var functions: [String: Value] = [:]
  /// Why nothing is known of it.
  private var reason: String?
  private unowned let interpreter: Interpreter

  fileprivate init(_ convention: MetadataConvention, _ interpreter: Interpreter) {
    self.interpreter = interpreter
    switch convention {
    // One of the project's own takes its place as it is.
    case .standard: templates["ix"] = "ix_%(column_0_label)s"
    case .unknown(let reason): self.reason = "the naming convention: \(reason)"
    case .known(let entries):
      for (key, entry) in entries {
        switch entry {
        case .template(let text): templates[key] = text
        case .function(let path, let name):
          functions[key] = interpreter.function(named: name, ofFile: path)
        case .other: reason = "the naming convention: what it says of '\(key)'"
        }
      }
    }
  }

  /// That of a MetaData of the evaluated code: what it was given by name; nil: nothing.
  init(_ given: DictionaryObject?, _ interpreter: Interpreter) {
    self.interpreter = interpreter
    guard let given, given.count > 0 else {
      templates["ix"] = "ix_%(column_0_label)s"
      return
    }
    if given.taint != nil { reason = "the naming convention of a MetaData" }
    for entry in given.entries {
      switch (entry.key, entry.value) {
      case (.string(let key), .string(let template)): templates[key] = template
      case (.string(let key), .function), (.string(let key), .bound): functions[key] = entry.value
      default: reason = "the naming convention of a MetaData"
      }
    }
  }

  /// What names are made of.
  struct Subject {
    var key: String
    var table: String
    var schema: String?
    var columns: [String]
    var referredTable: String?
    var isUnique = false
  }

  /// The name that SQLAlchemy gives; nil where the constraint has none.
  func name(_ given: GivenName, _ subject: Subject) throws(NotRenderable) -> String? {
    if case .final(let name) = given { return shortened(name) }
    if let reason { throw NotRenderable(OpaqueReason(.environment, reason)) }
    switch given {
    case .final(let name): return shortened(name)
    case .plain(let name):
      guard let template = templates[subject.key], Self.holdsName(template) else {
        guard name.unicodeScalars.count <= Self.lengthLimit else {
          throw NotRenderable("a name longer than 63 characters, which SQLAlchemy refuses")
        }
        return name
      }
      return try expand(template, subject, name)
    case .none:
      guard let template = templates[subject.key] else { return nil }
      if Self.holdsName(template) {
        throw NotRenderable("a constraint without a name that the naming convention asks for")
      }
      return try expand(template, subject, nil)
    }
  }

  /// `SchemaGenerator.visit_drop_constraint`
  static let noName = "Can't emit DROP CONSTRAINT; it has no name"

  /// What the convention raises for a constraint of which only the table is known; nil where it makes a
  /// name of that, or none.
  func refusal(toNameKind key: String) -> (type: String, message: String)? {
    guard reason == nil, let template = templates[key] else { return nil }
    if Array(template.utf8).contains("%(referred_") {
      return ("IndexError", "list index out of range")
    }
    guard Self.holdsName(template) else { return nil }
    return (
      "InvalidRequestError",
      "Naming convention including %(constraint_name)s token requires that constraint is explicitly named."
    )
  }

  private static func holdsName(_ template: String) -> Bool {
    Array(template.utf8).contains("%(constraint_name)s")
  }

  /// `max_identifier_length` of SQLAlchemy's PostgreSQL dialect.
  private static let lengthLimit = 63

  /// A generated name that is too long ends in a hash (`IdentifierPreparer`).
  private func shortened(_ name: String) -> String {
    let scalars = name.unicodeScalars
    guard scalars.count > Self.lengthLimit else { return name }
    let digest = MD5.hexadecimal(Array(name.utf8)).suffix(4)
    return String(String.UnicodeScalarView(scalars.prefix(Self.lengthLimit - 8))) + "_" + digest
  }

  private func expand(
    _ template: String, _ subject: Subject, _ name: String?
  ) throws(NotRenderable) -> String {
    var result = ""
    var rest = template[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      if rest.first == "%" {
        result += "%"
        rest = rest.dropFirst()
        continue
      }
      guard rest.first == "(", let close = rest.range(ofText: ")s") else {
        throw NotRenderable("the naming convention '\(template)'")
      }
      let token = String(rest[rest.index(after: rest.startIndex)..<close.lowerBound])
      let value =
        try functions[token].map { function throws(NotRenderable) in
          try call(function, token, subject, name)
        } ?? self.value(of: token, subject, name)
      guard let value else {
        throw NotRenderable("%(\(token))s of the naming convention")
      }
      result += value
      rest = rest[close.upperBound...]
    }
    return shortened(result + rest)
  }

  /// A token of the project's own is asked with the constraint and its table.
  private func call(
    _ function: Value, _ token: String, _ subject: Subject, _ name: String?
  ) throws(NotRenderable) -> String {
    let constraint = NamedConstraint(subject, name: name)
    let table = NamedTable(subject.table)
    let result = try? interpreter.call(
      function,
      CallArguments(
        positional: [.model(constraint), .model(table)], range: interpreter.revisionPlace))
    guard case .string(let text)? = result else {
      throw NotRenderable("%(\(token))s of the naming convention")
    }
    return text
  }

  private func value(of token: String, _ subject: Subject, _ name: String?) -> String? {
    switch token {
    case "table_name": return subject.table
    case "constraint_name": return name
    case "referred_table_name": return subject.referredTable
    default: break
    }
    // For `referred_column_…` SQLAlchemy looks into the other table, which most operations do not know.
    // `Column._label`
    let label =
      (subject.schema.map { $0.split(separator: ".").joined(separator: "_") + "_" } ?? "")
      + subject.table
    let columns = subject.columns
    var rest = token[...]
    guard rest.hasPrefix("column_") else { return nil }
    rest = rest.dropFirst("column_".count)
    let digits = rest.prefix { $0.isNumber }
    guard let position = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    switch rest {
    case "_name", "_key": return position < columns.count ? columns[position] : ""
    case "_label":
      return position < columns.count ? "\(label)_\(columns[position])" : ""
    case "_N_name": return position == 0 ? columns.joined(separator: "_") : nil
    case "N_name": return position == 0 ? columns.joined() : nil
    case "_N_label":
      return position == 0
        ? columns.map { "\(label)_\($0)" }.joined(separator: "_") : nil
    default: return nil
    }
  }
}

extension Substring {
  fileprivate func range(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}

/// A constraint or index as a token of the project's own sees it.
private final class NamedConstraint: ModelObject {
  private let subject: NamingConvention.Subject
  private let name: String?
  init(_ subject: NamingConvention.Subject, name: String?) {
    self.subject = subject
    self.name = name
  }
  var typeName: String { "Constraint" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "name": self.name.map(Value.string) ?? Value.none
    case "table": .model(NamedTable(subject.table))
    case "unique" where subject.key == "ix": .boolean(subject.isUnique)
    case "columns", "column_keys":
      .list(
        ListObject(
          subject.columns.map { column in
            name == "columns"
              ? .model(ColumnModel(name: column, type: SQLType("NullType", nil, .inferred)))
              : .string(column)
          }))
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "Constraint.\(name)()", at: arguments.range)
  }
}

private final class NamedTable: ModelObject {
  private let name: String
  init(_ name: String) { self.name = name }
  var typeName: String { "Table" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "name" ? .string(self.name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "Table.\(name)()", at: arguments.range)
  }
}

extension Interpreter {
  /// The naming convention of the project's MetaData.
  var namingConvention: NamingConvention {
    if let knownConvention { return knownConvention }
    let made = NamingConvention(settings.naming.value, self)
    knownConvention = made
    return made
  }

  fileprivate func function(named name: String, ofFile path: String) -> Value {
    let reason = Unknown(OpaqueReason(.unknownModule, path), range: nil)
    guard let module = locateModule(ofFile: path), let identifier = module.identifier(name),
      let value = try? value(of: identifier, in: module)
    else { return .unknown(reason) }
    return value
  }
}
