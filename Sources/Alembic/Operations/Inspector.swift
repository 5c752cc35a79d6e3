// `sqlalchemy.inspect(connection)`: what a migration asks of the schema that it finds.

import SourceText

/// A question to a schema, as SQLAlchemy's Inspector puts it.
package struct SchemaQuestion: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case tableNames = "get_table_names"
    case viewNames = "get_view_names"
    case schemaNames = "get_schema_names"
    case sequenceNames = "get_sequence_names"
    case hasTable = "has_table"
    case hasSchema = "has_schema"
    case hasSequence = "has_sequence"
    case columns = "get_columns"
    case indexes = "get_indexes"
    case uniqueConstraints = "get_unique_constraints"
    case checkConstraints = "get_check_constraints"
    case foreignKeys = "get_foreign_keys"
    case primaryKey = "get_pk_constraint"

    fileprivate var parameters: [String] {
      switch self {
      case .tableNames, .viewNames, .sequenceNames: ["schema"]
      case .schemaNames: []
      case .hasSchema: ["schema_name"]
      case .hasSequence: ["sequence_name", "schema"]
      default: ["table_name", "schema"]
      }
    }
  }
  package var kind: Kind
  /// Of the table or sequence, or of the schema that is asked for; empty where there is none.
  package var name: String
  /// Nil for what is found without one.
  package var schema: String?

  package init(_ kind: Kind, name: String = "", schema: String? = nil) {
    self.kind = kind
    self.name = name
    self.schema = schema
  }
}

package enum SchemaAnswer: Hashable, Sendable {
  case holds(Bool)
  /// In no order.
  case names([String])
  /// In the order in which they are told.
  case objects([InspectedObject])
}

/// A column, an index or a constraint as far as it is known.
package struct InspectedObject: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case text(String?)
    case names([String])
    case truth(Bool)
    case unknown
  }
  /// By the keys of the dictionary that stands for it.
  package var parts: [Pair]

  package struct Pair: Hashable, Sendable {
    package var key: String
    package var part: Part

    package init(key: String, part: Part) {
      self.key = key
      self.part = part
    }
  }

  package init(_ parts: KeyValuePairs<String, Part>) {
    self.parts = parts.map { Pair(key: $0, part: $1) }
  }

  /// One of which nothing is known.
  fileprivate static func any(like kind: SchemaQuestion.Kind) -> InspectedObject {
    switch kind {
    case .indexes:
      InspectedObject(["name": .unknown, "unique": .unknown, "column_names": .unknown])
    case .uniqueConstraints: InspectedObject(["name": .unknown, "column_names": .unknown])
    case .foreignKeys:
      InspectedObject([
        "name": .unknown, "constrained_columns": .unknown, "referred_schema": .unknown,
        "referred_table": .unknown, "referred_columns": .unknown,
      ])
    default: InspectedObject(["name": .unknown, "type": .unknown, "nullable": .unknown])
    }
  }
}

/// The schema that a step finds.
package protocol SchemaView: AnyObject, Sendable {
  /// Whether a database may have more than is told: then what is not there by the answers may be there.
  var mayHoldMore: Bool { get }
  /// Nil for what is not known.
  /// - Parameter elements: what the step has done before it asks.
  func answer(_ question: SchemaQuestion, after elements: [StepElement]) -> SchemaAnswer?
}

