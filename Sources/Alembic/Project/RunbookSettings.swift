// [runbook] and [[flags]] of backout.toml: how a project runs commands, and what it can switch off.

import SourceText
import TOMLKit

package struct RunbookSettings: Sendable {
  package struct Flag: Sendable {
    package var name: String
    package var tables: [String]
    package var place: String?
  }
  /// What stands before a command, such as `railway run`.
  package private(set) var commandPrefix: String?
  /// How the project calls Alembic.
  package private(set) var alembic: String?
  /// The role that runs migrations.
  package private(set) var role: String?
  package private(set) var flags: [Flag] = []

  /// Reads a setting; false where it is none of these.
  mutating func read(
    _ key: String, _ value: (any TOMLValueConvertible)?, _ place: SourceLocation
  ) throws(ProjectFailure) -> Bool {
    switch key {
    case "runbook":
      guard let table = value?.table else {
        throw ProjectFailure("a table is expected for the setting 'runbook'", at: place)
      }
      try ProjectSetting.require(table.keys, in: "runbook", "a runbook", place)
      for key in table.keys {
        let text = try Self.line(table[key], "runbook.\(key)", place)
        switch key {
        case "command-prefix": commandPrefix = text
        case "alembic": alembic = text
        default: role = text
        }
      }
    case "flags":
      guard let list = value?.array else {
        throw ProjectFailure("[[flags]] is expected for the setting 'flags'", at: place)
      }
      for element in list { flags.append(try Self.flag(element.table, place)) }
    default: return false
    }
    return true
  }

  private static func flag(
    _ table: TOMLTable?, _ place: SourceLocation
  ) throws(ProjectFailure) -> Flag {
    guard let table else {
      throw ProjectFailure("a table is expected in the setting 'flags'", at: place)
    }
    try ProjectSetting.require(table.keys, in: "flags", "a flag", place)
    guard let list = table["tables"]?.array, list.count > 0 else {
      throw ProjectFailure("a list of names is expected for 'flags.tables'", at: place)
    }
    var names: [String] = []
    for element in list { names.append(try line(element, "flags.tables", place)) }
    return Flag(
      name: try line(table["name"], "flags.name", place), tables: names,
      place: try table["where"].map { value throws(ProjectFailure) in
        try line(value, "flags.where", place)
      })
  }

  private static func line(
    _ value: (any TOMLValueConvertible)?, _ key: String, _ place: SourceLocation
  ) throws(ProjectFailure) -> String {
    guard let text = value?.string, !text.isEmpty, !text.contains(where: \.isNewline) else {
      throw ProjectFailure("a text on one line is expected for the setting '\(key)'", at: place)
    }
    return text
  }
}
