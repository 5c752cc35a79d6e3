// What a real PostgreSQL answers to a script, in a server that is started for it and stopped after it.

import Foundation
import TestSupport

/// What psql printed from one `\echo '== ' STATE` to the next.
struct AnswerBlock {
  /// The word after `==`, as a rule a SQLSTATE.
  var state: String
  var lines: [String]

  /// What stands after a word in the lines that begin with it.
  func values(_ word: String) -> [String] {
    lines.filter { $0.hasPrefix(word + " ") }.map { String($0.dropFirst(word.count + 1)) }
  }
}

struct NoAnswer: Error {
  var errors: String
}

/// Runs a script of psql as the superuser of an empty database.
/// - Parameter seconds: the time that psql may take.
func answers(of script: String, seconds: Int = 200) async throws -> [AnswerBlock] {
  try await withTemporaryDirectory { directory in
    let file = directory.appending(path: "script.sql")
    try Data(script.utf8).write(to: file)
    // The deadline of psql comes before that of the shell, which stops the server.
    let start = """
      source "$1/Fixtures/tools/throwaway_postgres.sh"
      start_postgres model >/dev/null || exit 1
      timeout \(seconds) psql -XAtq -f "$2"
      """
    let outcome = try await run(
      ["/bin/bash", "-c", start, "bash", repository.path, file.path], seconds: Double(seconds + 100)
    )
    let blocks = ("\n" + outcome.outputText).components(separatedBy: "\n== ").dropFirst()
    if blocks.isEmpty { throw NoAnswer(errors: outcome.errorText) }
    return blocks.map { block in
      let lines = block.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
      return AnswerBlock(
        state: (lines.first ?? "").trimmingCharacters(in: .whitespaces),
        lines: Array(lines.dropFirst()))
    }
  }
}

/// Empties the database, and begins a session anew; not inside a transaction.
let freshDatabase = """
  discard all;
  do $$ declare statement text; begin
    for statement in
      select format('drop schema %I cascade', nspname) from pg_namespace
        where nspname !~ '^pg_' and nspname <> 'information_schema'
      union all select format('drop publication %I', pubname) from pg_publication
      union all select format('drop access method %I', amname) from pg_am where oid >= 16384
    loop execute statement; end loop;
    create schema public;
    grant usage on schema public to public;
  end $$;
  """

/// psql's part of a measurement: what the statements between two of its halves do to the tables and
/// views that are there before them.
enum Measurement {
  /// To run at the beginning of a transaction, or outside of one.
  static let begin = """
    select pg_stat_force_next_flush() \\gset
    create temp table before as
      select oid, relname, relkind, relfilenode, pg_stat_get_numscans(oid) as scans,
        pg_stat_get_xact_numscans(oid) as own_scans
      from pg_class where relkind in ('r', 'p', 'v', 'm', 'i', 'I') and relpersistence <> 't'
        and relnamespace <> all ('{pg_catalog,information_schema,pg_toast}'::regnamespace[]);
    """

  /// Prints `lock TABLE:Mode`, `indexlock INDEX:Mode`, `rewrite TABLE`, `scan TABLE` and `rebuild INDEX` of the transaction.
  static let inTransaction = """
    select case when relkind in ('i', 'I') then 'indexlock ' else 'lock ' end || relname || ':'
        || replace(mode, 'Lock', '') from pg_locks l
      join before b on b.oid = l.relation where pid = pg_backend_pid() and locktype = 'relation'
    union select 'scan ' || relname from before
      where pg_stat_get_xact_numscans(oid) > own_scans and relkind <> 'i'
    union \(rewrites);
    """

  /// Prints the same, without the locks, of what is committed.
  static let afterwards = """
    select pg_stat_force_next_flush() \\gset
    select 'scan ' || relname from before
      where pg_stat_get_numscans(oid) > scans and relkind <> 'i'
    union \(rewrites);
    """

  private static let rewrites = """
    select 'rewrite ' || b.relname from before b join pg_class c using (oid)
      where b.relfilenode <> c.relfilenode and c.relkind in ('r', 'm')
    union select 'rebuild ' || b.relname from before b join pg_class c using (relname)
      where b.relfilenode <> c.relfilenode and c.relkind = 'i'
    """
}
