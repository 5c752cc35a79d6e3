// missing-upgrade: the file has no upgrade function.

struct MissingUpgrade: GraphRule {
  static let name = "missing-upgrade"
  static let severity = Severity.error
  static let help = "define upgrade(); let it pass where there is nothing to do"
}
