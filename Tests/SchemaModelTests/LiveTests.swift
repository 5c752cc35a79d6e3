// The schema model beside a real server: the same statements, the same catalogs, locks and errors.

import Foundation
import PostgresSyntax
import Testing

@testable import SchemaModel

@Suite(.serialized) struct BesideARealServer {
  @Test func indexesAreNamedAlike() async throws {
    let script = IndexNames.rows.map { row in
      """
      begin;
      \(IndexNames.schema)
      create index on t (\(row.keys));
      \\echo '== ' :SQLSTATE
      select indexrelid::regclass from pg_index where indrelid = 't'::regclass and not indisprimary;
      rollback;
      """
    }
    let blocks = try await answers(of: script.joined(separator: "\n"))
    try #require(blocks.count == IndexNames.rows.count)
    for (row, block) in zip(IndexNames.rows, blocks) {
      #expect(block.lines == [row.name], "\(row.keys)")
    }
  }

  @Test func locksRewritesAndScansAreAsPredicted() async throws {
    let rows = MeasuredBehaviour.rows
    let script = rows.map { row in
      """
      begin;
      set local timezone = 'UTC';
      \(Measurement.begin)
      \(row.statement);
      \\echo '== ' :SQLSTATE
      \(Measurement.inTransaction)
      rollback;
      """
    }
    let preparation = "\(Measured.schema);\n\(Self.filling)\n"
    let blocks = try await answers(of: preparation + script.joined(separator: "\n"))
    try #require(blocks.count == rows.count)
    for (row, block) in zip(rows, blocks) {
      var history = History(Measured.schema)
      let outcome = history.run(row.statement)
      guard block.state == "00000" else {
        #expect(outcome.failures.contains { $0.sqlState == block.state }, "\(row): \(block.state)")
        continue
      }
      #expect(outcome.certainState == nil, "\(row)")
      let before = outcome.ofOlder
      #expect(before.locks == strongestLocks(block.values("lock")), "\(row)")
      if row.namesIndex {
        #expect(before.indexLocks == strongestLocks(block.values("indexlock")), "\(row)")
      }
      #expect(before.rewrites == block.values("rewrite").sorted(), "\(row)")
      #expect(before.rebuilds == block.values("rebuild").sorted(), "\(row)")
      // Whether an index spares the reading is the planner's choice; the new indexes of a table that
      // was emptied are built from nothing.
      if row.isPlanned || row.statement.hasPrefix("truncate") { continue }
      #expect(before.scans == block.values("scan").sorted(), "\(row)")
    }
  }

  @Test func failuresAreAsPredicted() async throws {
    let cases =
      Failures.onRows + Failures.ofRows + Failures.suitable + Failures.certain
      + Failures.allRefused + Failures.busyWithRows
      + Failures.allPerhapsRefused
      + [Failures.withoutGrammar]
    let empty = (Failures.onRows + Failures.busyWithRows).map {
      Failures.Case($0.schema, $0.statement, "00000")
    }
    let fine =
      (Failures.allTaken + Failures.allOfRows).map {
        Failures.Case($0.0, $0.1, "00000")
      }
    let all = cases + empty + fine
    let script = all.map { item in
      """
      begin;
      \(item.schema);
      \\echo '== ' :SQLSTATE
      \(item.rows);
      \(item.statement);
      \\echo '== ' :SQLSTATE
      rollback;
      """
    }
    let blocks = try await answers(of: script.joined(separator: "\n"))
    try #require(blocks.count == 2 * all.count)
    for (place, item) in all.enumerated() {
      let (schema, statement) = (blocks[2 * place].state, blocks[2 * place + 1].state)
      #expect(
        (schema == "00000" ? statement : schema) == item.state,
        "\(item.schema); \(item.rows); \(item.statement)")
    }
  }

  @Test func questionsAskedTooEarlyDoNotTell() async throws {
    let script = Failures.askedTooEarly.map { before, statement in
      "begin;\n\(Failures.early)\n\(before);\n\(statement);\n\\echo '== ' :SQLSTATE\nrollback;"
    }
    let blocks = try await answers(of: script.joined(separator: "\n"))
    try #require(blocks.count == script.count)
    for (item, block) in zip(Failures.askedTooEarly, blocks) {
      #expect(block.state == "00000", "\(item)")
    }
  }

  @Test func valuesAreLostWithoutAWord() async throws {
    let script = Failures.silentLosses.map { loss in
      """
      begin;
      set local timezone = 'UTC';
      create table x (a \(loss.from));
      insert into x values ('\(loss.value)');
      \(loss.statement);
      \\echo '== ' :SQLSTATE
      select a from x;
      rollback;
      """
    }
    let blocks = try await answers(of: script.joined(separator: "\n"))
    try #require(blocks.count == script.count)
    for (loss, block) in zip(Failures.silentLosses, blocks) {
      #expect(block.state == "00000", "\(loss.statement)")
      #expect(block.lines == [loss.valueAfter], "\(loss.statement)")
    }
  }

  private static let filling = """
    INSERT INTO parent SELECT g, 'x' FROM generate_series(1, 1000) g;
    ALTER TABLE t DISABLE TRIGGER tr;
    INSERT INTO t SELECT g, g, 'b', 'c', 1, 1, now(), now(), 'x', '{}', '10.0.0.0/8', 'ok', 1, g, g
      FROM generate_series(1, 1000) g;
    ALTER TABLE t ENABLE TRIGGER tr;
    INSERT INTO part SELECT g % 100 FROM generate_series(1, 500) g;
    INSERT INTO part VALUES (5000);
    INSERT INTO loose SELECT 100 + g % 100 FROM generate_series(1, 500) g;
    REFRESH MATERIALIZED VIEW mv;
    """

  /// To write the list anew, print what the query returns.
  @Test func builtinRoutinesAreFresh() async throws {
    let query = """
      select distinct proname from pg_proc p where pronamespace = 'pg_catalog'::regnamespace
        and prokind in ('f', 'a', 'w')
        and not exists (select 1 from pg_operator o where o.oprcode = p.oid)
        and not exists (select 1 from pg_type t where p.oid in (t.typinput, t.typoutput,
          t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze, t.typsubscript))
        and not exists (select 1 from pg_amproc a where a.amproc = p.oid)
        and 'internal'::regtype <> all (proargtypes)
        and prorettype not in ('trigger'::regtype, 'internal'::regtype)
        and proname !~ '^(pg_stat_get|binary_upgrade|pg_replication_origin|RI_|plpgsql_)'
      """
    let blocks = try await answers(
      of: "show server_version_num \\gset\n\\echo '== ' :server_version_num\n\(query);")
    let block = try #require(blocks.first)
    guard block.state.hasPrefix("15") else { return }
    let listed = builtinRoutineNames.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(Set(listed) == Set(block.lines))
  }
}
