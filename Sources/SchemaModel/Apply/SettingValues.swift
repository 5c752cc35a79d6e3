// Which values settings take (manual, 20): the others end SET with an error.

import HashTreeCollections
import PostgresSyntax

/// The words that settings of few values take, in lower case; `on` stands for all words of a boolean.
private let settingWords: [String: Set<String>] = [
  "backslash_quote": ["safe_encoding", "on", "off"],
  "bytea_output": ["escape", "hex"],
  "check_function_bodies": ["on", "off"],
  "client_min_messages": [
    "debug", "debug1", "debug2", "debug3", "debug4", "debug5", "log", "info", "notice", "warning",
    "error",
  ],
  "constraint_exclusion": ["partition", "on", "off"],
  "default_toast_compression": ["pglz", "lz4"],
  "default_with_oids": ["false", "off", "no", "0"],
  "intervalstyle": ["postgres", "postgres_verbose", "sql_standard", "iso_8601"],
  "log_statement": ["none", "ddl", "mod", "all"],
  "synchronous_commit": ["local", "remote_write", "remote_apply", "on", "off"],
  "xmloption": ["content", "document"],
]

private let booleanWords: Set<String> = ["on", "off", "true", "false", "yes", "no", "1", "0"]

/// The units of settings (manual, 20.1.1); without one it is the setting's own.
let unitsOfTime: Set<String> = ["", "us", "ms", "s", "min", "h", "d"]
private let unitsOfMemory: Set<String> = ["B", "kB", "MB", "GB", "TB"]

/// Settings that take a number, most with a unit.
private let numericSettings: Set<String> = [
  "commit_delay", "effective_cache_size", "idle_session_timeout", "log_min_duration_statement",
  "maintenance_work_mem", "max_parallel_maintenance_workers", "max_parallel_workers",
  "max_parallel_workers_per_gather", "random_page_cost", "temp_buffers", "work_mem",
]

/// Settings beside the harmless ones that steps put back to what they are by themselves.
private let otherSettings: Set<String> = [
  "statement_timeout", "transaction_timeout", "row_security", "standard_conforming_strings",
  "default_transaction_read_only", "transaction_read_only", "default_transaction_isolation",
  "transaction_isolation", "role", "session_authorization", "session_replication_role", "jit",
  "seq_page_cost", "escape_string_warning", "array_nulls", "deadlock_timeout",
  "extra_float_digits", "force_parallel_mode", "parallel_setup_cost", "parallel_tuple_cost",
]

extension Replay {
  /// Names without a schema are looked up elsewhere where the role or database has a path of its own, unless
  /// the step sets one.
  mutating func doubtPath() {
    guard catalog.hasOtherPath, catalog.searchPath == ["public"],
      !outcome.effects.isEmpty || !outcome.locks.isEmpty
    else { return }
    doubt(.all, .setting("search_path"))
  }

  /// Whether a setting that does no harm takes a value.
  func isValue(_ values: [SQLConstant], _ texts: [String], of name: String) -> Bool {
    if let words = settingWords[name] {
      guard texts.count == 1 else { return false }
      let text = texts[0].lowercased()
      return words.contains(text) || words.contains("on") && booleanWords.contains(text)
        || values == [.boolean(true)] && words.contains("on")
        || values == [.boolean(false)] && words.contains("off")
    }
    if numericSettings.contains(name) {
      return texts.count == 1 && isSize(values[0], texts[0])
    }
    switch name {
    case "default_tablespace": return texts == [""] || texts == ["pg_default"]
    case "default_table_access_method": return texts == ["heap"]
    case "client_encoding": return texts.count == 1 && isEncoding(texts[0])
    default: return true
    }
  }

  private func isSize(_ value: SQLConstant, _ text: String) -> Bool {
    if case .number = value { return true }
    return isAmount(text, in: unitsOfTime.union(unitsOfMemory))
  }

  /// Whether a text is a number with one of the units.
  func isAmount(_ text: String, in units: Set<String>) -> Bool {
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(number.count).drop { $0 == " " }
    return !number.isEmpty && units.contains(String(unit))
  }

  private func isEncoding(_ text: String) -> Bool {
    let name = text.lowercased().filter { $0.isLetter || $0.isNumber }
    return ["utf8", "unicode", "latin1", "sqlascii", "win1252"].contains(name)
  }

  func isOff(_ values: [SQLConstant]) -> Bool {
    switch values.first {
    case .boolean(let value)?: !value
    case .string(let text)?: ["off", "false", "no", "0", "f", "n"].contains(text.lowercased())
    case .integer(let number)?: number == 0
    default: false
    }
  }

  /// Whether SHOW is certain to find a setting.
  func isKnownSetting(_ name: String) -> Bool {
    settingWords[name] != nil || numericSettings.contains(name)
      || ["search_path", "lock_timeout", "statement_timeout", "client_encoding"].contains(name)
  }

  /// Whether a setting that may do harm is one of those in use, so that it can be put back.
  func isOtherSetting(_ name: String) -> Bool {
    otherSettings.contains(name) || name.hasPrefix("enable_") || name.hasPrefix("SESSION")
      || name.hasPrefix("TRANSACTION")
  }
}
