// The body of a DO block in PL/pgSQL into what it runs, by libpg_query's PL/pgSQL parser.

internal import CPGQuery
import SourceText
internal import Synchronization

/// What a procedure's text tells of one of its steps.
package indirect enum ProcedurePart: Hashable, Sendable {
  /// A statement of SQL that stands in the text.
  case statement(String)
  /// The parts under the conditions, in order, and those of ELSE.
  case branches([Branch], otherwise: [ProcedurePart])
  /// `BEGIN … EXCEPTION WHEN … THEN …`
  case guarded([ProcedurePart], handlers: [Handler])
  /// RETURN: nothing after it runs.
  case leave
  /// EXECUTE, loops, and what else cannot be followed by its text.
  case other(String)

  package struct Branch: Hashable, Sendable {
    package var condition: String
    package var parts: [ProcedurePart]
  }

  package struct Handler: Hashable, Sendable {
    /// Names of conditions as in the manual's Appendix A, in lower case.
    package var conditions: [String]
    package var parts: [ProcedurePart]
  }
}

/// The steps of a DO block, in order.
package struct ProcedureBody: Hashable, Sendable {
  package var parts: [ProcedurePart]
  /// Variables are declared, so that a name in a statement may be one of them.
  package var hasVariables: Bool
  /// The types of the declared variables, as the declarations write them.
  package var types: [String]
  /// What the declared variables begin with, as text.
  package var initialValues: [InitialValue]

  package struct InitialValue: Hashable, Sendable {
    /// As the declaration writes it.
    package var type: String
    package var text: String
  }
}

/// Reads the body of a DO block in PL/pgSQL; nil where it does not parse or is too large.
package func parseProcedure(_ body: String) -> ProcedureBody? {
  guard body.utf8.count <= ProcedureReader.maximumBytes, !body.utf8.contains(0) else { return nil }
  return ParserThread.run([{ ProcedureReader.read(body) }])[0] ?? nil
}

enum ProcedureReader {
  static let maximumBytes = 200_000
  /// PL/pgSQL's compiler keeps state of its own between calls.
  private static let turn = Mutex<Void>(())

  static func read(_ body: String) -> ProcedureBody? {
    var tag = "body"
    while body.contains("$\(tag)$") { tag += "_" }
    guard let json = json(of: "DO $\(tag)$\(body)$\(tag)$"),
      let node = JSONValue(parsing: Array(json.utf8)),
      let function = node.list?.first?["PLpgSQL_function"],
      let block = function["action"]?["PLpgSQL_stmt_block"]
    else { return nil }
    let known = ["found", "sqlstate", "sqlerrm"]
    let variables = function["datums"]?.list?.filter { datum in
      let name = datum["PLpgSQL_var"]?["refname"]?.text
      return name.map { !known.contains($0) } ?? true
    }
    let types = (variables ?? []).compactMap { datum in
      datum["PLpgSQL_var"]?["datatype"]?["PLpgSQL_type"]?["typname"]?.text
    }
    let initialValues = function["datums"]?.list?.compactMap { datum in
      let variable = datum["PLpgSQL_var"]
      return variable?["default_val"]?["PLpgSQL_expr"]?["query"]?.text.map {
        ProcedureBody.InitialValue(
          type: variable?["datatype"]?["PLpgSQL_type"]?["typname"]?.text ?? "", text: $0)
      }
    }
    return ProcedureBody(
      parts: parts(block["body"]), hasVariables: variables?.isEmpty == false,
      types: types.filter { $0 != "UNKNOWN" },
      initialValues: initialValues ?? [])
  }

  private static func json(of sql: String) -> String? {
    let parsed = parse(sql)
    return parsed.message == nil ? parsed.json : nil
  }

  /// The tree that libpg_query writes of a statement, or what it says of one that it does not take.
  static func parse(_ sql: String) -> (json: String?, message: String?) {
    turn.withLock { _ in
      let result = unsafe sql.withCString { unsafe pg_query_parse_plpgsql($0) }
      defer { unsafe pg_query_free_plpgsql_parse_result(result) }
      let message = unsafe result.error?.pointee.message.map { unsafe String(cString: $0) }
      let json = unsafe result.plpgsql_funcs.map { unsafe String(cString: $0) }
      return (json, message)
    }
  }

  private static func parts(_ list: JSONValue?) -> [ProcedurePart] {
    (list?.list ?? []).flatMap(parts(of:))
  }

  private static func parts(of node: JSONValue) -> [ProcedurePart] {
    guard case .object(let fields) = node, let (kind, content) = fields.first else { return [] }
    switch kind {
    case "PLpgSQL_stmt_block":
      let inner = parts(content["body"])
      guard let block = content["exceptions"]?["PLpgSQL_exception_block"] else { return inner }
      return [.guarded(inner, handlers: handlers(block["exc_list"]))]
    case "PLpgSQL_stmt_execsql":
      if content["into"] != nil { return [.other("SELECT INTO")] }
      return [statement(content["sqlstmt"])]
    case "PLpgSQL_stmt_perform": return [statement(content["expr"])]
    case "PLpgSQL_stmt_if": return [branches(content)]
    case "PLpgSQL_stmt_return":
      return content["expr"] == nil ? [.leave] : [.other("RETURN")]
    case "PLpgSQL_stmt_raise":
      // ERROR is 21; what is below only writes a message.
      let level = content["elog_level"]?.number ?? 21
      return level < 21 ? [] : [.other("RAISE")]
    default: return [.other(String(kind.dropFirst("PLpgSQL_stmt_".count)))]
    }
  }

  private static func statement(_ node: JSONValue?) -> ProcedurePart {
    guard let text = node?["PLpgSQL_expr"]?["query"]?.text else { return .other("a statement") }
    return .statement(text)
  }

  private static func branches(_ node: JSONValue) -> ProcedurePart {
    func condition(_ node: JSONValue?) -> String { node?["PLpgSQL_expr"]?["query"]?.text ?? "" }
    var branches = [
      ProcedurePart.Branch(
        condition: condition(node["cond"]), parts: parts(node["then_body"]))
    ]
    for other in node["elsif_list"]?.list ?? [] {
      guard let content = other["PLpgSQL_if_elsif"] else { continue }
      branches.append(
        .init(condition: condition(content["cond"]), parts: parts(content["stmts"])))
    }
    return .branches(branches, otherwise: parts(node["else_body"]))
  }

  private static func handlers(_ list: JSONValue?) -> [ProcedurePart.Handler] {
    (list?.list ?? []).compactMap { node in
      guard let content = node["PLpgSQL_exception"] else { return nil }
      let names = (content["conditions"]?.list ?? []).compactMap {
        $0["PLpgSQL_condition"]?["condname"]?.text?.lowercased()
      }
      return .init(conditions: names, parts: parts(content["action"]))
    }
  }
}
