// The operations on one table, called on `op` or inside `batch_alter_table`.

/// One call of an operation: its arguments with or without the table in front.
struct OperationTarget {
  let name: String
  let call: CallArguments
  let interpreter: Interpreter
  let batch: BatchModel?

  init(
    _ name: String, _ call: CallArguments, _ interpreter: Interpreter, _ batch: BatchModel?
  ) {
    self.name = name
    self.call = call
    self.interpreter = interpreter
    self.batch = batch
  }

  /// A reader of the parameters; inside a batch there is none for the table.
  func reader() throws(NotRenderable) -> ArgumentReader {
    try ArgumentReader(call, operation: name, isBatch: batch != nil)
  }

  func table(
    _ reader: inout ArgumentReader, _ parameter: String = "table_name"
  ) throws(NotRenderable) -> String {
    if let batch { return batch.table }
    return try reader.required(parameter)
  }

  func schema(
    _ reader: inout ArgumentReader, _ parameter: String = "schema"
  ) throws(NotRenderable) -> String? {
    guard let batch else { return try reader.string(parameter) }
    reader.ignore(parameter)
    // These put the batch's in its place; the others pass both on.
    if call.keyword(parameter) != nil,
      name != "create_unique_constraint", name != "create_exclude_constraint"
    {
      let type = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      throw NotRenderable(
        raising: "TypeError",
        "alembic.operations.ops.\(type.joined())Op() got multiple values for keyword argument "
          + "'\(parameter)'")
    }
    return batch.schema
  }

  func emit(_ sql: String, hints: [OperationHint] = []) {
    interpreter.emit(sql, at: call.range, hints: hints)
  }

  /// Alembic quotes each part of a dotted schema by itself.
  func alterTable(_ table: String, _ schema: String?) -> String {
    guard let schema, !schema.isEmpty else { return "ALTER TABLE \(Identifiers.quoted(table))" }
    let parts = schema.split(separator: ".", omittingEmptySubsequences: false)
    return "ALTER TABLE " + parts.map { Identifiers.quoted(String($0)) }.joined(separator: ".")
      + "." + Identifiers.quoted(table)
  }

  func definition(
    _ table: String, _ schema: String?, _ columns: [ColumnModel] = []
  ) -> TableDefinition {
    TableDefinition(
      name: table, schema: schema, columns: columns, constraints: [], indexes: [],
      interpreter: interpreter)
  }
}

// MARK: - Tables

extension OperationTarget {
  func dropTable() throws(NotRenderable) {
    var reader = try reader()
    let table = try table(&reader)
    let schema = try schema(&reader)
    let ifExists = try reader.flag("if_exists") ?? false
    try reader.finish()
    try interpreter.hooks.refuseCompiled("DropTable")
    emit(
      "DROP TABLE \(ifExists ? "IF EXISTS " : "")\(Identifiers.qualified(table, schema: schema))")
  }

  func renameTable() throws(NotRenderable) {
    var reader = try reader()
    let old = try reader.required("old_table_name")
    let new = try reader.required("new_table_name")
    let schema = try schema(&reader)
    try reader.finish()
    emit("\(alterTable(old, schema)) RENAME TO \(Identifiers.quoted(new))")
  }

  func tableComment() throws(NotRenderable) {
    let isDrop = name == "drop_table_comment"
    var reader = try reader()
    let table = try table(&reader)
    let schema = try schema(&reader)
    let comment = isDrop ? nil : try reader.string("comment")
    reader.ignore("existing_comment")
    try reader.finish()
    emit(
      "COMMENT ON TABLE \(Identifiers.qualified(table, schema: schema)) IS "
        + (comment.map(Literals.string) ?? "NULL"))
  }
}
