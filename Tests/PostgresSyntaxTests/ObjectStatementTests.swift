// DROP, RENAME and their like for every kind of object, and the statements that create them.

import Testing

@testable import PostgresSyntax

@Suite struct ObjectStatementTests {
  private static let drops: [(String, ObjectKind, ObjectReference)] = [
    ("TABLE s.t", .table, ObjectReference(kind: .table, name: QualifiedName(schema: "s", "t"))),
    ("VIEW v", .view, ObjectReference(kind: .view, name: QualifiedName("v"))),
    (
      "MATERIALIZED VIEW v", .materializedView,
      ObjectReference(kind: .materializedView, name: QualifiedName("v"))
    ),
    (
      "FOREIGN TABLE f", .foreignTable,
      ObjectReference(kind: .foreignTable, name: QualifiedName("f"))
    ),
    ("SEQUENCE q", .sequence, ObjectReference(kind: .sequence, name: QualifiedName("q"))),
    ("INDEX i", .index, ObjectReference(kind: .index, name: QualifiedName("i"))),
    ("TYPE s.e", .type, ObjectReference(kind: .type, name: QualifiedName(schema: "s", "e"))),
    ("DOMAIN d", .domain, ObjectReference(kind: .domain, name: QualifiedName("d"))),
    ("SCHEMA x", .schema, ObjectReference(kind: .schema, name: QualifiedName("x"))),
    ("EXTENSION x", .extension, ObjectReference(kind: .extension, name: QualifiedName("x"))),
    ("COLLATION c", .collation, ObjectReference(kind: .collation, name: QualifiedName("c"))),
    ("STATISTICS c", .statistics, ObjectReference(kind: .statistics, name: QualifiedName("c"))),
    ("PUBLICATION p", .publication, ObjectReference(kind: .publication, name: QualifiedName("p"))),
    ("SERVER p", .foreignServer, ObjectReference(kind: .foreignServer, name: QualifiedName("p"))),
    (
      "FUNCTION s.f(integer, text[])", .function,
      ObjectReference(
        kind: .function, name: QualifiedName(schema: "s", "f"),
        arguments: [.builtin("int4"), .builtin("text", array: true)])
    ),
    ("FUNCTION f", .function, ObjectReference(kind: .function, name: QualifiedName("f"))),
    (
      "PROCEDURE f()", .procedure,
      ObjectReference(kind: .procedure, name: QualifiedName("f"), arguments: [])
    ),
    (
      "AGGREGATE f(int)", .aggregate,
      ObjectReference(kind: .aggregate, name: QualifiedName("f"), arguments: [.builtin("int4")])
    ),
    (
      "TRIGGER tr ON s.t", .trigger,
      ObjectReference(
        kind: .trigger, name: QualifiedName("tr"), owner: QualifiedName(schema: "s", "t"))
    ),
    (
      "RULE r ON t", .rule,
      ObjectReference(kind: .rule, name: QualifiedName("r"), owner: QualifiedName("t"))
    ),
    (
      "POLICY p ON t", .policy,
      ObjectReference(kind: .policy, name: QualifiedName("p"), owner: QualifiedName("t"))
    ),
    (
      "OPERATOR CLASS s.o USING btree", .operatorClass,
      ObjectReference(
        kind: .operatorClass, name: QualifiedName(schema: "s", "o"), owner: QualifiedName("btree"))
    ),
    (
      "TEXT SEARCH PARSER p", .textSearchParser,
      ObjectReference(kind: .textSearchParser, name: QualifiedName("p"))
    ),
    (
      "EVENT TRIGGER e", .eventTrigger,
      ObjectReference(kind: .eventTrigger, name: QualifiedName("e"))
    ),
  ]

