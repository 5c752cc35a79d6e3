// What became of the revisions of a project between two commits.

/// The revisions that one state of a project has otherwise than an earlier one.
package struct RevisionChanges: Sendable {
  package struct Change: Sendable, Hashable {
    package var revision: String
    /// As it is shown; of a deleted revision, where it was.
    package var file: String
    /// Where it was before, of one that was moved.
    package var origin: String?
    /// The file reads otherwise, and the SQL and the place in the graph are the same.
    package var isSame: Bool
    /// The file is the same, and one that it reads or imports is not.
    package var isIndirect: Bool

    package init(
      revision: String, file: String, origin: String? = nil, isSame: Bool = false,
      isIndirect: Bool = false
    ) {
      self.revision = revision
      self.file = file
      self.origin = origin
      self.isSame = isSame
      self.isIndirect = isIndirect
    }
  }

  /// The earlier state, in words.
  package var base: String
  /// Its commit; nil where there is none yet.
  package var commit: String?
  /// Each in the order of the files; a revision that was moved and edited is in both.
  package var added: [Change] = []
  package var edited: [Change] = []
  package var moved: [Change] = []
  package var deleted: [Change] = []
  /// Why the earlier state could not be read, so that all revisions count as added.
  package var gap: String?

  package init(base: String, commit: String?) {
    self.base = base
    self.commit = commit
  }

  package var isEmpty: Bool {
    added.isEmpty && edited.isEmpty && moved.isEmpty && deleted.isEmpty
  }

  /// Those that a database which has run the earlier ones would have to be told of.
  package var rewritten: [Change] { edited.filter { !$0.isSame } }
}
