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
