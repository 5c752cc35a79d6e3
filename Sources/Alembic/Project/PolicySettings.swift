// How strictly a project wants to be judged, as backout.toml says it; what the names mean is for
// those who judge.

package import SourceText
import TOMLKit

/// The settings that concern findings and the exit code.
package struct PolicySettings: Sendable {
  /// An acknowledgement of findings by file.
  package struct Waiver: Sendable {
    /// A glob that the shown path of a file, or an end of it, matches.
    package var file: String
    package var rule: String
    package var reason: String
    /// The last day that it holds, as `2027-01-31`; nil: without end.
    package var until: String?
    package var place: SourceLocation
  }
  /// `off`, `on` or a severity, by rule.
  package var rules: [String: String] = [:]
  /// As `--fail-on`.
  package var failOn: String?
  /// The last revision that is not judged any more.
  package var startAfter: String?
  package var postgresVersion: Int?
  /// As `--advisory-lock`.
  package var advisoryLock: String?
  /// The file of known findings.
  package var baseline: String?
  package var waivers: [Waiver] = []
  /// Globs for the tables of which a lock, a scan or a rewrite takes no time.
  package var smallTables: [String] = []
  /// Where the settings were read, for failures that concern them.
  package var place: SourceLocation?

  /// Reads a setting; false where it is none of these.
  mutating func read(
    _ key: String, _ value: (any TOMLValueConvertible)?, _ place: SourceLocation
  ) throws(ProjectFailure) -> Bool {
    switch key {
    case "advisory-lock":
      if let number = value?.int {
        advisoryLock = String(number)
      } else {
        advisoryLock = try Self.text(value, key, place)
      }
    case "baseline": baseline = try Self.text(value, key, place)
    case "fail-on": failOn = try Self.text(value, key, place)
    case "start-after": startAfter = try Self.text(value, key, place)
    case "postgres-version":
      guard let version = value?.int else {
        throw ProjectFailure("a number is expected for the setting '\(key)'", at: place)
      }
      postgresVersion = version
    case "rules":
      guard let table = value?.table else {
        throw ProjectFailure("a table is expected for the setting '\(key)'", at: place)
      }
      for name in table.keys { rules[name] = try Self.text(table[name], "rules.\(name)", place) }
    case "small-tables":
      guard let list = value?.array else {
        throw ProjectFailure("a list is expected for the setting '\(key)'", at: place)
      }
      smallTables = try list.map { value throws(ProjectFailure) in
        try Self.text(value, key, place)
      }
    case "waivers": try readWaivers(value, place)
    default: return false
    }
    self.place = place
    return true
  }

  private mutating func readWaivers(
    _ value: (any TOMLValueConvertible)?, _ place: SourceLocation
  ) throws(ProjectFailure) {
    guard let list = value?.array else {
      throw ProjectFailure("[[waivers]] is expected for the setting 'waivers'", at: place)
    }
    for element in list {
      guard let table = element.table else {
        throw ProjectFailure("a table is expected in the setting 'waivers'", at: place)
      }
      try ProjectSetting.require(table.keys, in: "waivers", "a waiver", place)
      let until = table["until"]
      waivers.append(
        Waiver(
          file: try Self.text(table["file"], "waivers.file", place),
          rule: try Self.text(table["rule"], "waivers.rule", place),
          reason: try Self.text(table["reason"], "waivers.reason", place),
          until: try until.map { value throws(ProjectFailure) in
            if let date = value.date {
              return Self.day(date.year, date.month, date.day)
            }
            return try Self.text(value, "waivers.until", place)
          }, place: place))
    }
  }

  /// Takes over where the waivers stand, if there is a place for each.
  mutating func placeWaivers(_ places: [SourceLocation]) {
    guard places.count == waivers.count else { return }
    for (index, place) in places.enumerated() { waivers[index].place = place }
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  private static func text(
    _ value: (any TOMLValueConvertible)?, _ key: String, _ place: SourceLocation
  ) throws(ProjectFailure) -> String {
    guard let text = value?.string, !text.isEmpty else {
      throw ProjectFailure("a text is expected for the setting '\(key)'", at: place)
    }
    return text
  }
}
