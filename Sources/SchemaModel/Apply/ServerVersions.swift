// What servers of older versions do not know yet.

import HashTreeCollections
import PostgresSyntax

/// The functions of pg_catalog with a name that was new in a version after 11, by that version
/// (release notes).
private let routineVersions: [String: Int] = [
  "sinh": 12, "cosh": 12, "tanh": 12, "asinh": 12, "acosh": 12, "atanh": 12, "log10": 12,
  "jsonb_path_exists": 12, "jsonb_path_match": 12, "jsonb_path_query": 12,
  "jsonb_path_query_array": 12, "jsonb_path_query_first": 12,
  "gen_random_uuid": 13, "gcd": 13, "lcm": 13, "min_scale": 13, "trim_scale": 13,
  "jsonb_set_lax": 13, "jsonb_path_exists_tz": 13, "jsonb_path_query_tz": 13,
  "date_bin": 14, "bit_count": 14, "bit_xor": 14, "string_to_table": 14, "unistr": 14,
  "trim_array": 14, "range_agg": 14, "range_intersect_agg": 14, "multirange": 14,
  "int4multirange": 14, "int8multirange": 14, "nummultirange": 14, "tsmultirange": 14,
  "tstzmultirange": 14, "datemultirange": 14,
  "regexp_count": 15, "regexp_instr": 15, "regexp_like": 15, "regexp_substr": 15,
]

extension Replay {
  /// Refuses what the server's grammar has no rule for (42601).
  mutating func requireVersion(for statement: Statement) throws(Refused) {
    guard context.serverVersion < 15, let form = statement.newestForm,
      context.serverVersion < form.version
    else { return }
    try fail("42601", .notSupported("\(form.name) before PostgreSQL \(form.version)"))
  }

  /// Refuses calls of functions that the server does not have, unless something else made them.
  mutating func requireVersion(for calls: [FunctionCall]) throws(Refused) {
    guard context.serverVersion < 15 else { return }
    for call in calls {
      guard let version = routineVersions[call.name.name], context.serverVersion < version,
        [nil, "pg_catalog"].contains(call.name.schema),
        catalog.routines[catalog.resolveRoutine(call.name)] == nil,
        extensionsByPart[call.name.name]?.contains(where: { catalog.extensions[$0] != nil }) != true
      else { continue }
      try fail(
        "42883", .missing(.function, call.name, of: nil),
        ifCertain: catalog.isComplete && catalog.extensions.count <= 1)
    }
  }
}

extension Statement {
  /// What it has that came last to PostgreSQL, and the major version that brought it; nil for what
  /// version 11 has.
  fileprivate var newestForm: (name: String, version: Int)? {
    switch self {
    case .merge: ("MERGE", 15)
    case .createTrigger(let trigger) where trigger.orReplace: ("CREATE OR REPLACE TRIGGER", 14)
    case .createFunction(let function)
    where function.body == nil && function.language.map { $0 == "sql" } == true:
      ("a body in SQL syntax", 14)
    case .createIndex(let index) where index.nullsNotDistinct: ("NULLS NOT DISTINCT", 15)
    case .reindex(let reindex) where reindex.concurrently: ("REINDEX CONCURRENTLY", 12)
    case .createSequence(let sequence) where sequence.persistence == .unlogged:
      ("an unlogged sequence", 15)
    case .publication(let publication)
    where !publication.schemas.isEmpty || !publication.columns.isEmpty
      || !publication.conditions.isEmpty:
      ("this form of a publication", 15)
    case .createTable(let table):
      (table.columns.flatMap(\.constraints).map(\.kind) + table.constraints.map(\.kind))
        .contains(where: \.hasNullsNotDistinct) ? ("NULLS NOT DISTINCT", 15) : nil
    case .alterTable(let table):
      table.commands.compactMap(\.newestForm).max { $0.version < $1.version }
    default: nil
    }
  }
}

extension AlterTableCommand {
  fileprivate var newestForm: (name: String, version: Int)? {
    switch self {
    case .setCompression: ("SET COMPRESSION", 14)
    case .dropExpression: ("DROP EXPRESSION", 13)
    case .detachPartition(_, concurrently: true), .detachPartitionFinalize:
      ("DETACH PARTITION CONCURRENTLY", 14)
    case .setAccessMethod: ("SET ACCESS METHOD", 15)
    case .addConstraint(let constraint) where constraint.kind.hasNullsNotDistinct:
      ("NULLS NOT DISTINCT", 15)
    default: nil
    }
  }
}

extension TableConstraint.Kind {
  fileprivate var hasNullsNotDistinct: Bool {
    if case .unique(let key) = self { key.nullsNotDistinct } else { false }
  }
}
