// duplicate-revision: two files have one identifier, and only one of them counts.

struct DuplicateRevision: GraphRule {
  static let name = "duplicate-revision"
  static let severity = Severity.warning
  static let help = "give one of the files an identifier of its own, and a place in the chain"
}