/// `inspect(connection)`, online: it reads the catalogs of the database, each question once.
final class InspectorModel: ModelObject {
  var typeName: String { "PGInspector" }
  private var answers: [SchemaQuestion: SchemaAnswer?] = [:]

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "dialect": .model(DialectModel())
    case "bind": .model(ConnectionModel())
    case "engine": .model(ConnectionModel(isEngine: true))
    default: .method(receiver: Box(.model(self)), name: name)
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard let question = SchemaQuestion(name, arguments),
      let answer = Self.answer(question, at: arguments.range, interpreter)
    else { return Self.unknown(name, arguments, interpreter) }
    // Another release may ask again, and find what the step has changed meanwhile.
    if let earlier = answers[question], earlier != answer {
      return Self.unknown(name, arguments, interpreter)
    }
    answers[question] = answer
    return try interpreter.value(of: answer, about: question, at: arguments.range)
  }

  /// `dialect.has_table(connection, "t")` and its like, which ask anew each time.
  static func ask(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    var own = arguments
    guard case .model(let connection as ConnectionModel)? = own.positional.first,
      !connection.isEngine
    else { return unknown(name, arguments, interpreter) }
    own.positional.removeFirst()
    guard let question = SchemaQuestion(name, own),
      let answer = answer(question, at: arguments.range, interpreter)
    else { return unknown(name, arguments, interpreter) }
    return try interpreter.value(of: answer, about: question, at: arguments.range)
  }

  private static func answer(
    _ question: SchemaQuestion, at range: SourceRange, _ interpreter: Interpreter
  ) -> SchemaAnswer? {
    let name = question.name.isEmpty ? "" : "'\(question.name)'"
    let detail = "inspector.\(question.kind.rawValue)(\(name))"
    interpreter.noteAsked(OpaqueReason(.databaseRead, detail), at: range)
    let settings = interpreter.settings
    // The version table is Alembic's own.
    if question.name == settings.versionTable || interpreter.isImporting { return nil }
    var answer = interpreter.schema?.answer(question, after: interpreter.elements)
    if question.kind == .tableNames, question.schema == settings.versionTableSchema,
      case .names(let names)? = answer
    {
      answer = .names(names + [settings.versionTable])
    }
    return answer
  }

  private static func unknown(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) -> Value {
    let reason = OpaqueReason(.databaseRead, "inspector.\(name)()")
    interpreter.opaque(reason, at: arguments.range, reach: .rows)
    return interpreter.unknown(Unknown(reason, range: arguments.range))
  }
}

extension SchemaQuestion {
  /// Nil for another method, and where the arguments are not known, or are more than the question needs.
  fileprivate init?(_ method: String, _ arguments: CallArguments) {
    guard let kind = Kind(rawValue: method) else { return nil }
    let parameters = kind.parameters
    guard arguments.unknownRest == nil, arguments.positional.count <= parameters.count,
      arguments.keywords.allSatisfy({ parameters.contains($0.name) })
    else { return nil }
    self.init(kind)
    for (position, parameter) in parameters.enumerated() {
      switch (arguments.argument(position, parameter), parameter) {
      case (.string(let text)?, "schema"): schema = text
      case (nil, "schema"), (.some(.none), "schema"): break
      case (.string(let text)?, _): name = text
      default: return nil
      }
    }
  }
}

extension Interpreter {
  fileprivate func value(
    of answer: SchemaAnswer, about question: SchemaQuestion, at range: SourceRange
  ) throws(Interruption) -> Value {
    let reason = Unknown(
      OpaqueReason(.databaseRead, "inspector.\(question.kind.rawValue)()"), range: range)
    switch answer {
    case .holds(let isThere): return .boolean(isThere)
    case .names(let names):
      try charge(names.count)
      let list = ListObject(names.map(Value.string))
      if schema?.mayHoldMore == true { list.elements.append(.unknown(reason)) }
      list.isUnordered = true
      return .list(list)
    case .objects(var objects):
      try charge(objects.count * 8)
      let isOne = question.kind == .primaryKey
      if !isOne, schema?.mayHoldMore == true {
        objects.append(InspectedObject.any(like: question.kind))
      }
      let values = objects.map { object in
        Value.dictionary(
          DictionaryObject(strings: object.parts.map { ($0.key, value(of: $0.part, reason)) }))
      }
      return isOne && values.count == 1 ? values[0] : .list(ListObject(values))
    }
  }

  private func value(of part: InspectedObject.Part, _ reason: Unknown) -> Value {
    switch part {
    case .text(nil): .none
    case .text(let text?): .string(text)
    case .names(let names): .list(ListObject(names.map(Value.string)))
    case .truth(let truth): .boolean(truth)
    case .unknown: .unknown(reason)
    }
  }
}
