// What is read from a database while migrations run.

import SourceText

/// What `execute()` returns: offline None, against a database rows that are not known.
final class QueryResult: ModelObject {
  private static let reason = OpaqueReason(.databaseRead, "the result of a query")
  /// Methods that read rows and never fail where there are some to read.
  static let readers: Set<String> = ["all", "fetchall", "fetchone", "first", "scalar"]
  /// Methods that read rows and do nothing else; whether they fail, as `one()` does, the rows tell.
  private static let others: Set<String> = [
    "fetchmany", "one", "one_or_none", "scalars", "scalar_one", "scalar_one_or_none", "mappings",
    "keys", "columns", "unique", "tuples", "partitions", "yield_per", "close",
  ]
  /// The statement that was executed, where it was one and is known.
  private let statement: String?
  /// What was read: another time there is nothing left, or it fails.
  private var isRead = false

  init(of elements: ArraySlice<StepElement>) {
    if elements.count == 1, case .statement(let emitted)? = elements.first {
      statement = emitted.sql
    } else {
      statement = nil
    }
  }

  var typeName: String { "CursorResult" }
  func truth(_ interpreter: Interpreter) -> Bool? { nil }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    if Self.readers.contains(name) || Self.others.contains(name) {
      return .method(receiver: Box(.model(self)), name: name)
    }
    let place = interpreter.revisionPlace
    if name == "rowcount", let uses = interpreter.resultUses, uses.rowCounts != .other {
      interpreter.offlineFails(Self.reason, at: place)
    } else {
      note(at: place, interpreter)
    }
    return interpreter.unknown(Unknown(Self.reason, range: place))
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if isQuiet(name, arguments, interpreter) {
      interpreter.offlineFails(Self.reason, at: arguments.range)
    } else {
      note(at: arguments.range, interpreter)
    }
    isRead = true
    return interpreter.unknown(Unknown(Self.reason, range: arguments.range))
  }

  /// Whether neither the reading nor what the function does with the value can fail.
  private func isQuiet(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) -> Bool {
    guard Self.readers.contains(name), !isRead, arguments.positional.isEmpty,
      arguments.keywords.isEmpty, arguments.unknownRest == nil, let statement,
      let words = QueryWords(statement),
      let use = interpreter.resultUses?.calls[arguments.range]
    else { return false }
    return use == .shown || use == .counted && name == "scalar" && words.isCount
  }

  func iterate(_ interpreter: Interpreter) throws(Interruption) -> [Value]? {
    note(at: interpreter.revisionPlace, interpreter)
    return nil
  }

  /// What is made of the rows may raise, by what they are.
  private func note(at range: SourceRange, _ interpreter: Interpreter) {
    interpreter.offlineFails(Self.reason, at: range)
    interpreter.opaque(Self.reason, at: range, reach: .rows)
  }
}

/// What the text of a query tells of its rows.
private struct QueryWords {
  /// One number, always: `SELECT count(…) FROM …` without what would group or cut its rows.
  let isCount: Bool

  /// - Returns: nil for what may return no rows at all, as an UPDATE does.
  init?(_ statement: String) {
    let text = statement.utf8.inSmallLetters
    let words = text.split { $0 <= 32 || $0 == UInt8(ascii: "(") }
    guard let first = words.first, first.elementsEqual("select".utf8),
      !text.contains(UInt8(ascii: ";")), !text.contains(" into ")
    else { return nil }
    isCount = words.count > 1 && words[1].elementsEqual("count".utf8) && Self.isOneRow(text)
  }

  /// Whether the column ends behind `count(…)`, and no clause groups or cuts the rows.
  private static func isOneRow(_ text: [UInt8]) -> Bool {
    let clauses: [StaticString] = [
      "group", "having", "limit", "offset", "fetch", "union", "intersect", "except",
    ]
    guard !clauses.contains(where: { text.contains($0) }),
      let close = text.firstIndex(of: UInt8(ascii: ")")),
      text[..<close].count(where: { $0 == UInt8(ascii: "(") }) == 1
    else { return false }
    let rest = text[(close + 1)...].drop { $0 <= 32 }
    return rest.isEmpty || rest.starts(with: "from".utf8) || rest.starts(with: "as ".utf8)
  }
}
