// Places of a step that depend on something beside the project's files and the database.

package import SourceText

/// A place that does one thing here and another elsewhere, or at another time, although the revision is the same.
package struct OutsidePlace: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    /// An environment variable, an option, a file, the driver, offline mode.
    case environment
    /// The clock or chance.
    case moment
    /// What the database holds.
    case schema
  }
  package var location: SourceLocation
  package var source: Source
  /// What it depends on, such as "the environment: STAGE"; the text of a condition.
  package var detail: String
  /// Whether something is done, and not what.
  package var isCondition: Bool
  /// Only values in rows differ.
  package var isAboutValues: Bool

  package init(
    location: SourceLocation, source: Source, detail: String, isCondition: Bool,
    isAboutValues: Bool
  ) {
    self.location = location
    self.source = source
    self.detail = detail
    self.isCondition = isCondition
    self.isAboutValues = isAboutValues
  }
}
