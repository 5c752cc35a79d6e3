// Why Alembic would refuse a revision identifier, a target or a whole graph.

/// A refusal of Alembic, in its classes and its words.
package struct RevisionFailure: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// No revision, or more than one, answers to an identifier.
    case resolution
    /// The target is not below the database's revision.
    case rangeNotAncestor
    case multipleHeads
    /// A walk that is ambiguous or leaves the graph, overlapping targets, a label used twice.
    case revision
    case cycle
    case dependencyCycle
    case selfLoop
    case dependencySelfLoop
    /// Ours: a file, or its place in the graph, cannot be known without running it.
    case unreadable
    /// Alembic itself ends with this Python exception.
    case crash(String)
  }
  package var kind: Kind
  /// One sentence; for a refusal, the sentence that `alembic` prints.
  package var message: String
  /// What the message leaves out, such as the heads among which to choose; may be empty.
  package var detail: String
  /// The name that no revision and no branch has, where that is why.
  package var unknownName: String?

  package init(_ kind: Kind, _ message: String, detail: String = "") {
    self.kind = kind
    self.message = message
    self.detail = detail
  }

  static func crash(_ exception: String, _ message: String) -> RevisionFailure {
    RevisionFailure(.crash(exception), message)
  }

  static func resolution(_ message: String, of argument: String) -> RevisionFailure {
    RevisionFailure(
      .resolution, "Can't locate revision identified by '\(argument)'", detail: message)
  }

  static func multipleHeads(_ heads: [String], argument: String) -> RevisionFailure {
    RevisionFailure(
      .multipleHeads, multipleHeadsMessage(argument), detail: heads.joined(separator: ", "))
  }

  private static func multipleHeadsMessage(_ argument: String) -> String {
    "Multiple head revisions are present for given argument '\(argument)'; please specify a "
      + "specific target revision, '<branchname>@\(argument)' to narrow to a specific head, or "
      + "'heads' for all heads"
  }

  static func walkedShort(_ relative: String, _ steps: Int) -> RevisionFailure {
    RevisionFailure(
      .revision, "Relative revision \(relative) didn't produce \(steps.magnitude) migrations")
  }

  static let notAncestor = RevisionFailure(.rangeNotAncestor, "")

  /// The failure as a command with this target words it (`ScriptDirectory._catch_revision_errors`).
  func naming(target: String, _ direction: Direction) -> RevisionFailure {
    var result = self
    switch kind {
    case .rangeNotAncestor:
      result.message =
        "Destination \(target) is not a valid \(direction.rawValue) target from current head(s)"
    case .multipleHeads where !target.isEmpty:
      result.message = Self.multipleHeadsMessage(target)
    default:
      break
    }
    return result
  }
}
