// What PostgreSQL 15 refuses because its transaction is not done with a table, or because there is a transaction, and
// statements whose names it refuses while it reads them; beside each what it takes.

import SchemaModel
import Testing

extension Failures {
  private static let deferred =
    "create table p (id int primary key, a int); "
    + "create table x (id int primary key, b int constraint f references p "
    + "deferrable initially deferred); insert into p values (1, 1), (2, 2)"
  private static let immediate =
    "create table p (id int primary key); "
    + "create table x (id int primary key, b int constraint f references p deferrable); "
    + "insert into p values (1)"
  private static let parts =
    "create table x (id int, a int) partition by range (id); "
    + "create table x1 partition of x for values from (0) to (9); create index i on x (a); "
    + "create table y (id int primary key, a int); create index j on y (a)"
  private static let enqueue = "insert into x values (1, 1)"

  static let busy: [Case] = [
    Case(deferred, enqueue + "; alter table x add c int", "55006"),
    Case(deferred, "insert into x values (1, null); alter table x add c int", "55006"),
    Case(deferred, enqueue + "; create index i on x (b)", "55006"),
    Case(deferred, enqueue + "; drop table x", "55006"),
    Case(deferred, enqueue + "; truncate x", "55006"),
    Case(deferred, enqueue + "; alter table x owner to current_user", "55006"),
    Case(
      immediate, "set constraints all deferred; \(enqueue); alter table x add c int", "55006"),
    Case(immediate, "set constraints f deferred; \(enqueue); alter table x add c int", "55006"),
    Case(deferred, "declare c cursor for select * from p; alter table p add c int", "55006"),
    Case(deferred, "declare c cursor for select * from p; drop table p cascade", "55006"),
    Case(
      deferred, "declare c cursor for select * from p; alter table x drop constraint f", "55006"),
    Case(parts, "reindex table x", "25001"),
    Case(parts, "reindex index i", "25001"),
    Case(parts, "cluster x using i", "25001"),
    Case(parts, "update y set a = 1 from y where y.id = 2", "42712"),
    Case(parts, "delete from y using y where y.id = 2", "42712"),
    Case(parts, "update y set a = 1 from x y where y.id = 2", "42712"),
    Case(parts, "insert into y (id, id) values (1, 2)", "42701"),
    Case(parts, "update y set a = 1, a = 2", "42601"),
    Case(parts, "select y.* from y z", "42P01"),
    Case(parts, "select nope.* from y", "42P01"),
  ]

  private static let typed = "create table x (id int, a text, c int)"

  /// Definitions that compare a column with what its type is not compared with, or return it as another type.
  static let mistyped: [Case] = [
    Case(typed, "create rule r as on delete to x where old.a > 0 do also nothing", "42883"),
    Case(typed, "create statistics s on (a > 0), id from x", "42883"),
    Case(typed, "create statistics s on (a = c), id from x", "42883"),
    Case(typed, "create publication p for table x where (a > 0)", "42883"),
    Case(
      typed,
      "create function f() returns bigint language sql as 'select count(*) from x where a > 0'",
      "42883"),
    Case(
      typed, "create function f() returns int language sql as 'select a from x'", "42P13"),
    Case(
      typed, "create function f() returns setof int language sql as 'select a from x'", "42P13"),
  ]

  static let welltyped: [(String, String)] = [
    (typed, "create rule r as on delete to x where old.c > 0 do also nothing"),
    (typed, "create statistics s on (c > 0), id from x"),
    (typed, "create publication p for table x where (c > 0)"),
    (typed, "create function f() returns bigint language sql as 'select c from x where c > 0'"),
    (typed, "create function f() returns text language sql as 'select c from x'"),
    (typed, "create function f(a int) returns int language sql as 'select c from x where c > f.a'"),
    (typed, "create function f(int) returns int language sql as 'select c from x where c > $1'"),
  ]

  static let idle: [(String, String)] = [
    (deferred, enqueue + "; alter table x rename b to c"),
    (deferred, enqueue + "; alter table p add c int"),
    (deferred, enqueue + "; drop table p cascade"),
    (deferred, enqueue + "; set constraints all immediate; alter table x add c int"),
    (deferred, "update p set a = 5; alter table p add c int"),
    (deferred, "delete from x; alter table x add c int"),
    (immediate, enqueue + "; alter table x add c int"),
    (deferred, "declare c cursor for select * from p; alter table p rename a to c"),
    (deferred, "declare c cursor for select * from p; alter table x add c int"),
    (parts, "reindex table y"), (parts, "reindex table x1"), (parts, "cluster y using j"),
    (parts, "update y set a = 1 from y z where y.id = z.id"),
    (parts, "delete from y using x where y.id = x.id"),
    (parts, "update y z set a = 1 from y where y.id = z.id"),
    (parts, "select z.* from y z"), (parts, "select y.*, x.id from y join x on x.id = y.id"),
  ]

  /// As PostgreSQL 15 says outside of a transaction.
  @Test(
    arguments: [
      ("drop index concurrently i", "0A000"), ("drop index concurrently j cascade", "0A000"),
      ("drop index concurrently j, k", "0A000"), ("drop index concurrently j", nil),
      ("declare c cursor for select * from y", "25P01"),
      ("declare c cursor with hold for select * from y", nil), ("reindex table x", nil),
    ] as [(String, String?)])
  func outsideOfTransactions(_ statement: String, _ state: String?) {
    var history = History(Self.parts + "; create index k on y (a)")
    history.isInTransaction = false
    #expect(history.run(statement).certainState == state)
  }

  /// What the rows decide: there are none to wait for where a DELETE finds none.
  static let busyWithRows: [Case] = [
    Case(
      "create table x (id int primary key, a int references x deferrable initially deferred)",
      "delete from x where id = 9; alter table x drop a", "55006",
      rows: "insert into x values (9)"),
    Case(
      "create table x (id int primary key, a int references x deferrable initially deferred)",
      "delete from x; alter table x drop a", "55006", rows: "insert into x values (9)"),
  ]
}
