// What a call of a function does beside returning a value.

import HashTreeCollections
import PostgresSyntax

private let builtinRoutines = Set(
  builtinRoutineNames.utf8.split { $0 == 10 || $0 == 32 }.map { String(Substring($0)) })

/// Functions that return another value with each row (`pg_proc.provolatile` = v), the usual
/// extensions' too; only those that are of use in a default.
private let volatileRoutines: Set<String> = [
  "clock_timestamp", "currval", "gen_random_uuid", "lastval", "nextval", "random", "setval",
  "timeofday", "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "gen_random_bytes",
  "gen_salt", "uuid_generate_v7", "uuidv7", "uuidv4", "txid_status", "current_query", "setseed",
  "pg_sleep", "pg_sleep_for", "pg_sleep_until",
]

/// Volatile functions of pg_catalog that change neither schema nor rows.
private let harmlessVolatileRoutines: Set<String> = [
  "clock_timestamp", "current_query", "currval", "gen_random_uuid", "lastval", "nextval",
  "pg_advisory_lock", "pg_advisory_lock_shared", "pg_advisory_unlock", "pg_advisory_unlock_all",
  "pg_advisory_unlock_shared", "pg_advisory_xact_lock", "pg_advisory_xact_lock_shared",
  "pg_try_advisory_lock", "pg_try_advisory_lock_shared", "pg_try_advisory_xact_lock",
  "pg_try_advisory_xact_lock_shared", "pg_blocking_pids", "pg_database_size", "pg_indexes_size",
  "pg_is_in_recovery", "pg_notify", "pg_relation_size", "pg_size_pretty", "pg_sleep",
  "pg_sleep_for", "pg_sleep_until", "pg_table_size", "pg_total_relation_size", "random",
  "setseed", "timeofday", "txid_status", "pg_current_wal_lsn", "pg_sequence_last_value",
  "uuidv4", "uuidv7",
]

/// Functions of pg_catalog that write, control the server or run text as SQL.
private let writingRoutines: Set<String> = [
  "lo_close", "lo_creat", "lo_create", "lo_export", "lo_from_bytea", "lo_import", "lo_lseek",
  "lo_lseek64", "lo_open", "lo_put", "lo_truncate", "lo_truncate64", "lo_unlink", "lowrite",
  "query_to_xml", "query_to_xml_and_xmlschema", "query_to_xmlschema", "cursor_to_xml",
  "cursor_to_xmlschema", "ts_stat", "ts_rewrite", "set_config", "setval",
  "pg_cancel_backend", "pg_terminate_backend", "pg_reload_conf", "pg_promote",
  "pg_create_logical_replication_slot", "pg_create_physical_replication_slot",
  "pg_drop_replication_slot", "pg_logical_emit_message", "pg_switch_wal",
  "pg_wal_replay_pause", "pg_wal_replay_resume", "pg_import_system_collations",
  "pg_extension_config_dump", "pg_nextoid", "pg_rotate_logfile", "brin_desummarize_range",
  "brin_summarize_new_values", "brin_summarize_range", "gin_clean_pending_list",
]

/// Functions of the usual extensions that only compute.
private let pureExtensionRoutines: Set<String> = [
  "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v3", "uuid_generate_v4",
  "uuid_generate_v5", "uuid_nil", "unaccent", "crypt", "digest", "hmac", "gen_random_bytes",
  "gen_salt", "similarity", "word_similarity", "hashtext", "hstore", "subpath", "nlevel",
  "text2ltree",
]

enum Volatility {
  case pure
  case volatile
  case unknown
}

extension Replay {
  func isBuiltin(_ name: QualifiedName) -> Bool {
    if name.schema == "pg_catalog" { return true }
    return name.schema == nil && builtinRoutines.contains(name.name)
  }

  /// Whether one of the usual extensions brings the function.
  func isOfExtension(_ name: QualifiedName) -> Bool { pureExtensionRoutines.contains(name.name) }

  /// Whether a value computed with the expression differs from row to row; unknown for functions
  /// of which nothing is known.
  func volatility(of expression: SQLExpression) -> Volatility {
    if expression.constant != nil || expression.functions.isEmpty { return .pure }
    var result = Volatility.pure
    for call in expression.functions {
      switch volatility(of: call.name) {
      case .pure: break
      case .volatile: return .volatile
      case .unknown: result = .unknown
      }
    }
    return result
  }

  private func volatility(of name: QualifiedName) -> Volatility {
    if let routine = knownRoutine(name), let definition = routine.definition {
      return (definition.volatility ?? .volatile) == .volatile ? .volatile : .pure
    }
    if volatileRoutines.contains(name.name) { return .volatile }
    if isBuiltin(name) { return .pure }
    return pureExtensionRoutines.contains(name.name) ? .pure : .unknown
  }

  func knownRoutine(_ name: QualifiedName) -> Routine? {
    catalog.routines[catalog.resolveRoutine(name)]?.value.first
  }

  /// Whether calling the function leaves schema and rows as they are.
  func isHarmless(_ call: FunctionCall) -> Bool {
    let name = call.name
    // One's own may be chosen before a built-in one of that name, by the types of the arguments.
    if let overloads = catalog.routines[catalog.resolveRoutine(name)]?.value {
      return overloads.allSatisfy(isHarmless)
    }
    if harmlessVolatileRoutines.contains(name.name) {
      return name.schema ?? "pg_catalog" == "pg_catalog"
    }
    if isBuiltin(name) { return !writingRoutines.contains(name.name) }
    return pureExtensionRoutines.contains(name.name)
  }

  /// Whether the history made a function of which it is not known that it only computes.
  var hasWritingRoutines: Bool {
    catalog.routines.values.contains { !$0.value.allSatisfy(isHarmless) }
  }

  /// A function that is not volatile cannot write itself (manual 38.7), but one that it calls can.
  private func isHarmless(_ routine: Routine) -> Bool {
    guard let definition = routine.definition, let volatility = definition.volatility,
      volatility != .volatile
    else { return false }
    let text = definition.definition.lowercased()
    return catalog.routines.values.allSatisfy { others in
      others.value.allSatisfy { other in
        other.id == routine.id || (other.definition?.volatility ?? .volatile) != .volatile
          || !text.contains(other.name.name.lowercased())
      }
    }
  }
}
