// What the formats for other programs need beside the analysis: where paths begin, what fails, the rules.

package import SafetyRules
package import Verdicts

package struct ReportContext: Sendable {
  /// The program's version, as `0.1.0`.
  package var version: String
  /// The directory that shown paths are relative to, absolute.
  package var directory: String
  /// The directory that written paths are relative to, absolute: the root of the checkout.
  package var root: String
  /// What makes the program end with an exit code other than 0.
  package var failingVerdicts: [Verdict]
  package var failingSeverities: [Severity]
  /// Whether all that is said is wanted, not only what is news.
  package var isVerbose: Bool
  /// A rule's page; nil for what is no rule.
  package var page: @Sendable (String) -> RulePage?

  package init(
    version: String, directory: String, root: String, failingVerdicts: [Verdict],
    failingSeverities: [Severity], isVerbose: Bool,
    page: @escaping @Sendable (String) -> RulePage?
  ) {
    self.version = version
    self.directory = directory
    self.root = root
    self.failingVerdicts = failingVerdicts
    self.failingSeverities = failingSeverities
    self.isVerbose = isVerbose
    self.page = page
  }

  /// The path of a file from the root; as it is shown for one outside.
  func path(_ file: String) -> String {
    let whole = normalized(file.hasPrefix("/") ? file : directory + "/" + file)
    let root = normalized(root)
    let above = root == "/" ? "/" : root + "/"
    return whole.hasPrefix(above) ? String(whole.dropFirst(above.count)) : file
  }

  /// Without `.`, `..` and doubled slashes.
  private func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// What is said without what is no news: that a downgrade takes back what its upgrade did.
  func news(of analysis: Analysis) -> [ReportItem] {
    if isVerbose { return analysis.items }
    let verdicts = Dictionary(
      analysis.revisions.map { ($0.revision, $0.verdict) }, uniquingKeysWith: max)
    return analysis.items.filter { item in
      item.severity > .info || (verdicts[item.revision] ?? .safe) > .depends || fails(item)
    }
  }

  /// Whether the gate fails by what is said here.
  func fails(_ item: ReportItem) -> Bool {
    guard item.suppressed == nil else { return false }
    return OtherTopic(rawValue: item.rule) == nil && failingSeverities.contains(item.severity)
  }

  func fails(_ revision: RevisionAssessment) -> Bool {
    revision.acknowledged == nil && failingVerdicts.contains(revision.verdict)
  }
}
