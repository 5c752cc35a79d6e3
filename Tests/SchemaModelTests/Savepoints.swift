// SAVEPOINT and RELEASE, as PostgreSQL 15 takes and refuses them.

import SchemaModel
import Testing

extension Failures {
  static let withoutSavepoint: [Case] = [
    Case("create table x (a int)", "release a", "3B001"),
    Case("create table x (a int)", "savepoint a; release savepoint b", "3B001"),
    Case("create table x (a int)", "savepoint a; release a; release a", "3B001"),
    Case("create table x (a int)", "savepoint a; savepoint b; release a; release b", "3B001"),
  ]

  static let withSavepoint: [(String, String)] = [
    ("create table x (a int)", "savepoint a"),
    ("create table x (a int)", "savepoint a; drop table x; release a"),
    ("create table x (a int)", "savepoint a; savepoint b; release b; release a"),
    ("create table x (a int)", "savepoint a; savepoint a; release a; release a"),
  ]

  /// As PostgreSQL 15 says outside of a transaction block, also where several statements are sent in one text.
  @Test(arguments: ["savepoint a", "release a"]) func needABlock(_ statement: String) {
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
    #expect(!history.run("savepoint a; drop table x; rollback to a").isUnderstood)
  }
}