  @Test(arguments: drops.indices)
  func drop(index: Int) throws {
    let (sql, kind, object) = Self.drops[index]
    #expect(try parseOne("DROP " + sql) == .drop(Drop(kind: kind, objects: [object])))
    let words = try #require(sql.firstRange(of: kind.dropWords))
    let guarded = sql.replacingCharacters(in: words, with: kind.dropWords + " IF EXISTS")
    #expect(
      try parseOne("DROP " + guarded + " CASCADE")
        == .drop(Drop(kind: kind, objects: [object], ifExists: true, cascade: true)))
  }

  @Test func dropOfSeveral() throws {
    guard case .drop(let drop) = try parseOne("DROP TABLE IF EXISTS a, s.b CASCADE") else {
      return try #require(nil)
    }
    #expect(drop.objects.map(\.name) == [QualifiedName("a"), QualifiedName(schema: "s", "b")])
    #expect(
      try parseOne("DROP INDEX CONCURRENTLY i")
        == .drop(
          Drop(
            kind: .index, objects: [ObjectReference(kind: .index, name: QualifiedName("i"))],
            concurrently: true)))
  }

  private static let renames: [(String, ObjectReference, String)] = [
    (
      "TABLE s.t RENAME TO u", ObjectReference(kind: .table, name: QualifiedName(schema: "s", "t")),
      "u"
    ),
    (
      "TABLE t RENAME COLUMN a TO b",
      ObjectReference(kind: .column, name: QualifiedName("a"), owner: QualifiedName("t")), "b"
    ),
    (
      "TABLE t RENAME CONSTRAINT a TO b",
      ObjectReference(kind: .tableConstraint, name: QualifiedName("a"), owner: QualifiedName("t")),
      "b"
    ),
    ("INDEX i RENAME TO j", ObjectReference(kind: .index, name: QualifiedName("i")), "j"),
    ("SEQUENCE i RENAME TO j", ObjectReference(kind: .sequence, name: QualifiedName("i")), "j"),
    ("VIEW i RENAME TO j", ObjectReference(kind: .view, name: QualifiedName("i")), "j"),
    (
      "TYPE s.e RENAME TO f", ObjectReference(kind: .type, name: QualifiedName(schema: "s", "e")),
      "f"
    ),
    (
      "TYPE c RENAME ATTRIBUTE a TO b",
      ObjectReference(kind: .attribute, name: QualifiedName("a"), owner: QualifiedName("c")), "b"
    ),
    ("DOMAIN d RENAME TO e", ObjectReference(kind: .domain, name: QualifiedName("d")), "e"),
    (
      "DOMAIN d RENAME CONSTRAINT a TO b",
      ObjectReference(kind: .domainConstraint, name: QualifiedName("a"), owner: QualifiedName("d")),
      "b"
    ),
    ("SCHEMA a RENAME TO b", ObjectReference(kind: .schema, name: QualifiedName("a")), "b"),
    (
      "TRIGGER a ON t RENAME TO b",
      ObjectReference(kind: .trigger, name: QualifiedName("a"), owner: QualifiedName("t")), "b"
    ),
    (
      "POLICY a ON t RENAME TO b",
      ObjectReference(kind: .policy, name: QualifiedName("a"), owner: QualifiedName("t")), "b"
    ),
    (
      "FUNCTION f(int) RENAME TO g",
      ObjectReference(kind: .function, name: QualifiedName("f"), arguments: [.builtin("int4")]), "g"
    ),
    ("ROLE a RENAME TO b", ObjectReference(kind: .role, name: QualifiedName("a")), "b"),
    ("COLLATION a RENAME TO b", ObjectReference(kind: .collation, name: QualifiedName("a")), "b"),
    (
      "PUBLICATION a RENAME TO b", ObjectReference(kind: .publication, name: QualifiedName("a")),
      "b"
    ),
  ]

  @Test(arguments: renames.indices)
  func rename(index: Int) throws {
    let (sql, object, newName) = Self.renames[index]
    #expect(try parseOne("ALTER " + sql) == .rename(Rename(object: object, newName: newName)))
  }

  @Test func renameWithoutDescendants() throws {
    let column = ObjectReference(
      kind: .column, name: QualifiedName("a"), owner: QualifiedName("t"))
    #expect(
      try parseOne("ALTER TABLE ONLY t RENAME COLUMN a TO b")
        == .rename(Rename(object: column, newName: "b", only: true)))
  }

  private static let others: [(String, Statement)] = [
    (
      "ALTER TABLE IF EXISTS t SET SCHEMA s",
      .setSchema(
        SetSchema(
          object: ObjectReference(kind: .table, name: QualifiedName("t")), newSchema: "s",
          ifExists: true))
    ),
    (
      "ALTER TYPE e SET SCHEMA s",
      .setSchema(
        SetSchema(object: ObjectReference(kind: .type, name: QualifiedName("e")), newSchema: "s"))
    ),
    (
      "ALTER EXTENSION x SET SCHEMA s",
      .setSchema(
        SetSchema(
          object: ObjectReference(kind: .extension, name: QualifiedName("x")), newSchema: "s"))
    ),
    (
      "ALTER TYPE e OWNER TO bob",
      .setOwner(
        SetOwner(object: ObjectReference(kind: .type, name: QualifiedName("e")), owner: "bob"))
    ),
    (
      "ALTER SCHEMA s OWNER TO SESSION_USER",
      .setOwner(
        SetOwner(
          object: ObjectReference(kind: .schema, name: QualifiedName("s")), owner: "session_user"))
    ),
    (
      "CREATE TYPE s.e AS ENUM ('a', 'b c')",
      .createType(
        CreateType(name: QualifiedName(schema: "s", "e"), definition: .enumeration(["a", "b c"])))
    ),
    (
      "CREATE TYPE c AS (x int)",
      .createType(
        CreateType(
          name: QualifiedName("c"),
          definition: .composite([ColumnDefinition(name: "x", type: .builtin("int4"))])))
    ),
    (
      "CREATE TYPE r AS RANGE (subtype = float8)",
      .createType(
        CreateType(
          name: QualifiedName("r"),
          definition: .range([Option(name: "subtype", value: "double precision")])))
    ),
    ("CREATE TYPE x", .createType(CreateType(name: QualifiedName("x"), definition: .shell))),
    (
      "ALTER TYPE e ADD VALUE IF NOT EXISTS 'n' BEFORE 'm'",
      .alterEnum(
        AlterEnum(
          name: QualifiedName("e"), change: .addValue("n", ifNotExists: true, .before("m"))))
    ),
    (
      "ALTER TYPE e ADD VALUE 'n' AFTER 'm'",
      .alterEnum(
        AlterEnum(name: QualifiedName("e"), change: .addValue("n", ifNotExists: false, .after("m")))
      )
    ),
    (
      "ALTER TYPE e ADD VALUE 'n'",
      .alterEnum(
        AlterEnum(name: QualifiedName("e"), change: .addValue("n", ifNotExists: false, .last)))
    ),
    (
      "ALTER TYPE e RENAME VALUE 'a' TO 'b'",
      .alterEnum(AlterEnum(name: QualifiedName("e"), change: .renameValue("a", to: "b")))
    ),
    (
      "ALTER DOMAIN d DROP DEFAULT",
      .alterDomain(AlterDomain(name: QualifiedName("d"), command: .dropDefault))
    ),
    (
      "ALTER DOMAIN d SET NOT NULL",
      .alterDomain(AlterDomain(name: QualifiedName("d"), command: .setNotNull))
    ),
    (
      "ALTER DOMAIN d DROP NOT NULL",
      .alterDomain(AlterDomain(name: QualifiedName("d"), command: .dropNotNull))
    ),
    (
      "ALTER DOMAIN d DROP CONSTRAINT IF EXISTS c CASCADE",
      .alterDomain(
        AlterDomain(
          name: QualifiedName("d"), command: .dropConstraint("c", ifExists: true, cascade: true)))
    ),
    (
      "ALTER DOMAIN d VALIDATE CONSTRAINT c",
      .alterDomain(AlterDomain(name: QualifiedName("d"), command: .validateConstraint("c")))
    ),
    (
      "CREATE SEQUENCE IF NOT EXISTS s.q AS bigint INCREMENT 2 NO MINVALUE MAXVALUE 9 START 3 CACHE 4 CYCLE OWNED BY s.t.a",
      .createSequence(
        CreateSequence(
          name: QualifiedName(schema: "s", "q"), ifNotExists: true,
          options: SequenceOptions(
            type: .builtin("int8"), increment: 2, minValue: SequenceOptions.Bound.none,
            maxValue: .value(9), start: 3, cache: 4, cycles: true,
            ownedBy: .column(table: QualifiedName(schema: "s", "t"), column: "a"))))
    ),
    (
      "ALTER SEQUENCE IF EXISTS q RESTART OWNED BY NONE",
      .alterSequence(
        AlterSequence(
          name: QualifiedName("q"), ifExists: true,
          options: SequenceOptions(restart: .atStart, ownedBy: SequenceOptions.Owner.none)))
    ),
    (
      "ALTER SEQUENCE q RESTART WITH 10000000000",
      .alterSequence(
        AlterSequence(
          name: QualifiedName("q"), options: SequenceOptions(restart: .at(10_000_000_000))))
    ),
    (
      "REFRESH MATERIALIZED VIEW CONCURRENTLY s.v",
      .refreshMaterializedView(
        RefreshMaterializedView(name: QualifiedName(schema: "s", "v"), concurrently: true))
    ),
    (
      "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA s VERSION '1.1' CASCADE",
      .createExtension(
        CreateExtension(
          name: "uuid-ossp", ifNotExists: true, schema: "s", version: "1.1", cascade: true))
    ),
    ("ALTER EXTENSION x UPDATE TO '2'", .updateExtension(name: "x", version: "2")),
    ("ALTER EXTENSION x UPDATE", .updateExtension(name: "x", version: nil)),
    (
      "CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION bob",
      .createSchema(CreateSchema(name: "s", owner: "bob", ifNotExists: true))
    ),
    (
      "COMMENT ON COLUMN s.t.a IS 'it''s'",
      .comment(
        Comment(
          object: ObjectReference(
            kind: .column, name: QualifiedName("a"), owner: QualifiedName(schema: "s", "t")),
          text: "it's"))
    ),
    (
      "COMMENT ON TABLE t IS NULL",
      .comment(Comment(object: ObjectReference(kind: .table, name: QualifiedName("t")), text: nil))
    ),
    (
      "COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'",
      .comment(
        Comment(
          object: ObjectReference(
            kind: .domainConstraint, name: QualifiedName("c"), owner: QualifiedName("d")), text: "x"
        ))
    ),
    (
      "COMMENT ON TYPE s.e IS 'x'",
      .comment(
        Comment(
          object: ObjectReference(kind: .type, name: QualifiedName(schema: "s", "e")), text: "x"))
    ),
    (
      "GRANT SELECT, UPDATE (a) ON t, s.u TO bob, PUBLIC",
      .grant(
        Grant(
          isGrant: true, kind: .table,
          objects: [
            ObjectReference(kind: .table, name: QualifiedName("t")),
            ObjectReference(kind: .table, name: QualifiedName(schema: "s", "u")),
          ], privileges: ["select", "update (a)"], grantees: ["bob", "public"]))
    ),
    (
      "REVOKE ALL ON ALL TABLES IN SCHEMA s FROM bob CASCADE",
      .grant(
        Grant(
          isGrant: false, kind: .table,
          objects: [ObjectReference(kind: .schema, name: QualifiedName("s"))], allInSchema: true,
          grantees: ["bob"], cascade: true))
    ),
    (
      "CREATE STATISTICS s.x (ndistinct) ON a, lower(b) FROM t",
      .createStatistics(
        CreateStatistics(
          name: QualifiedName(schema: "s", "x"), kinds: ["ndistinct"],
          elements: [
            IndexElement(key: .column("a")),
            IndexElement(
              key: .expression(
                SQLExpression(
                  text: "lower(b)", columns: [ColumnReference(column: "b")],
                  functions: [FunctionCall(name: QualifiedName("lower"), arguments: [nil])]))),
          ], relations: [QualifiedName("t")]))
    ),
    ("ALTER STATISTICS s.x SET STATISTICS 5", .alterStatistics(QualifiedName(schema: "s", "x"))),
    (
      "CREATE PUBLICATION p FOR TABLE a, s.b",
      .publication(
        Publication(
          name: "p", change: .create, tables: [QualifiedName("a"), QualifiedName(schema: "s", "b")])
      )
    ),
    (
      "CREATE PUBLICATION p FOR ALL TABLES",
      .publication(Publication(name: "p", change: .create, allTables: true))
    ),
    (
      "ALTER PUBLICATION p DROP TABLE a",
      .publication(Publication(name: "p", change: .drop, tables: [QualifiedName("a")]))
    ),
    (
      "ALTER PUBLICATION p ADD TABLES IN SCHEMA s",
      .publication(Publication(name: "p", change: .add, schemas: ["s"]))
    ),
    (
      "ALTER PUBLICATION p SET (publish = 'insert')",
      .publication(
        Publication(
          name: "p", change: .options, publishesChanges: false,
          options: [Option(name: "publish", value: "insert")]))
    ),
    (
      "ALTER FUNCTION f(int) STABLE",
      .alterFunction(
        AlterFunction(
          object: ObjectReference(
            kind: .function, name: QualifiedName("f"), arguments: [.builtin("int4")]),
          changes: [.init("volatility", "stable")]))
    ),
    ("DROP OWNED BY bob", .owned(OwnedObjects(roles: ["bob"]))),
    (
      "REASSIGN OWNED BY bob TO CURRENT_USER",
      .owned(OwnedObjects(roles: ["bob"], newOwner: "current_user"))
    ),
    (
      "GRANT a, b TO bob WITH ADMIN OPTION",
      .grantRoles(
        GrantRoles(
          isGrant: true,
          memberships: [
            RoleMembership(role: "a", member: "bob"), RoleMembership(role: "b", member: "bob"),
          ], hasAdminOption: true))
    ),
    (
      "ALTER GROUP a DROP USER bob",
      .grantRoles(
        GrantRoles(isGrant: false, memberships: [RoleMembership(role: "a", member: "bob")]))
    ),
    (
      "CREATE USER bob CONNECTION LIMIT 5 NOINHERIT NOCREATEDB IN ROLE a",
      .createObject(
        CreateObject(
          object: ObjectReference(kind: .role, name: QualifiedName("bob")), definition: "",
          options: ["canlogin": "on", "connectionlimit": "5", "inherit": "off"],
          memberships: [RoleMembership(role: "a", member: "bob")]))
    ),
    (
      "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION q, p WITH (create_slot = false)",
      .createObject(
        CreateObject(
          object: ObjectReference(kind: .subscription, name: QualifiedName("s")), definition: "",
          options: ["connection": "host=x", "publications": "p, q"], connects: true))
    ),
    (
      "ALTER SUBSCRIPTION s REFRESH PUBLICATION", .other("ALTER SUBSCRIPTION")
    ),
    (
      "ALTER DEFAULT PRIVILEGES FOR ROLE r IN SCHEMA s GRANT SELECT ON TABLES TO bob",
      .defaultPrivileges(
        DefaultPrivileges(
          roles: ["r"], schemas: ["s"],
          grant: Grant(
            isGrant: true, kind: .table, objects: [], privileges: ["select"], grantees: ["bob"])))
    ),
    ("ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b", .other("ALTER TABLE MOVE ALL")),
    ("DISCARD ALL", .other("DISCARD")),
  ]

  @Test(arguments: others.indices)
  func statement(index: Int) throws {
    let (sql, expected) = Self.others[index]
    #expect(try parseOne(sql) == expected)
  }

  @Test func domains() throws {
    guard
      case .createDomain(let domain) = try parseOne(
        "CREATE DOMAIN s.d AS varchar(9) COLLATE \"C\" DEFAULT 'x' NOT NULL CONSTRAINT c CHECK (value <> '')"
      )
    else { return try #require(nil) }
    #expect(domain.name == QualifiedName(schema: "s", "d"))
    #expect(domain.type == .builtin("varchar", 9) && domain.isNotNull)
    #expect(domain.default?.constant == .string("x") && domain.collation == QualifiedName("C"))
    #expect(domain.constraints.map(\.name) == ["c"])
    guard
      case .alterDomain(let added) = try parseOne(
        "ALTER DOMAIN d ADD CONSTRAINT c CHECK (value > 0) NOT VALID"),
      case .addConstraint(let constraint) = added.command,
      case .alterDomain(let set) = try parseOne("ALTER DOMAIN d SET DEFAULT 5"),
      case .setDefault(let value) = set.command
    else { return try #require(nil) }
    #expect(constraint.isNotValid && constraint.name == "c")
    #expect(value.constant == .integer(5))
  }

  @Test func schemaElementsAreStatements() throws {
    guard
      case .createSchema(let schema) = try parseOne(
        "CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT a FROM t")
    else { return try #require(nil) }
    #expect(schema.elements.count == 2)
    guard case .createTable(let table) = schema.elements[0],
      case .createView(let view) = schema.elements[1]
    else { return try #require(nil) }
    #expect(table.name == QualifiedName("t") && view.name == QualifiedName("v"))
  }

  @Test func viewsKnowWhatTheyRead() throws {
    guard
      case .createView(let view) = try parseOne(
        """
        CREATE OR REPLACE TEMP VIEW v (x, y) WITH (security_barrier) AS
        SELECT u.a, count(*) FROM s.u AS u JOIN w USING (id) WHERE EXISTS (SELECT 1 FROM z)
        WITH LOCAL CHECK OPTION
        """)
    else { return try #require(nil) }
    #expect(view.orReplace && view.persistence == .temporary && view.columnNames == ["x", "y"])
    #expect(
      view.query.relations == [
        RelationUse(name: QualifiedName(schema: "s", "u"), alias: "u"),
        RelationUse(name: QualifiedName("w")), RelationUse(name: QualifiedName("z")),
      ])
    #expect(
      view.query.output == [
        OutputColumn(name: "a", source: ColumnReference(qualifier: ["u"], column: "a")),
        OutputColumn(name: "count"),
      ])
    #expect(view.options.map(\.name) == ["security_barrier", "check_option"])
    guard
      case .createMaterializedView(let stored) = try parseOne(
        "CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT * FROM u WITH NO DATA")
    else { return try #require(nil) }
    #expect(stored.ifNotExists && !stored.withData)
    #expect(stored.query.output == [OutputColumn(source: ColumnReference(column: nil))])
  }

  @Test func policiesAndRules() throws {
    guard
      case .createPolicy(let policy) = try parseOne(
        "CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO bob USING (a = 1) WITH CHECK (b > 0)"),
      case .alterPolicy(let altered) = try parseOne("ALTER POLICY p ON t TO PUBLIC"),
      case .createRule(let rule) = try parseOne(
        "CREATE OR REPLACE RULE r AS ON DELETE TO t WHERE a = 1 DO INSTEAD (DELETE FROM u; NOTIFY n)"
      )
    else { return try #require(nil) }
    #expect(policy.command == "update" && !policy.isPermissive && policy.roles == ["bob"])
    #expect(policy.using?.conjuncts == [.equals(column("a"), [.integer(1)])])
    #expect(policy.check?.columns == [column("b")])
    #expect(altered.roles == ["public"] && altered.command == nil)
    #expect(rule.event == "delete" && rule.isInstead && rule.orReplace)
    #expect(rule.actions.count == 2)
    #expect(rule.actions[1] == .inert("NOTIFY"))
  }

  @Test func functions() throws {
    guard
      case .createFunction(let function) = try parseOne(
        """
        CREATE OR REPLACE FUNCTION s.f(a int, OUT b text, VARIADIC c int[] DEFAULT '{}')
        RETURNS SETOF text LANGUAGE PLPGSQL STABLE STRICT SECURITY DEFINER COST 5
        AS $$ BEGIN DELETE FROM t; END $$
        """),
      case .createFunction(let procedure) = try parseOne(
        "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'"),
      case .createFunction(let atomic) = try parseOne(
        "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END")
    else { return try #require(nil) }
    #expect(function.name == QualifiedName(schema: "s", "f") && function.orReplace)
    #expect(function.parameters.map(\.name) == ["a", "b", "c"])
    #expect(function.parameters.map(\.mode) == [.input, .output, .variadic])
    #expect(function.parameters[2].default?.constant == .string("{}"))
    #expect(function.returns == .builtin("text") && function.returnsSet)
    #expect(function.language == "plpgsql" && function.volatility == .stable)
    #expect(function.isStrict == true && function.isSecurityDefiner == true)
    #expect(function.body == " BEGIN DELETE FROM t; END ")
    #expect(procedure.isProcedure && procedure.returns == nil && procedure.body == "SELECT 1")
    #expect(atomic.language == "sql" && atomic.body == nil)
  }

  @Test(arguments: [
    ("CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", true),
    ("create function F ()\nreturns INTEGER language SQL as $$SELECT 1$$", true),
    ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'", false),
    ("CREATE FUNCTION f() RETURNS int LANGUAGE sql COST 7 AS 'SELECT 1'", false),
    ("CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = a AS 'SELECT 1'", false),
    ("CREATE FUNCTION f() RETURNS int RETURN 1", false),
    ("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END", false),
  ])
  func definitionsCompareByMeaning(sql: String, isEqual: Bool) throws {
    guard
      case .createFunction(let function) = try parseOne(
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
      case .createFunction(let other) = try parseOne(sql)
    else { return try #require(nil) }
    #expect((function.definition == other.definition) == isEqual)
    #expect(!other.definition.isEmpty)
  }

  @Test func triggers() throws {
    guard
      case .createTrigger(let trigger) = try parseOne(
        """
        CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF a, b ON s.t FOR EACH ROW
        WHEN (new.a IS NOT NULL) EXECUTE FUNCTION s.f('x')
        """),
      case .createTrigger(let constraint) = try parseOne(
        """
        CREATE CONSTRAINT TRIGGER tr AFTER UPDATE OR DELETE ON t FROM s.u DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE PROCEDURE f()
        """),
      case .createTrigger(let wide) = try parseOne(
        "CREATE TRIGGER tr AFTER UPDATE ON t REFERENCING NEW TABLE AS n OLD TABLE o EXECUTE FUNCTION f()"
      )
    else { return try #require(nil) }
    #expect(trigger.timing == .before && trigger.events == [.insert, .update])
    #expect(trigger.updateColumns == ["a", "b"] && trigger.forEachRow)
    #expect(trigger.function == QualifiedName(schema: "s", "f") && trigger.arguments == ["x"])
    #expect(
      trigger.condition?.conjuncts == [.isNotNull(ColumnReference(qualifier: ["new"], column: "a"))]
    )
    #expect(constraint.isConstraint && constraint.timing == .after)
    #expect(constraint.events == [.update, .delete])
    #expect(constraint.isDeferrable && constraint.isInitiallyDeferred)
    #expect(constraint.referencedTable == QualifiedName(schema: "s", "u"))
    #expect(wide.oldTable == "o" && wide.newTable == "n" && !wide.forEachRow)
  }
}

extension ObjectKind {
  /// The words that DROP has for a kind.
  fileprivate var dropWords: String {
    rawValue.uppercased()
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    var result = self
    result.replaceSubrange(range, with: text)
    return result
  }
}
