// What CREATE FUNCTION reads of a body in PL/pgSQL: what its grammar refuses, and the types of its variables.

import SourceText

/// What PostgreSQL finds in the body of a function in PL/pgSQL when the function is made.
package struct ProcedureForm: Sendable {
  /// Why it refuses the body; nil where it takes it, or is not known to refuse it: libpg_query knows no types, and
  /// refuses some of what is right.
  package var refusal: Refusal?
  /// The types of the variables that it declares, as the declarations write them.
  package var types: [String] = []
  /// Those of the variables that stand among several after INTO or FOR, where no record and no row may stand
  /// (`read_into_scalar_list` in pl_gram.y).
  package var listedTypes: [String] = []
}

package func procedureForm(of function: CreateFunction, body: String) -> ProcedureForm {
  let definition = function.definition
  guard body.utf8.count <= ProcedureReader.maximumBytes, !definition.utf8.contains(0) else {
    return ProcedureForm()
  }
  let parsed = ParserThread.run([{ @Sendable in ProcedureReader.parseFields(definition) }])[0]
  if let message = parsed?.message {
    return ProcedureForm(refusal: refusal(by: message, function, in: definition.lowercased()))
  }
  guard let json = parsed?.json else { return ProcedureForm() }
  let datums = ProcedureReader.datums(json)
  return ProcedureForm(
    refusal: refusal(ofReturnsIn: json, function),
    types: ProcedureReader.declaredTypes(datums),
    listedTypes: ProcedureReader.listedTypes(datums))
}

/// What a message of libpg_query means for PostgreSQL: where it rests on what libpg_query cannot know, whether
/// PostgreSQL refuses the body is not known, also because nothing behind that place was read.
private func refusal(by message: String, _ function: CreateFunction, in body: String) -> Refusal? {
  if let state = sqlState(of: message, function, in: body) {
    return Refusal(sqlState: state, reason: message)
  }
  // RETURN NEXT without a value is right where OUT parameters make the row.
  if message.hasPrefix("missing expression at or near"), function.hasOutputs { return nil }
  if message.hasPrefix("collations are not supported by type") { return nil }
  var refusal = Refusal(sqlState: "42601", reason: message)
  refusal.isUncertain = true
  return refusal
}

/// Of a message that does not rest on what libpg_query cannot know: that a variable is a cursor, a row with its
/// fields, a type with collations; and which parameters are the result.
private func sqlState(of message: String, _ function: CreateFunction, in body: String) -> String? {
  func begins(_ words: String...) -> Bool { words.contains(where: message.hasPrefix) }
  if begins("syntax error at end of input") { return "42601" }
  if begins("syntax error at or near") {
    return body.contains("cursor") ? nil : "42601"
  }
  if begins("missing expression at or near") {
    return body.contains("return next") && function.hasOutputs ? nil : "42601"
  }
  if message.hasSuffix(" is not a known variable") {
    // libpg_query does not have the variables of a trigger, such as TG_OP.
    return message.contains(".") || message.hasPrefix("\"tg_") ? nil : "42601"
  }
  if begins(
    "duplicate declaration", "too few parameters specified for RAISE",
    "too many parameters specified for RAISE", "EXIT cannot be used outside",
    "CONTINUE cannot be used outside", "end label ", "invalid SQLSTATE code",
    "unrecognized GET DIAGNOSTICS item", "loop variable of ", "there is no label ",
    "block label ", "diagnostics item ", "unrecognized RAISE statement option",
    "integer FOR loop must have only one target variable", "cannot specify REVERSE in query FOR",
    "INTO specified more than once", "record variable cannot be part of multiple-item INTO",
    "missing \"")
  {
    return "42601"
  }
  if begins("unrecognized exception condition") { return "42704" }
  if begins("cannot use RETURN NEXT in", "cannot use RETURN QUERY in") { return "42804" }
  if begins("variable ") {
    if message.hasSuffix("declared CONSTANT") { return "22005" }
    if message.contains("must have a default value") { return "22004" }
    if message.hasSuffix("does not exist"), !message.contains("\"tg_") { return "42704" }
    if message.hasSuffix("must be of type cursor or refcursor"), !body.contains("cursor") {
      return "42804"
    }
  }
  return nil
}

