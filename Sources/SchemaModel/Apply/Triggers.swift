// What the triggers of a table do beside the statement that fires them.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Notes what triggers do when rows are written. Triggers for each row of a partitioned table fire on
  /// its partitions, and those of a child on the rows that reach it through its parent.
  mutating func noteTriggers(
    of table: Table, _ events: Set<CreateTrigger.Event>, _ columns: [String]
  ) {
    noteTriggers(on: table, firedFor: table, events, columns, rowsOnly: false)
    var above = table.partitionOf?.parent
    for _ in 0..<Self.maximumDepth {
      guard let name = above, let parent = catalog.table(name) else { break }
      noteTriggers(on: parent, firedFor: table, events, columns, rowsOnly: true)
      above = parent.partitionOf?.parent
    }
    for name in descendants(of: table.name) {
      guard let child = catalog.table(name) else { continue }
      noteTriggers(on: child, firedFor: child, events, columns, rowsOnly: true)
    }
  }

  private mutating func noteTriggers(
    on owner: Table, firedFor table: Table, _ events: Set<CreateTrigger.Event>,
    _ columns: [String], rowsOnly: Bool
  ) {
    for trigger in owner.triggers where trigger.state != .disabled {
      let definition = trigger.definition
      if rowsOnly, !definition.forEachRow { continue }
      let fired = definition.events.intersection(events)
      if fired.isEmpty { continue }
      if fired == [.update], !definition.updateColumns.isEmpty, !columns.isEmpty,
        Set(definition.updateColumns).isDisjoint(with: columns),
        // Another trigger may set the column, which does not fire this one.
        !definition.isConstraint
      {
        continue
      }
      noteTrigger(trigger, fired, on: table)
    }
  }

  /// A trigger's function may write anything; one that only changes the row itself does not.
  private mutating func noteTrigger(
    _ trigger: Trigger, _ fired: Set<CreateTrigger.Event>, on table: Table
  ) {
    if isBuiltin(trigger.definition.function), catalog.routines[trigger.function] == nil { return }
    guard trigger.definition.timing == .before, trigger.definition.forEachRow,
      let overloads = catalog.routines[trigger.function]?.value, overloads.count == 1,
      let function = overloads[0].definition, function.language == "plpgsql",
      let body = function.body, let tokens = procedureTokens(body),
      returnsRow(tokens, of: fired), let assigned = columnsAssigned(in: tokens),
      trigger.definition.condition.map(isRowLocal) ?? true
    else { return effect(.notUnderstood(.trigger(table.name))) }
    if tokens.contains(where: raising.contains) {
      mayFail(
        "22000", .invalidDefinition("trigger \(trigger.name) raises an error on a row"),
        when: .unknown(table.reference))
    }
    guard fired.contains(.update), !assigned.isEmpty, !isKnownEmpty(table) else { return }
    effect(
      .rowsUpdated(
        RowsUpdated(
          table: table.reference, columns: assigned.sorted().map { Assignment(column: $0) },
          condition: .other("rows on which trigger \(trigger.name) fires"), reads: [])))
  }

  private func isRowLocal(_ condition: SQLExpression) -> Bool {
    condition.functions.allSatisfy { isPlainCall($0.name.schema, $0.name.name) }
  }

  private func isPlainCall(_ schema: String?, _ name: String) -> Bool {
    if schema != nil, schema != "pg_catalog" { return false }
    if schema == nil, catalog.routines.keys.contains(where: { $0.name == name }) { return false }
    let qualified = QualifiedName(schema: schema, name)
    return isBuiltin(qualified) && isHarmless(FunctionCall(name: qualified, arguments: []))
      && name != "nextval" && !name.hasPrefix("pg_")
  }

  /// The columns of NEW that a PL/pgSQL body assigns, if it is known to do nothing else: nil for
  /// whatever is not one of the few words that only look at the row and change it.
  private func columnsAssigned(in tokens: [ProcedureToken]) -> Set<String>? {
    var assigned: Set<String> = []
    for (place, token) in tokens.enumerated() {
      let before = place > 0 ? tokens[place - 1] : .symbol(";")
      let next = place + 1 < tokens.count ? tokens[place + 1] : .symbol(";")
      guard case .word(let word) = token else {
        if case .symbol(let symbol) = token, !rowSymbols.contains(symbol) { return nil }
        continue
      }
      // A column of the row, or a function's name behind its schema.
      if before == .symbol(".") { continue }
      let isAtStart = before.startsStatement
      if word == "new" || word == "old" {
        if next == .symbol(".") {
          guard isAtStart else { continue }
          guard word == "new", place + 3 < tokens.count, case .word(let column) = tokens[place + 2],
            [.symbol(":="), .symbol("=")].contains(tokens[place + 3])
          else { return nil }
          assigned.insert(column)
        } else if isAtStart || next == .symbol(":=") || next == .symbol("=") {
          return nil
        }
        continue
      }
      if rowWords.contains(word) { continue }
      if next == .symbol("."), word == "pg_catalog", place + 3 < tokens.count,
        case .word(let name) = tokens[place + 2], tokens[place + 3] == .symbol("("),
        isPlainCall("pg_catalog", name)
      {
        continue
      }
      if next == .symbol("("), !isAtStart, isPlainCall(nil, word) { continue }
      if before == .symbol("::"), castWords.contains(word) { continue }
      return nil
    }
    return assigned
  }
}

