// revision-file-unreadable: a file among the migrations is no Python, or cannot be read.

struct RevisionFileUnreadable: GraphRule {
  static let name = "revision-file-unreadable"
  static let severity = Severity.error
  static let help = "mend the file: alembic loads none of the migrations while it is there"
}
