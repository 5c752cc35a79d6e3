// SAVEPOINT and RELEASE, as PostgreSQL 15 takes and refuses them.

import SchemaModel
import Testing

extension Failures {
  static let withoutSavepoint: [Case] = [
    Case("create table x (a int)", "release a", "3B001"),
    Case("create table x (a int)", "savepoint a; release savepoint b", "3B001"),
    Case("create table x (a int)", "savepoint a; release a; release a", "3B001"),
    Case("create table x (a int)", "savepoint a; savepoint b; release a; release b", "3B001"),
    Case("create table x (a int)", "rollback to a", "3B001"),
    Case("create table x (a int)", "savepoint a; savepoint b; rollback to a; release b", "3B001"),
    Case("create table x (a int)", "savepoint a; savepoint b; release a; rollback to b", "3B001"),
    Case("", "savepoint a; create table x (a int); rollback to a; drop table x", "42P01"),
    Case(
      "create table x (a int)", "savepoint a; drop table x; rollback to a; create table x ()",
      "42P07"),
    Case(
      "create table x (a int)",
      "savepoint a; savepoint a; drop table x; rollback to a; alter table x add a int", "42701"),
    Case(
      "create schema s; create table x (a int)",
      "savepoint a; set search_path = s; rollback to a; create table x ()", "42P07"),
  ]

  static let withSavepoint: [(String, String)] = [
    ("create table x (a int)", "savepoint a"),
    ("create table x (a int)", "savepoint a; drop table x; release a"),
    ("create table x (a int)", "savepoint a; savepoint b; release b; release a"),
    ("create table x (a int)", "savepoint a; savepoint a; release a; release a"),
    ("create table x (a int)", "savepoint a; drop table x; rollback to a; drop table x"),
    (
      "create table x (a int)",
      "savepoint a; alter table x add b int; rollback to a; alter table x add b int"
    ),
    (
      "create table x (a int)", "savepoint a; drop table x; rollback to a; rollback to a; release a"
    ),
    (
      "create table x (a int)",
      "savepoint a; savepoint b; drop table x; rollback to b; alter table x drop a"
    ),
    ("", "savepoint a; create type e as enum ('a'); rollback to a; create type e as (a int)"),
  ]

  /// As PostgreSQL 15 says outside of a transaction block, also where several statements are sent in one text.
  @Test(arguments: ["savepoint a", "release a", "rollback to a"]) func needABlock(
    _ statement: String
  ) {
    var history = History("create table x (a int)")
    history.isInBlock = false
    #expect(history.run(statement).certainState == "25P01")
    history.isInTransaction = false
    #expect(history.run(statement).certainState == "25P01")
  }

  @Test func savepointsAreThoseOfTheTransaction() {
    var history = History("create table x (a int); savepoint a")
    #expect(history.run("release a").certainState == "3B001")
  }

  @Test func savepointsChangeNothing() {
    var history = History("create table x (a int)")
    let before = history.catalog
    #expect(history.run("savepoint a; release a").isUnderstood)
    #expect(history.catalog.differences(from: before).isEmpty)
    #expect(history.run("savepoint a; drop table x; rollback to a").isUnderstood)
    #expect(history.catalog.differences(from: before).isEmpty)
  }

  /// What is not known may have ended the transaction.
  @Test func whatIsNotKnownIsNotUndone() {
    var history = History("create table x (a int)")
    #expect(!history.run("savepoint a; do language c 'x'; rollback to a").isUnderstood)
    #expect(history.run("create table x (a int)").certainState == nil)
  }
}
