// Every subcommand of ALTER TABLE (PostgreSQL 15 manual, ALTER TABLE).

import Testing

@testable import PostgresSyntax

@Suite struct AlterTableTests {
  private static let cases: [(String, AlterTableCommand)] = [
    ("DROP COLUMN a", .dropColumn("a", ifExists: false, cascade: false)),
    ("DROP IF EXISTS a CASCADE", .dropColumn("a", ifExists: true, cascade: true)),
    ("ALTER a DROP DEFAULT", .dropDefault(column: "a")),
    ("ALTER a SET NOT NULL", .setNotNull(column: "a")),
    ("ALTER a DROP NOT NULL", .dropNotNull(column: "a")),
    (
      "ALTER a TYPE bigint",
      .setType(column: "a", .builtin("int8"), using: nil, collation: nil)
    ),
    (
      "ALTER a SET DATA TYPE text COLLATE \"de_DE\"",
      .setType(column: "a", .builtin("text"), using: nil, collation: QualifiedName("de_DE"))
    ),
    ("ALTER a DROP EXPRESSION IF EXISTS", .dropExpression(column: "a", ifExists: true)),
    ("ALTER a SET STATISTICS 500", .setStatistics(column: "a", 500)),
    (
      "ALTER a SET (n_distinct = 5)",
      .setColumnOptions(column: "a", [Option(name: "n_distinct", value: "5")])
    ),
    ("ALTER a RESET (n_distinct)", .resetColumnOptions(column: "a", ["n_distinct"])),
    ("ALTER a SET STORAGE external", .setStorage(column: "a", "external")),
    ("ALTER a SET COMPRESSION lz4", .setCompression(column: "a", "lz4")),
    ("ALTER a DROP IDENTITY", .dropIdentity(column: "a", ifExists: false)),
    (
      "ADD CONSTRAINT u UNIQUE USING INDEX ix",
      .addConstraint(TableConstraint(name: "u", kind: .unique(KeyConstraint(usingIndex: "ix"))))
    ),
    (
      "ADD FOREIGN KEY (a) REFERENCES u (b) ON DELETE CASCADE NOT VALID",
      .addConstraint(
        TableConstraint(
          kind: .foreignKey(
            ForeignKey(
              columns: ["a"], table: QualifiedName("u"), referencedColumns: ["b"], match: .simple,
              onDelete: .cascade, onUpdate: .noAction)), isNotValid: true))
    ),
    (
      "ALTER CONSTRAINT c DEFERRABLE INITIALLY DEFERRED",
      .alterConstraint("c", isDeferrable: true, isInitiallyDeferred: true)
    ),
    ("VALIDATE CONSTRAINT c", .validateConstraint("c")),
    (
      "DROP CONSTRAINT IF EXISTS c CASCADE", .dropConstraint("c", ifExists: true, cascade: true)
    ),
    ("OWNER TO bob", .setOwner("bob")),
    ("OWNER TO CURRENT_USER", .setOwner("current_user")),
    ("CLUSTER ON ix", .clusterOn(index: "ix")),
    ("SET WITHOUT CLUSTER", .setWithoutCluster),
    ("SET LOGGED", .setLogged),
    ("SET UNLOGGED", .setUnlogged),
    ("SET ACCESS METHOD heap2", .setAccessMethod("heap2")),
    ("SET TABLESPACE fast", .setTablespace("fast")),
    ("SET (fillfactor = 70)", .setOptions([Option(name: "fillfactor", value: "70")])),
    (
      "SET (toast.autovacuum_enabled = false)",
      .setOptions([Option(name: "toast.autovacuum_enabled", value: "false")])
    ),
    ("RESET (fillfactor)", .resetOptions(["fillfactor"])),
    ("ENABLE TRIGGER tr", .setTrigger("tr", .enabled)),
    ("ENABLE ALWAYS TRIGGER tr", .setTrigger("tr", .always)),
    ("ENABLE REPLICA TRIGGER tr", .setTrigger("tr", .replica)),
    ("DISABLE TRIGGER tr", .setTrigger("tr", .disabled)),
    ("ENABLE TRIGGER ALL", .setAllTriggers(.enabled)),
    ("DISABLE TRIGGER USER", .setTrigger(nil, .disabled)),
    ("ENABLE RULE r", .setRule("r", .enabled)),
    ("ENABLE ALWAYS RULE r", .setRule("r", .always)),
    ("ENABLE REPLICA RULE r", .setRule("r", .replica)),
    ("DISABLE RULE r", .setRule("r", .disabled)),
    ("INHERIT s.p", .inherit(QualifiedName(schema: "s", "p"))),
    ("NO INHERIT p", .noInherit(QualifiedName("p"))),
    ("OF s.kind", .ofType(QualifiedName(schema: "s", "kind"))),
    ("NOT OF", .notOf),
    ("REPLICA IDENTITY DEFAULT", .replicaIdentity(.default)),
    ("REPLICA IDENTITY FULL", .replicaIdentity(.full)),
    ("REPLICA IDENTITY NOTHING", .replicaIdentity(.nothing)),
    ("REPLICA IDENTITY USING INDEX ix", .replicaIdentity(.index("ix"))),
    ("ENABLE ROW LEVEL SECURITY", .rowSecurity(.enable)),
    ("DISABLE ROW LEVEL SECURITY", .rowSecurity(.disable)),
    ("FORCE ROW LEVEL SECURITY", .rowSecurity(.force)),
    ("NO FORCE ROW LEVEL SECURITY", .rowSecurity(.noForce)),
    (
      "ATTACH PARTITION p DEFAULT",
      .attachPartition(QualifiedName("p"), PartitionBound(isDefault: true, text: "DEFAULT"))
    ),
    ("DETACH PARTITION p", .detachPartition(QualifiedName("p"), concurrently: false)),
    ("DETACH PARTITION p CONCURRENTLY", .detachPartition(QualifiedName("p"), concurrently: true)),
    ("DETACH PARTITION p FINALIZE", .detachPartitionFinalize(QualifiedName("p"))),
    ("SET WITHOUT OIDS", .other("AT_DropOids")),
  ]

