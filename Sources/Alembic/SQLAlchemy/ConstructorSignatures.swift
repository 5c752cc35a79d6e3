// The parameters of constructors: of types (`sqlalchemy.sql.sqltypes`, `sqlalchemy.dialects.postgresql`),
// of what tables are made of (`sqlalchemy.sql.schema`) and of statements (`sqlalchemy.sql.ddl`).

extension Signature {
  /// Throws the TypeError of a call of a type's constructor whose arguments do not fit.
  static func checkType(_ path: String, _ call: CallArguments) throws(NotRenderable) {
    guard path.hasPrefix("sqlalchemy.") else { return }
    let name = Substring(path.lastComponent)
    let isPostgreSQL = path.hasPrefix("sqlalchemy.dialects.postgresql.")
    let own = isPostgreSQL ? ofPostgreSQL[name] : nil
    guard let constructor = own ?? ofTypes[name] else { return }
    try constructor.signature.check(call, of: "\(constructor.owner).__init__")
  }

  /// The parameters of a class of `sqlalchemy.sql.schema` or `sqlalchemy.sql.ddl`.
  static func constructor(_ name: String) -> Constructor? { ofItems[Substring(name)] }

  typealias Constructor = (owner: String, signature: Signature)

  /// The class that declares the constructor, its parameters, and the types that have it.
  private static func table(
    _ rows: [(owner: String, parameters: String, types: String)]
  ) -> [Substring: Constructor] {
    var result: [Substring: Constructor] = [:]
    for row in rows {
      let signature = Signature(row.parameters)
      for type in row.types.split(separator: " ") { result[type] = (row.owner, signature) }
    }
    return result
  }

  private static let ofItems = table([
    (
      "ForeignKey",
      "column, _constraint=, use_alter=, name=, onupdate=, ondelete=, deferrable=, initially=, "
        + "link_to_name=, match=, info=, comment=, _unresolvable=, **dialect_kw",
      "ForeignKey"
    ),
    (
      "CheckConstraint",
      "sqltext, name=, deferrable=, initially=, table=, info=, _create_rule=, _autoattach=, "
        + "_type_bound=, **dialect_kw",
      "CheckConstraint"
    ),
    (
      "ForeignKeyConstraint",
      "columns, refcolumns, name=, onupdate=, ondelete=, deferrable=, initially=, use_alter=, "
        + "link_to_name=, match=, table=, info=, comment=, **dialect_kw",
      "ForeignKeyConstraint"
    ),
    ("Constraint", "*elements, **kw", "PrimaryKeyConstraint UniqueConstraint ExcludeConstraint"),
    ("Index", "name, *expressions, **kw", "Index"),
    (
      "Identity",
      "always=, on_null=, start=, increment=, minvalue=, maxvalue=, nominvalue=, nomaxvalue=, "
        + "cycle=, cache=, order=",
      "Identity"
    ),
    ("Computed", "sqltext, persisted=", "Computed"),
    (
      "Sequence",
      "name, start=, increment=, minvalue=, maxvalue=, nominvalue=, nomaxvalue=, cycle=, "
        + "schema=, cache=, order=, data_type=, optional=, quote=, metadata=, quote_schema=, "
        + "for_update=",
      "Sequence"
    ),
    ("MetaData", "schema=, quote_schema=, naming_convention=, info=", "MetaData"),
    ("Table", "name, metadata, *args, **kw", "Table"),
    ("DDL", "statement, context=", "DDL"),
    ("CreateSchema", "name, if_not_exists=", "CreateSchema"),
    ("DropSchema", "name, cascade=, if_exists=", "DropSchema"),
    ("CreateTable", "element, include_foreign_key_constraints=, if_not_exists=", "CreateTable"),
    ("DropTable", "element, if_exists=", "DropTable"),
    ("CreateIndex", "element, if_not_exists=", "CreateIndex"),
    ("DropIndex", "element, if_exists=", "DropIndex"),
    ("_CreateBase", "element, if_not_exists=", "CreateSequence"),
    ("_DropBase", "element, if_exists=", "DropSequence"),
  ])

  private static let ofTypes = table([
    ("Boolean", "create_constraint=, name=, _create_events=, _adapted_from=", "Boolean BOOLEAN"),
    ("LargeBinary", "length=", "LargeBinary BLOB BYTEA"),
    ("_Binary", "length=", "BINARY VARBINARY"),
    ("PickleType", "protocol=, pickler=, comparator=, impl=", "PickleType"),
    (
      "String", "length=, collation=",
      "String Unicode VARCHAR CHAR NCHAR NVARCHAR Text UnicodeText TEXT CLOB CITEXT"
    ),
    (
      "Numeric", "precision=, scale=, decimal_return_scale=, asdecimal=",
      "Numeric NUMERIC DECIMAL"
    ),
    (
      "Float", "precision=, asdecimal=, decimal_return_scale=",
      "Float FLOAT REAL DOUBLE DOUBLE_PRECISION Double"
    ),
    ("DateTime", "timezone=", "DateTime DATETIME"), ("Time", "timezone=", "Time TIME"),
    ("TIMESTAMP", "timezone=", "TIMESTAMP"),
    ("Interval", "native=, second_precision=, day_precision=", "Interval"),
    ("UUID", "as_uuid=", "UUID"), ("Uuid", "as_uuid=, native_uuid=", "Uuid"),
    ("JSON", "none_as_null=", "JSON"),
    ("ARRAY", "item_type, as_tuple=, dimensions=, zero_indexes=", "ARRAY"),
  ])

  private static let ofPostgreSQL = table([
    ("TIME", "timezone=, precision=", "TIME"),
    ("TIMESTAMP", "timezone=, precision=", "TIMESTAMP"),
    ("INTERVAL", "precision=, fields=", "INTERVAL"), ("BIT", "length=, varying=", "BIT"),
    ("JSON", "none_as_null=, astext_type=", "JSON JSONB"), ("HSTORE", "text_type=", "HSTORE"),
    (
      "DOMAIN",
      "name, data_type, *, collation=, default=, constraint_name=, not_null=, check=, "
        + "create_type=, **kw",
      "DOMAIN"
    ),
  ])
}
