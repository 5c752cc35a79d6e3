// The schema model beside a real server: the same statements, the same catalogs, locks and errors.

import Foundation
import PostgresSyntax
import TestSupport
import Testing

@testable import SchemaModel

@Suite(.serialized) struct BesideARealServer {
  @Test(arguments: [Histories.objects, Histories.blocks])
  func catalogsAreEqualAfterEachStatement(history text: String) async throws {
    let statements = text.components(separatedBy: "\n;;\n")
    let script = statements.map { statement in
      """
      \(statement);
      \\echo '== ' :SQLSTATE
      set search_path = pg_catalog, public;
      \(catalogLinesQuery.replacing("\n", with: " "));
      reset search_path;
      """
    }
    var pathIsSet = false
    // The comparison resets the search path, which some of the statements set.
    let adjusted = zip(statements, script).map { statement, text in
      if statement.hasPrefix("set search_path") { pathIsSet = true }
      if statement.hasPrefix("reset search_path") { pathIsSet = false }
      return pathIsSet
        ? text.replacing("reset search_path;", with: "set search_path = other, public;") : text
    }
    let blocks = try await answers(of: adjusted.joined(separator: "\n"))
    try #require(blocks.count == statements.count)

    var history = History()
    history.isInTransaction = false
    for (statement, block) in zip(statements, blocks) {
      let outcome = history.run(statement)
      history.next()
      #expect((outcome.certainState ?? "00000") == block.state, "\(statement)")
      let expected = Set(block.lines)
      let found = Set(catalogLines(history.catalog))
      let missing = expected.subtracting(found).filter { !isTypeUnknown($0, in: found) }
      let extra = found.subtracting(expected).filter { !$0.contains(" ? ") }
      #expect(missing.isEmpty && extra.isEmpty, "\(statement): \(missing) \(extra)")
    }
  }

  /// The type of a computed column is one that the model may leave open.
  private func isTypeUnknown(_ line: String, in found: Set<String>) -> Bool {
    let words = line.split(separator: " ")
    guard words.count > 4, words[0] == "column" else { return false }
    return found.contains { $0.hasPrefix(words[0..<4].joined(separator: " ") + " ? ") }
  }

  @Test func locksRewritesAndScansAreAsPredicted() async throws {
    let rows = MeasuredBehaviour.rows
    let script = rows.map { row in
      """
      begin;
      set local timezone = 'UTC';
      create temp table before on commit drop as
        select oid, relname, relkind, relfilenode from pg_class
        where relnamespace = 'public'::regnamespace;
      savepoint s;
      \(row.statement);
      \\echo '== ' :SQLSTATE
      select 'lock ' || coalesce(b.relname, c.relname) || ':' || replace(mode, 'Lock', '')
        from pg_locks l left join before b on b.oid = l.relation
        left join pg_class c on c.oid = l.relation and c.relnamespace = 'public'::regnamespace
        where pid = pg_backend_pid() and locktype = 'relation'
        and coalesce(b.relkind, c.relkind) in ('r', 'p', 'v', 'm')
      union all
      select 'rewrite ' || b.relname from before b join pg_class c using (oid)
        where b.relfilenode <> c.relfilenode and c.relkind in ('r', 'm');
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
      let strongest = strongestLocks(block.lines)
      #expect(outcome.lockWords == strongest, "\(row)")
      let rewritten = block.lines.filter { $0.hasPrefix("rewrite ") }
        .map { String($0.dropFirst(8)) }.sorted()
      #expect(outcome.rewrittenTables == rewritten, "\(row)")
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

  private func strongestLocks(_ lines: [String]) -> [String] {
    var strongest: [String: LockMode] = [:]
    for line in lines where line.hasPrefix("lock ") {
      let parts = line.dropFirst(5).split(separator: ":").map(String.init)
      guard parts.count == 2,
        let mode = LockMode.allCases.first(where: { $0.catalogName == parts[1] + "Lock" })
      else { continue }
      strongest[parts[0]] = max(strongest[parts[0]] ?? mode, mode)
    }
    return strongest.map { "\($0.key):\($0.value.catalogName.dropLast(4))" }.sorted()
  }

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

  // MARK: The server

  private struct Block {
    var state: String
    var lines: [String]
  }

  /// What psql answers, in blocks that begin with `==` and a SQLSTATE.
  private func answers(of script: String) async throws -> [Block] {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "script.sql")
      try Data(script.utf8).write(to: file)
      let start = """
        source "$1/Fixtures/tools/throwaway_postgres.sh"
        start_postgres model >/dev/null
        psql -XAtq -f "$2"
        """
      let outcome = try await run(
        ["/bin/bash", "-c", start, "bash", repository.path, file.path], seconds: 300)
      let text = "\n" + outcome.outputText
      return text.components(separatedBy: "\n== ").dropFirst().map { block in
        let lines = block.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        return Block(
          state: (lines.first ?? "").trimmingCharacters(in: .whitespaces),
          lines: Array(lines.dropFirst()))
      }
    }
  }
}
