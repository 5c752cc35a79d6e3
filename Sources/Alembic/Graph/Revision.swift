// One migration file as Alembic sees it: its identifiers, its message and its two functions.

package import PythonSyntax
package import SourceText

/// A revision: one file of the migrations with a usable `revision` identifier.
package final class Revision: Sendable {
  package let id: String
  /// `down_revision` as written; empty for a base.
  package let downRevisions: [String]
  /// `depends_on` as written: revision identifiers or branch labels.
  package let dependencies: [String]
  /// `branch_labels` of this file; labels inherited from others are in the graph.
  package let branchLabels: [String]
  /// The whole docstring, stripped of white space at both ends (Alembic's `longdoc`); may be empty.
  package let documentation: String
  /// The file's tree; its source has the path as it is shown.
  package let module: PythonModule
  /// The file's absolute path.
  package let path: String
  package let upgrade: RevisionFunction
  package let downgrade: RevisionFunction
  package let places: HeaderPlaces
  /// Whether the file, when it is loaded, replaces something of Alembic or SQLAlchemy themselves.
  let replacesLibraryParts: Bool

  package init(
    id: String, downRevisions: [String], dependencies: [String], branchLabels: [String],
    documentation: String, module: PythonModule, path: String, upgrade: RevisionFunction,
    downgrade: RevisionFunction, places: HeaderPlaces
  ) {
    self.id = id
    self.downRevisions = downRevisions
    self.dependencies = dependencies
    self.branchLabels = branchLabels
    self.documentation = documentation
    self.module = module
    self.path = path
    self.upgrade = upgrade
    self.downgrade = downgrade
    self.places = places
    replacesLibraryParts = LibraryPatches.isFound(in: module)
  }

  /// The docstring's first paragraph, as Alembic writes it after `upgrade a -> b, `.
  package var message: String {
    guard let end = documentation.range(ofParagraphEnd: ()) else { return documentation }
    return String(documentation[..<end])
  }

  package func function(_ direction: Direction) -> RevisionFunction {
    direction == .upgrade ? upgrade : downgrade
  }
}

/// Where a revision's `upgrade` or `downgrade` comes from.
package enum RevisionFunction: Sendable {
  /// `def upgrade():` at the top of the file (the last one counts, as in Python).
  case defined(DefinitionID, SourceRange)
  /// The name is bound otherwise: imported, assigned, or defined under a condition.
  case bound(SourceRange)
  case missing

  /// The definition, where there is one at the top of the file.
  package var definition: DefinitionID? {
    if case .defined(let definition, _) = self { definition } else { nil }
  }
}

/// The places of a revision's identifiers in its file, for reports; nil where a name is not assigned.
package struct HeaderPlaces: Sendable, Hashable {
  package var revision: SourceRange?
  package var downRevision: SourceRange?
  package var dependsOn: SourceRange?
  package var branchLabels: SourceRange?
}

extension String {
  /// Where the first paragraph ends: before the first empty line.
  fileprivate func range(ofParagraphEnd: Void) -> Index? {
    var previous: Index?
    for index in utf8.indices where utf8[index] == 0x0A {
      if let previous, utf8.index(after: previous) == index { return previous }
      previous = index
    }
    return nil
  }
}
