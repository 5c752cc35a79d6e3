// What PostgreSQL allows and what is followed: beyond it a statement fails or is not understood.

import PostgresSyntax
import SchemaModel
import Testing

@Suite struct LimitTests {
  /// "tables can have at most 1600 columns" (54011).
  @Test func tablesHaveAtMost1600Columns() throws {
    func columns(_ count: Int) -> String {
      "create table t (" + (0..<count).map { "c\($0) int" }.joined(separator: ", ") + ")"
    }
    var history = History()
    #expect(history.run(columns(1601)).certainState == "54011")
    #expect(history.run(columns(1600)).certainState == nil)
    #expect(try history.table("t").columns.count == 1600)
    #expect(history.run("alter table t add c int").certainState == "54011")
    #expect(history.run("alter table t add if not exists c7 int").certainState == nil)
  }

  /// Of more columns than a table can have (54011), as joins of a view with itself come to, none is known.
  @Test func queriesOfMoreColumnsThanATableCanHaveAreNotFollowed() throws {
    var history = History("create table t (a int); create view v0 as select a from t")
    for number in 1...10 {
      let names = (0..<(1 << number)).map { "c\($0)" }.joined(separator: ", ")
      history.run(
        "create view v\(number) (\(names)) as "
          + "select x.*, y.* from v\(number - 1) x, v\(number - 1) y")
    }
    #expect(history.catalog.view(QualifiedName(schema: "public", "v10"))?.columns.count == 1024)
    for number in 11...40 {
      history.run(
        "create view v\(number) as select x.*, y.* from v\(number - 1) x, v\(number - 1) y")
      #expect(history.catalog.view(QualifiedName(schema: "public", "v\(number)"))?.isKnown == false)
    }
  }

  /// A table that inherits from two children of one table is renamed once.
  @Test func aColumnOfManyHeirsIsRenamedOnceInEach() throws {
    var history = History("create table t (a int, b int)")
    history.run("create table l0() inherits (t); create table r0() inherits (t)")
    for number in 1...30 {
      for side in ["l", "r"] {
        history.run("create table \(side)\(number)() inherits (l\(number - 1), r\(number - 1))")
      }
    }
    let outcome = history.run("alter table t rename column a to q")
    #expect(outcome.failures.isEmpty)
    #expect(outcome.locks.count == 63)
    #expect(try history.table("r30").columns.map(\.name) == ["q", "b"])
  }

  /// Each statement looks at all heirs, which is no work for few of them.
  @Test(arguments: [(20, true), (200, false)])
  func aStepIsFollowedAsFarAsItsAllowanceGoes(heirs: Int, isFollowed: Bool) {
    var history = History("create table p (a int)")
    for number in 0..<heirs { history.run("create table h\(number) () inherits (p)") }
    history.allowance = Allowance(statements: 1)
    let outcomes = (0..<150).map { _ in history.run("delete from p") }
    #expect(outcomes[0].isUnderstood)
    #expect(outcomes.allSatisfy(\.isUnderstood) == isFollowed)
    #expect(outcomes.flatMap(\.failures).isEmpty)
    #expect(history.catalog.isComplete == isFollowed)
    history.allowance = Allowance(statements: 1)
    #expect(history.run("create table q (a int)").isUnderstood)
  }

  /// PostgreSQL's modifiers are 32 bits wide; what is larger is no number that could be computed with.
  @Test(arguments: [
    "create table t (a numeric(-9223372036854775808,2) default 1)",
    "create table t (a numeric(5,2)); alter table t alter a type numeric(-9223372036854775808,2)",
    "create table t (a int); alter table t alter a type numeric(2,-9223372036854775808)",
    "create table t (a int); alter table t alter a type numeric(9223372036854775807,-2)",
    "create table t (a numeric(-9223372036854775808)); insert into t values ('1.5')",
    "create table t (a bit(2305843009213693952)); create index on t (a)",
    "create table t (a bit varying(9223372036854775807)); alter table t alter a type bit(3)",
  ])
  func modifiersOf64BitsAreWords(script: String) throws {
    var history = History()
    let outcomes = history.runAll(script)
    let written =
      outcomes.flatMap(\.effects).flatMap { effect in
        switch effect {
        case .tableCreated(let table): table.columns.map(\.type)
        default: [DataType?]()
        }
      } + [try history.table("t").column("a")?.type]
    #expect(written.contains { if case .text? = $0?.modifiers { true } else { false } })
  }

  @Test(arguments: [
    "create index on t (a);", "alter table t add unique (a);", "alter table t add check (a > 0);",
    "alter table t add foreign key (a) references t;",
  ])
  func partsOfATableAreFollowedUpToALimit(statement: String) throws {
    var history = History("create table t (a int primary key)")
    #expect(history.run(String(repeating: statement, count: 100)).isUnderstood)
    #expect(history.catalog.isComplete)
    let outcome = history.run(String(repeating: statement, count: 500))
    #expect(!outcome.isUnderstood)
    #expect(outcome.failures.isEmpty)
    #expect(!history.catalog.isComplete)
    let table = try history.table("t")
    #expect(table.indexes.count + table.constraints.count <= 502)
  }

  @Test func labelsAddedOneByOneAreFollowedUpToALimit() {
    let labels = (0..<2000).map { "'l\($0)'" }.joined(separator: ", ")
    var history = History("create type e as enum (\(labels))")
    #expect(!history.run("alter type e add value 'more'").isUnderstood)
    #expect(!history.catalog.isComplete)
  }

  /// Each new partition locks the default one, under whatever name.
  @Test func defaultPartitionIsLocked() {
    var history = History(
      """
      create table p (a int) partition by list (a);
      create table d partition of p default;
      alter table d rename to e;
      alter table p rename to q
      """)
    let first = history.run("create table p1 partition of q for values in (1)")
    #expect(first.lockWords.contains("e:AccessExclusive"))
    history.run("alter table q detach partition e")
    let second = history.run("create table p2 partition of q for values in (2)")
    #expect(!second.lockWords.contains { $0.hasPrefix("e:") })
    history.run("create table f (a int); alter table q attach partition f default")
    let third = history.run("create table p3 partition of q for values in (3)")
    #expect(third.lockWords.contains("f:AccessExclusive"))
  }
}
