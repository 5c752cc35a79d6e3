// What was found of a project's files once, for all who ask: revisions, projects with the same roots, threads.

import PythonSyntax
import Synchronization
import Threads

/// What is known of the files below the roots of a project.
final class ModuleCache: Sendable {
  /// By absolute path.
  let modules = Memo<String, PythonModule?>()
  /// By dotted name.
  let locations = Memo<String, LocatedModule?>()
  /// Whether a directory lies in the project, links followed.
  let insiders = Memo<String, Bool>()
  /// The roots that hold something of a name without dots.
  let holders = Memo<Substring, [String]>()
  /// The bounds without symbolic links; there is one answer.
  let bounds = Memo<String, [String]>()
  /// See `ConventionFiles`, by directory.
  let conventions = Memo<String, ConventionFiles.Directory>()
  /// See `ConventionSearch`, by path.
  let moduleConventions = Memo<String, [MetadataConvention]>()
  /// See `HookSearch`: by path and the dotted name of the file's package; listings by directory.
  let hooks = Memo<[String], HookScan?>()
  let listings = Memo<String, Set<String>>()
}

/// The caches of projects that are read in one run, from the same files.
package final class SharedModules: Sendable {
  /// So many are kept: projects that have modules in common are mostly named one after the other.
  private static let limit = 4

  private struct Entry {
    var roots: [String]
    var bounds: [String]
    var cache = ModuleCache()
  }

  private let latest = Mutex<[Entry]>([])

  package init() {}

  func cache(of roots: ModuleRoots) -> ModuleCache {
    latest.withLock { latest in
      let index = latest.firstIndex { $0.roots == roots.roots && $0.bounds == roots.bounds }
      let entry =
        index.map { latest.remove(at: $0) } ?? Entry(roots: roots.roots, bounds: roots.bounds)
      latest = latest.suffix(Self.limit - 1) + [entry]
      return entry.cache
    }
  }
}
