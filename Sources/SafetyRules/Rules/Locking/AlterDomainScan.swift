// alter-domain-scan: a stricter domain reads every table that uses it.

import PostgresSyntax
import SchemaModel

enum AlterDomainScan: StatementRule {
  static let name = "alter-domain-scan"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .domainChanged(let domain, _) in statement.outcome.effects {
      var tables: [String] = []
      for scan in statement.outcome.scans where scan.cause == .domain(domain.name) {
        let table = displayed(scan.table.name)
        if context.isInUse(scan.table, in: step), !tables.contains(table) { tables.append(table) }
      }
      guard !tables.isEmpty else { continue }
      return Remark(
        .warning,
        "all rows of \(list(tables)), which use domain \(displayed(domain.name)), are read under "
          + statement.waiting(under: .share),
        help:
          "ALTER DOMAIN … ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT in a later revision")
    }
    return nil
  }
}
