// How much a text report says, and in which order.

package struct TextOptions: Sendable {
  package enum Grouping: String, Sendable, CaseIterable {
    case revision, rule
  }

  /// What is said first; nil: what the verdict means.
  package var headline: String?
  package var grouping = Grouping.revision
  /// Only how often each rule speaks.
  package var hasStatistics = false
  /// Only what decides, a line each.
  package var isQuiet = false
  /// Every revision and all that is said of it.
  package var isVerbose = false
  /// Where a rule's name leads, by its name: addresses of our own pages only.
  package var links: [String: String] = [:]

  package init() {}
}
