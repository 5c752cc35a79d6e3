// The parameters in WITH (…) and SET (…): what there is for each kind of relation, and which values it takes.

import PostgresSyntax

/// What a parameter's value may be (reloptions.c, PostgreSQL 15).
private enum ParameterValue {
  case boolean
  case integer(ClosedRange<Int64>)
  case real(ClosedRange<Double>)
  case words(Set<String>)
}

/// What has parameters of its own.
enum ParameterOwner: String {
  case table
  case partitionedTable = "a partitioned table"
  case view
  case btree, hash, gist, gin, spgist, brin
  case column

  fileprivate var parameters: [String: ParameterValue] {
    switch self {
    case .table: tableParameters
    case .partitionedTable: [:]
    case .view: viewParameters
    case .btree: btreeParameters
    case .hash: [fillFactor.0: fillFactor.1]
    case .gist: gistParameters
    case .gin: ginParameters
    case .spgist: [fillFactor.0: fillFactor.1]
    case .brin: brinParameters
    case .column: columnParameters
    }
  }
}

private let whole: ClosedRange<Int64> = 0...2_147_483_647
private let fillFactor = ("fillfactor", ParameterValue.integer(10...100))

private let vacuumParameters: [String: ParameterValue] = [
  "autovacuum_enabled": .boolean, "vacuum_truncate": .boolean,
  "vacuum_index_cleanup": .words([
    "auto", "on", "off", "true", "false", "yes", "no", "1", "0",
  ]),
  "autovacuum_vacuum_threshold": .integer(whole),
  "autovacuum_vacuum_insert_threshold": .integer(-1...2_147_483_647),
  "autovacuum_vacuum_cost_limit": .integer(1...10_000),
  "autovacuum_freeze_min_age": .integer(0...1_000_000_000),
  "autovacuum_freeze_max_age": .integer(100_000...2_000_000_000),
  "autovacuum_freeze_table_age": .integer(0...2_000_000_000),
  "autovacuum_multixact_freeze_min_age": .integer(0...1_000_000_000),
  "autovacuum_multixact_freeze_max_age": .integer(10_000...2_000_000_000),
  "autovacuum_multixact_freeze_table_age": .integer(0...2_000_000_000),
  "log_autovacuum_min_duration": .integer(-1...2_147_483_647),
  "autovacuum_vacuum_cost_delay": .real(0...100),
  "autovacuum_vacuum_scale_factor": .real(0...100),
  "autovacuum_vacuum_insert_scale_factor": .real(0...100),
]

private let tableParameters = vacuumParameters.merging([
  fillFactor.0: fillFactor.1, "user_catalog_table": .boolean,
  "autovacuum_analyze_threshold": .integer(whole),
  "autovacuum_analyze_scale_factor": .real(0...100), "toast_tuple_target": .integer(128...8160),
  "parallel_workers": .integer(0...1024),
]) { first, _ in first }

private let viewParameters: [String: ParameterValue] = [
  "security_barrier": .boolean, "security_invoker": .boolean,
  "check_option": .words(["local", "cascaded"]),
]

private let btreeParameters: [String: ParameterValue] = [
  fillFactor.0: fillFactor.1, "deduplicate_items": .boolean,
  "vacuum_cleanup_index_scale_factor": .real(0...1e10),
]

private let gistParameters: [String: ParameterValue] = [
  fillFactor.0: fillFactor.1, "buffering": .words(["on", "off", "auto"]),
]

private let ginParameters: [String: ParameterValue] = [
  "fastupdate": .boolean, "gin_pending_list_limit": .integer(64...2_147_483_647),
]

private let brinParameters: [String: ParameterValue] = [
  "pages_per_range": .integer(1...131_072), "autosummarize": .boolean,
]

private let columnParameters: [String: ParameterValue] = [
  "n_distinct": .real(-1...1e300), "n_distinct_inherited": .real(-1...1e300),
]

extension Replay {
  /// Refuses parameters that there are not, and values that they do not take.
  mutating func requireParameters(
    _ options: [Option], of owner: ParameterOwner
  ) throws(Refused) {
    guard !options.isEmpty else { return }
    let known = owner.parameters
    var seen: Set<String> = []
    for option in options {
      if !seen.insert(option.name).inserted {
        try fail("22023", .invalidDefinition("parameter \(option.name) twice"))
      }
      if option.name == "oids", owner == .table {
        if option.value.map({ ["false", "off", "no", "0"].contains($0) }) == true { continue }
        try fail("0A000", .notSupported("a table WITH OIDS"))
      }
      var value = known[option.name]
      if owner == .table, option.name.hasPrefix("toast.") {
        value = vacuumParameters[String(option.name.dropFirst(6))]
      }
      guard let value else {
        // A later PostgreSQL may have more of them.
        try fail(
          "22023", .invalidDefinition("parameter \(option.name)"),
          ifCertain: context.serverVersion <= 15)
        continue
      }
      if !value.takes(option.value) {
        try fail(
          "22023",
          .invalidDefinition("the value \(option.value ?? "") of parameter \(option.name)"))
      }
    }
  }

  func parameterOwner(ofIndex method: String) -> ParameterOwner? {
    switch method {
    case "btree", "hash", "gist", "gin", "spgist", "brin": ParameterOwner(rawValue: method)
    default: nil
    }
  }
}

extension ParameterValue {
  fileprivate func takes(_ value: String?) -> Bool {
    // A parameter without a value is on.
    let value = value ?? "true"
    switch self {
    case .boolean: return isBoolean(value.lowercased())
    case .words(let words): return words.contains(value.lowercased())
    case .integer(let range):
      // `1e2` and `0x10` are read, too.
      guard let number = Int64(value) else { return value.contains(where: \.isNumber) }
      return range.contains(number)
    case .real(let range):
      guard let number = Double(value) else { return false }
      return range.contains(number)
    }
  }

  /// The beginning of a word will do (`parse_bool`).
  private func isBoolean(_ value: String) -> Bool {
    if ["1", "0", "on", "of", "off"].contains(value) { return true }
    return !value.isEmpty && ["true", "false", "yes", "no"].contains { $0.hasPrefix(value) }
  }
}