/// Whether a body ends with returning the row, and returns nothing else anywhere: another row is written in
/// its place, and for NULL none (manual 43.10.1).
private func returnsRow(_ tokens: [ProcedureToken], of events: Set<CreateTrigger.Event>) -> Bool {
  let row = ProcedureToken.word(events == [.delete] ? "old" : "new")
  for place in tokens.indices where tokens[place] == .word("return") {
    guard tokens[place...].dropFirst().starts(with: [row, .symbol(";")]) else { return false }
  }
  let end: [ProcedureToken] = [.word("return"), row, .symbol(";"), .word("end")]
  return tokens.suffix(4) == end[...] || tokens.suffix(5) == (end + [.symbol(";")])[...]
}

/// What may end with an error on some row: division, and reading a text as something else.
private let raising: [ProcedureToken] = [.symbol("/"), .symbol("::")]

/// Words of PL/pgSQL and of expressions that neither read nor write anything but the row.
private let rowWords: Set<String> = [
  "begin", "end", "if", "then", "else", "elsif", "elseif", "return", "null", "is", "not", "and",
  "or", "distinct", "from", "true", "false", "in", "between", "like", "ilike", "case", "when",
  "current_timestamp", "current_date", "current_time", "localtimestamp", "localtime", "coalesce",
  "nullif", "greatest", "least", "tg_op",
]

private let castWords: Set<String> = [
  "text", "varchar", "integer", "int", "bigint", "smallint", "numeric", "boolean", "uuid", "json",
  "jsonb", "date", "timestamp", "timestamptz", "tsvector", "regconfig",
]

private let rowSymbols: Set<String> = [
  ";", ",", "(", ")", ".", ":=", "=", "<", ">", "<>", "!=", "<=", ">=", "+", "-", "*", "/", "||",
  "::", "'",
]

private enum ProcedureToken: Equatable {
  /// In lower case unless it is quoted.
  case word(String)
  case symbol(String)

  /// Whether a statement begins behind the token.
  var startsStatement: Bool {
    switch self {
    case .symbol(let symbol): symbol == ";"
    case .word(let word): ["begin", "then", "else"].contains(word)
    }
  }
}

/// The words and symbols of a body; a literal stands as one `'`. Nil where the text is not closed.
private func procedureTokens(_ body: String) -> [ProcedureToken]? {
  var tokens: [ProcedureToken] = []
  let text = Array(body.unicodeScalars)
  var place = 0
  func at(_ offset: Int) -> Unicode.Scalar? {
    place + offset < text.count ? text[place + offset] : nil
  }
  while let scalar = at(0) {
    if scalar.properties.isWhitespace {
      place += 1
    } else if scalar == "-", at(1) == "-" {
      while let next = at(0), next != "\n", next != "\r" { place += 1 }
    } else if scalar == "/", at(1) == "*" {
      var depth = 0
      repeat {
        guard at(0) != nil else { return nil }
        if at(0) == "/", at(1) == "*" {
          depth += 1
          place += 2
        } else if at(0) == "*", at(1) == "/" {
          depth -= 1
          place += 2
        } else {
          place += 1
        }
      } while depth > 0
    } else if scalar == "'" {
      place += 1
      while true {
        guard let next = at(0) else { return nil }
        // A backslash may be an escape or not.
        if next == "\\" { return nil }
        place += 1
        if next == "'" {
          if at(0) == "'" { place += 1 } else { break }
        }
      }
      tokens.append(.symbol("'"))
    } else if scalar == "\"" {
      place += 1
      var name = ""
      while let next = at(0), next != "\"" {
        name.unicodeScalars.append(next)
        place += 1
      }
      guard at(0) != nil, at(1) != "\"" else { return nil }
      place += 1
      tokens.append(.word(name))
    } else if scalar.properties.isAlphabetic || scalar == "_" {
      var word = ""
      while let next = at(0),
        next.properties.isAlphabetic || next.properties.numericType != nil || next == "_"
      {
        word.unicodeScalars.append(next)
        place += 1
      }
      // `E'…'` and its like are not read.
      if at(0) == "'" || at(0) == "$" { return nil }
      tokens.append(.word(word.lowercased()))
    } else if scalar.properties.numericType != nil {
      while let next = at(0), next.properties.numericType != nil || next == "." { place += 1 }
      tokens.append(.symbol("'"))
    } else {
      let two = at(1).map { String(scalar) + String($0) } ?? ""
      if [":=", "<>", "!=", "<=", ">=", "||", "::"].contains(two) {
        tokens.append(.symbol(two))
        place += 2
      } else {
        tokens.append(.symbol(String(scalar)))
        place += 1
      }
    }
  }
  return tokens
}