  @Test(arguments: cases.indices)
  func subcommand(index: Int) throws {
    let (sql, expected) = Self.cases[index]
    #expect(try parseAlter(sql) == [expected])
  }

  @Test func severalSubcommandsKeepTheirOrder() throws {
    guard
      case .alterTable(let alter) = try parseOne(
        "ALTER TABLE IF EXISTS ONLY s.t ADD COLUMN IF NOT EXISTS a text DEFAULT 'x' NOT NULL, DROP b"
      )
    else { return try #require(nil) }
    #expect(alter.kind == .table && alter.name == QualifiedName(schema: "s", "t"))
    #expect(alter.ifExists && alter.only)
    guard case .addColumn(let added, ifNotExists: true) = alter.commands[0] else {
      return try #require(nil)
    }
    #expect(added.name == "a" && added.type == .builtin("text") && added.isNotNull)
    #expect(added.default?.constant == .string("x"))
    #expect(alter.commands[1] == .dropColumn("b", ifExists: false, cascade: false))
  }

  @Test func defaultsAndIdentity() throws {
    guard case .setDefault(column: "a", let value) = try parseAlter("ALTER a SET DEFAULT now()")[0],
      case .addIdentity(column: "b", let identity) = try parseAlter(
        "ALTER b ADD GENERATED ALWAYS AS IDENTITY (MAXVALUE 9)")[0],
      case .setIdentity(column: "c", isAlways: false, let options) = try parseAlter(
        "ALTER c SET GENERATED BY DEFAULT SET INCREMENT 3 RESTART WITH 7")[0],
      case .setType(column: "d", let type, let using, _) = try parseAlter(
        "ALTER d TYPE varchar(5) USING left(d, 5)")[0]
    else { return try #require(nil) }
    #expect(value.functions == [FunctionCall(name: QualifiedName("now"))])
    #expect(identity.isAlways && identity.options.maxValue == .value(9))
    #expect(options.increment == 3 && options.restart == .at(7))
    #expect(type == .builtin("varchar", 5))
    #expect(using?.columns == [column("d")])
  }

  @Test(arguments: [
    ("ALTER INDEX i SET (fillfactor = 50)", ObjectKind.index),
    ("ALTER VIEW v ALTER a SET DEFAULT 1", .view),
    ("ALTER MATERIALIZED VIEW v SET TABLESPACE x", .materializedView),
    ("ALTER SEQUENCE s OWNER TO bob", .sequence),
    ("ALTER FOREIGN TABLE f DROP COLUMN a", .foreignTable),
    ("ALTER TYPE t ADD ATTRIBUTE a int", .type),
  ])
  func otherRelations(sql: String, kind: ObjectKind) throws {
    guard case .alterTable(let alter) = try parseOne(sql) else { return try #require(nil) }
    #expect(alter.kind == kind)
    #expect(alter.commands.count == 1)
  }
}
