// multiple-heads: more than one revision that no other follows.

struct MultipleHeads: GraphRule {
  static let name = "multiple-heads"
  static let severity = Severity.warning
  static let help = "merge them (alembic merge heads), or set the down_revision of one to the other"
}
