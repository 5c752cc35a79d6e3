// What CREATE FUNCTION reads of a body in PL/pgSQL: what its grammar refuses, and the types of its variables.

internal import Yams

/// What PostgreSQL finds in the body of a function in PL/pgSQL when the function is made.
package struct ProcedureForm: Sendable {
  /// Why it refuses the body; nil where it takes it, or is not known to refuse it: libpg_query knows no types, and
  /// refuses some of what is right.
  package var refusal: Refusal?
  /// The types of the variables that it declares, as the declarations write them.
  package var types: [String] = []
}

package func procedureForm(of function: CreateFunction, body: String) -> ProcedureForm {
  let definition = function.definition
  guard body.utf8.count <= ProcedureReader.maximumBytes, !definition.utf8.contains(0) else {
    return ProcedureForm()
  }
  let parsed = ParserThread.run([{ @Sendable in ProcedureReader.parse(definition) }])[0]
  if let message = parsed?.message {
    return ProcedureForm(
      refusal: sqlState(of: message, in: body.lowercased()).map {
        Refusal(sqlState: $0, reason: message)
      })
  }
  guard let json = parsed?.json, ProcedureReader.isShallow(json) else { return ProcedureForm() }
  return ProcedureForm(
    refusal: refusal(ofReturnsIn: json, function), types: ProcedureReader.declaredTypes(json))
}

/// Of a message that does not rest on what libpg_query cannot know: that a variable is a cursor, a row with its
/// fields, a type with collations; and which parameters are the result.
private func sqlState(of message: String, in body: String) -> String? {
  func begins(_ words: String...) -> Bool { words.contains(where: message.hasPrefix) }
  if begins("syntax error at end of input") { return "42601" }
  if begins("syntax error at or near", "loop variable of loop over rows") {
    return body.contains("cursor") ? nil : "42601"
  }
  if begins("missing expression at or near") {
    return body.contains("return next") ? nil : "42601"
  }
  if message.hasSuffix(" is not a known variable") {
    // A field of a row has a dot before it.
    return message.contains(".") ? nil : "42601"
  }
  if begins(
    "duplicate declaration", "too few parameters specified for RAISE",
    "too many parameters specified for RAISE", "EXIT cannot be used outside",
    "CONTINUE cannot be used outside", "end label ", "invalid SQLSTATE code",
    "unrecognized GET DIAGNOSTICS item")
  {
    return "42601"
  }
  if begins("unrecognized exception condition") { return "42704" }
  if begins("cannot use RETURN NEXT in", "cannot use RETURN QUERY in") { return "42804" }
  if begins("variable ") {
    if message.hasSuffix("declared CONSTANT") { return "22005" }
    if message.contains("must have a default value") { return "22004" }
  }
  return nil
}

/// RETURN with a value where there is none to return, or without one (`make_return_stmt` in pl_gram.y).
private func refusal(ofReturnsIn json: String, _ function: CreateFunction) -> Refusal? {
  let outputs = function.parameters.filter { ![.input, .variadic].contains($0.mode) }
  let isVoid = function.returns.map { $0.isBuiltin && $0.name == "void" && !$0.isArray } ?? false
  let takesNone = function.isProcedure || isVoid || function.returnsSet || !outputs.isEmpty
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

extension ProcedureReader {
  /// Those of the variables that stand in the text, which have a line.
  fileprivate static func declaredTypes(_ json: String) -> [String] {
    guard let node = try? Yams.compose(yaml: json),
      let datums = node.sequence?.first?["PLpgSQL_function"]?["datums"]?.sequence
    else { return [] }
    return datums.compactMap { datum in
      guard let variable = datum["PLpgSQL_var"], variable["lineno"] != nil,
        let type = variable["datatype"]?["PLpgSQL_type"]?["typname"]?.string, type != "UNKNOWN"
      else { return nil }
      return type
    }
  }
}
