// The parameters of the operations, as `alembic.operations.base` declares them.

extension Signature {
  /// That of `op.name` or, in a batch, of the batch's; nil for an operation of a plugin.
  static func operation(_ name: String, isBatch: Bool) -> Signature? {
    (isBatch ? ofBatch : ofOperations)[name]
  }

  /// Throws the TypeError of a call of an operation whose arguments do not fit.
  static func checkOperation(
    _ name: String, _ call: CallArguments, isBatch: Bool
  ) throws(NotRenderable) {
    try operation(name, isBatch: isBatch)?.check(
      call, of: written.contains(name) ? "AbstractOperations.\(name)" : name)
  }

  /// Those that Alembic has as methods; it generates the others, which have no class in their name.
  private static let written: Set<String> = [
    "batch_alter_table", "f", "get_bind", "get_context", "inline_literal", "invoke", "run_async",
  ]

  private static let ofBoth = [
    "batch_alter_table":
      "table_name, schema=, recreate=, partial_reordering=, copy_from=, table_args=, "
      + "table_kwargs=, reflect_args=, reflect_kwargs=, naming_convention=",
    "execute": "sqltext, *, execution_options=",
    "f": "name",
    "get_bind": "",
    "get_context": "",
    "inline_literal": "value, type_=",
    "invoke": "operation",
    "run_async": "async_function, *args, **kw_args",
  ].mapValues(Signature.init)

  private static let ofOperations = [
    "add_column":
      "table_name, column, *, schema=, if_not_exists=, inline_references=, inline_primary_key=",
    "alter_column":
      "table_name, column_name, *, nullable=, comment=, server_default=, new_column_name=, "
      + "type_=, existing_type=, existing_server_default=, existing_nullable=, "
      + "existing_comment=, schema=, **kw",
    "bulk_insert": "table, rows, *, multiinsert=",
    "create_check_constraint": "constraint_name, table_name, condition, *, schema=, **kw",
    "create_exclude_constraint": "constraint_name, table_name, *elements, **kw",
    "create_foreign_key":
      "constraint_name, source_table, referent_table, local_cols, remote_cols, *, onupdate=, "
      + "ondelete=, deferrable=, initially=, match=, source_schema=, referent_schema=, "
      + "**dialect_kw",
    "create_index":
      "index_name, table_name, columns, *, schema=, unique=, if_not_exists=, **kw",
    "create_primary_key": "constraint_name, table_name, columns, *, schema=",
    "create_table": "table_name, *columns, if_not_exists=, **kw",
    "create_table_comment": "table_name, comment, *, existing_comment=, schema=",
    "create_unique_constraint": "constraint_name, table_name, columns, *, schema=, **kw",
    "drop_column": "table_name, column_name, *, schema=, **kw",
    "drop_constraint": "constraint_name, table_name, type_=, *, schema=, if_exists=",
    "drop_index": "index_name, table_name=, *, schema=, if_exists=, **kw",
    "drop_table": "table_name, *, schema=, if_exists=, **kw",
    "drop_table_comment": "table_name, *, existing_comment=, schema=",
    "rename_table": "old_table_name, new_table_name, *, schema=",
    // Of geoalchemy2.
    "add_geospatial_column": "table_name, column, *more, **kw",
    "drop_geospatial_index": "index_name, table_name, column_name, *more, **kw",
  ].mapValues(Signature.init).merging(ofBoth) { own, _ in own }

  private static let ofBatch = [
    "add_column":
      "column, *, insert_before=, insert_after=, if_not_exists=, inline_references=, "
      + "inline_primary_key=",
    "alter_column":
      "column_name, *, nullable=, comment=, server_default=, new_column_name=, type_=, "
      + "existing_type=, existing_server_default=, existing_nullable=, existing_comment=, "
      + "insert_before=, insert_after=, **kw",
    "create_check_constraint": "constraint_name, condition, **kw",
    "create_exclude_constraint": "constraint_name, *elements, **kw",
    "create_foreign_key":
      "constraint_name, referent_table, local_cols, remote_cols, *, referent_schema=, "
      + "onupdate=, ondelete=, deferrable=, initially=, match=, **dialect_kw",
    "create_index": "index_name, columns, **kw",
    "create_primary_key": "constraint_name, columns",
    "create_table_comment": "comment, *, existing_comment=",
    "create_unique_constraint": "constraint_name, columns, **kw",
    "drop_column": "column_name, **kw",
    "drop_constraint": "constraint_name, type_=",
    "drop_index": "index_name, **kw",
    "drop_table_comment": "*, existing_comment=",
    "add_geospatial_column": "column, *more, **kw",
    "drop_geospatial_index": "index_name, column_name, *more, **kw",
  ].mapValues(Signature.init).merging(ofBoth) { own, _ in own }
}
