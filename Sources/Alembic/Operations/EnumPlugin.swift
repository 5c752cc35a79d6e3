// `op.sync_enum_values` of alembic_postgresql_enum: the type is made anew under its name, the columns
// are cast to it, and the old one is dropped.

/// `TableReference(…)` of the plugin.
final class EnumColumnReference: ModelObject {
  let table: String
  let column: String
  let schema: String?
  let isArray: Bool
  let defaultText: String?

  init(_ arguments: CallArguments) throws(NotRenderable) {
    var reader = try ArgumentReader(
      arguments, "TableReference",
      ["table_name", "column_name", "table_schema", "column_type", "existing_server_default"])
    table = try reader.required("table_name")
    column = try reader.required("column_name")
    schema = try reader.string("table_schema")
    defaultText = try reader.string("existing_server_default")
    switch reader.value("column_type") {
    case nil: isArray = false
    case .library(let name)?: isArray = name.path.hasSuffix(".ARRAY")
    default: throw NotRenderable("TableReference(column_type=…)")
    }
    try reader.finish()
  }

  var typeName: String { "TableReference" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "TableReference.\(name)()", at: arguments.range)
  }
}

/// One call of `op.sync_enum_values`.
struct EnumSynchronization {
  private let schema: String
  private let name: String
  private let values: [String]
  private let columns: [EnumColumnReference]

  init(_ call: CallArguments) throws(NotRenderable) {
    var reader = try ArgumentReader(
      call, "op.sync_enum_values",
      [
        "enum_schema", "enum_name", "new_values", "affected_columns", "enum_values_to_rename",
        "indexes_to_recreate",
      ])
    schema = try reader.required("enum_schema")
    name = try reader.required("enum_name")
    guard let values = try reader.strings("new_values"),
      let references = reader.value("affected_columns").flatMap(ElementMethods.elements)
    else { throw NotRenderable("op.sync_enum_values()") }
    self.values = values
    for option in ["enum_values_to_rename", "indexes_to_recreate"] {
      switch reader.value(option) {
      case nil, .none?: break
      case let value?:
        guard ElementMethods.elements(of: value)?.isEmpty == true else {
          throw NotRenderable("op.sync_enum_values(\(option)=…)")
        }
      }
    }
    try reader.finish()
    var columns: [EnumColumnReference] = []
    for reference in references {
      // A tuple stands for a column whose default the plugin asks the database for.
      guard case .model(let column as EnumColumnReference) = reference else {
        if case .unknown(let unknown) = reference { throw NotRenderable(unknown.reason) }
        throw NotRenderable(
          OpaqueReason(.databaseRead, "the default of a column of op.sync_enum_values()"))
      }
      columns.append(column)
    }
    self.columns = columns
  }

  private var type: String { "\"\(schema)\".\"\(name)\"" }
  private var oldType: String { "\"\(schema)\".\"\(name)_old\"" }

  var statements: [String] {
    let labels = values.map { "'\($0)'" }.joined(separator: ", ")
    var result = [
      "ALTER TYPE \(type) RENAME TO \"\(name)_old\"",
      "CREATE TYPE \(type) AS ENUM(\(labels))",
    ]
    let comparisons = [("!=", "new_old_not_equals"), ("=", "new_old_equals")]
    for (symbol, function) in comparisons {
      let qualified = "\"\(schema)\".\(function)"
      result.append(
        """
        CREATE FUNCTION \(qualified)(
            new_enum_val \(type), old_enum_val \(oldType)
        )
        RETURNS boolean AS $$
            SELECT new_enum_val::text \(symbol) old_enum_val::text;
        $$ LANGUAGE SQL IMMUTABLE
        """)
      result.append(
        """
        CREATE OPERATOR "\(schema)".\(symbol) (
            leftarg = \(type),
            rightarg = \(oldType),
            procedure = \(qualified)
        )
        """)
    }
    for column in columns { result += changes(of: column) }
    for (symbol, function) in comparisons {
      result.append(
        """
        DROP OPERATOR IF EXISTS "\(schema)".\(symbol) (
            \(type),
            \(oldType)
        )
        """)
      result.append(
        """
        DROP FUNCTION "\(schema)".\(function)(
            new_enum_val \(type), old_enum_val \(oldType)
        )
        """)
    }
    result.append("DROP TYPE \(oldType)")
    return result
  }

  private func changes(of reference: EnumColumnReference) -> [String] {
    let prefix = (reference.schema ?? schema).isEmpty ? "" : "\"\(reference.schema ?? schema)\"."
    let column = "\"\(reference.column)\""
    let head = "ALTER TABLE \(prefix)\"\(reference.table)\" ALTER COLUMN \(column)"
    let brackets = reference.isArray ? "[]" : ""
    let change =
      reference.isArray
      ? "\(head) TYPE \(type)[] USING \(column)::text[]::\(type)[]"
      : "\(head) TYPE \(type) USING \(column)::text::\(type)"
    guard let text = reference.defaultText else { return [change] }
    let bare = text.firstRange(of: "::").map { String(text[..<$0.lowerBound]) } ?? text
    let target = schema.isEmpty ? name : "\(schema).\(name)"
    return [
      "\(head) DROP DEFAULT", change, "\(head) SET DEFAULT \(bare)::\(target)\(brackets)",
    ]
  }
}
