// environment-dependent-migration: the same revision does one thing here and another there.

enum EnvironmentDependentMigration: PlaceRule {
  static let name = "environment-dependent-migration"

  static func remark(on place: OutsidePlace) -> Remark? {
    let subject =
      place.isCondition
      ? "whether this is done depends on more than files and database: "
      : "what this does depends on more than files and database: "
    switch place.source {
    case .environment:
      return Remark(
        .warning,
        subject + place.detail
          + "; two databases of one revision differ where that differs, and a downgrade takes back what "
          + "its own environment says, not what was done",
        help: "write it into the file, so that the revision says all; what is the same everywhere "
          + "can be told in [environment] or [values] of backout.toml")
    case .schema: return nil
    case .moment:
      return Remark(
        place.isAboutValues ? .info : .warning,
        subject + place.detail
          + "; each run does something else, so that no two databases are alike and a downgrade cannot "
          + "tell what it was",
        help: "write the value into the file, or let the server compute it, as now() does")
    }
  }
}
