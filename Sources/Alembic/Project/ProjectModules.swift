// Finds the project's Python modules by their dotted names, as its imports would.


/// Where imports of the project look: the paths that Alembic puts on `sys.path`, and the usual roots.
package struct ProjectModules: Sendable {
  /// Absolute directories, first match wins.
  package var roots: [String]
  package init(roots: [String]) { self.roots = roots }
}