/// RETURN with a value where there is none to return, or without one (`make_return_stmt` in pl_gram.y).
private func refusal(ofReturnsIn json: String, _ function: CreateFunction) -> Refusal? {
  let isVoid =
    function.returns.map {
      $0.isBuiltin && ["void", "event_trigger"].contains($0.name) && !$0.isArray
    } ?? false
  let takesNone = function.isProcedure || isVoid || function.returnsSet || function.hasOutputs
  // libpg_query takes none without a value.
  if function.hasOutputs, json.contains("\"PLpgSQL_stmt_return_next\":") {
    return Refusal(
      sqlState: "42804", reason: "RETURN NEXT with a value, where OUT parameters are the row")
  }
  for part in json.split(separator: "\"PLpgSQL_stmt_return\":{\"lineno\":").dropFirst() {
    let rest = part.drop(while: \.isNumber)
    if takesNone, rest.hasPrefix(",\"expr\"") {
      return Refusal(
        sqlState: function.isProcedure ? "42601" : "42804",
        reason: "RETURN with a value, where there is none to return")
    }
    if !takesNone, rest.hasPrefix("}") {
      return Refusal(sqlState: "42601", reason: "RETURN without a value")
    }
  }
  return nil
}

extension CreateFunction {
  fileprivate var hasOutputs: Bool {
    parameters.contains { ![.input, .variadic].contains($0.mode) }
  }
}

extension ProcedureReader {
  /// How many fields that a body assigns to are followed to their variables.
  private static let maximumFields = 16

  /// As `parse`, with an assignment to a field read as one to the variable that it is a field of: libpg_query does
  /// not know which variables have fields, and stops at the first. Where all the variables are there, the fields are
  /// read as FOUND, which is one value as they are.
  fileprivate static func parseFields(_ sql: String) -> (json: String?, message: String?) {
    var (sql, asValues) = (sql, sql)
    var parsed = parse(sql)
    for _ in 0..<maximumFields {
      guard let message = parsed.message, message.hasPrefix("\""),
        message.hasSuffix("\" is not a known variable"),
        let field = message.dropFirst().split(separator: "\"").first,
        let dot = field.lastIndex(of: "."), dot != field.startIndex,
        let shorter = replacing(String(field), by: String(field[..<dot]), in: sql)
      else { break }
      sql = shorter
      asValues = replacing(String(field), by: "found", in: asValues) ?? asValues
      parsed = parse(sql)
    }
    guard parsed.message == nil, asValues != sql else { return parsed }
    let ofValues = parse(asValues)
    return ofValues.message == nil ? ofValues : parsed
  }

  /// With every name of this spelling replaced, in any case; nil where there is none.
  private static func replacing(_ name: String, by other: String, in text: String) -> String? {
    func continues(_ byte: UInt8) -> Bool {
      byte >= 128 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "\"")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32)
    }
    func folded(_ byte: UInt8) -> UInt8 {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 32 : byte
    }
    let (bytes, sought) = (Array(text.utf8), Array(name.utf8))
    var (result, index, isFound) = ([UInt8](), 0, false)
    while index < bytes.count {
      let end = index + sought.count
      let isName =
        end <= bytes.count && (index == 0 || !continues(bytes[index - 1]))
        && (end == bytes.count || !continues(bytes[end]))
        && zip(bytes[index..<end], sought).allSatisfy { folded($0) == $1 }
      if isName {
        result += other.utf8
        index = end
        isFound = true
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return isFound ? String(decoding: result, as: UTF8.self) : nil
  }

  fileprivate static func datums(_ json: String) -> [JSONValue] {
    guard let node = JSONValue(parsing: Array(json.utf8)),
      let datums = node.list?.first?["PLpgSQL_function"]?["datums"]?.list
    else { return [] }
    return Array(datums)
  }

  /// Those of the variables that stand in the text, which have a line.
  fileprivate static func declaredTypes(_ datums: [JSONValue]) -> [String] {
    datums.compactMap { datum in
      guard let variable = datum["PLpgSQL_var"], variable["lineno"] != nil else { return nil }
      return type(of: datum)
    }
  }

  fileprivate static func listedTypes(_ datums: [JSONValue]) -> [String] {
    datums.flatMap { datum -> [String] in
      guard let fields = datum["PLpgSQL_row"]?["fields"]?.list, fields.count > 1 else {
        return []
      }
      return fields.compactMap { field in
        guard let index = field["varno"]?.number, datums.indices.contains(index) else { return nil }
        return type(of: datums[index])
      }
    }
  }

  private static func type(of datum: JSONValue) -> String? {
    let type = datum["PLpgSQL_var"]?["datatype"]?["PLpgSQL_type"]?["typname"]?.text
    return type == "UNKNOWN" ? nil : type
  }
}
