// The rarer properties of a table, of its rules and policies, and of the indexes of its constraints, compared.

import PostgresSyntax

extension Comparison {
  mutating func compareSettings(
    _ old: TableSettings, _ new: TableSettings, _ name: QualifiedName
  ) {
    guard old != new else { return }
    compare(.rowSecurity, .table, name, old.rowSecurity, new.rowSecurity) { $0 ? "on" : "off" }
    compare(.rowSecurity, .table, name, old.forcesRowSecurity, new.forcesRowSecurity) {
      $0 ? "forced" : "not forced"
    }
    compareOwner(.table, name, old.owner, new.owner)
    if old.grants != new.grants {
      add(
        .table, name,
        .changed(.privileges, from: grantWords(old.grants), to: grantWords(new.grants)))
    }
    compare(.state, .table, name, old.foreignKeyTriggers, new.foreignKeyTriggers) {
      "foreign keys \($0.rawValue)"
    }
    compare(.options, .table, name, old.options, new.options) { options in
      Self.words(options, "=")
    }
    compare(.options, .table, name, old.tablespace, new.tablespace) { $0 }
    compare(.options, .table, name, old.accessMethod, new.accessMethod) { $0 }
    compare(.options, .table, name, old.replicaIdentity, new.replicaIdentity) { identity in
      switch identity {
      case .default: "REPLICA IDENTITY DEFAULT"
      case .full: "REPLICA IDENTITY FULL"
      case .nothing, .index(""): "REPLICA IDENTITY NOTHING"
      case .index(let index): "REPLICA IDENTITY USING INDEX \(index)"
      }
    }
    compare(.options, .table, name, old.clusteredOn, new.clusteredOn) { $0 }
    compare(.inheritance, .table, name, old.ofType, new.ofType) { $0?.description }
  }

  static func words(_ settings: [String: String], _ sign: String) -> String? {
    settings.isEmpty
      ? nil
      : settings.sorted { $0.key < $1.key }.map { $0.key + sign + $0.value }.joined(separator: ", ")
  }

  mutating func comparePartSettings(_ old: Table, _ new: Table) {
    for rule in new.rules where old.rules.contains(where: { $0.name == rule.name }) {
      compare(
        .state, .rule, QualifiedName(rule.name), of: new.name,
        old.settings.ruleStates[rule.name] ?? .enabled,
        new.settings.ruleStates[rule.name] ?? .enabled
      ) { $0.rawValue }
    }
    let parts =
      new.rules.map { ObjectKey(.rule, QualifiedName($0.name)) }
      + new.policies.map { ObjectKey(.policy, QualifiedName($0.name)) }
    for part in parts {
      compare(
        .comment, part.kind, part.name, of: new.name, old.settings.partComments[part],
        new.settings.partComments[part]
      ) { $0 }
    }
  }
}
