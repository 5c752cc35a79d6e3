// Reads and parses the revision files on all processors, and joins their headers into the graph.

import PythonSyntax
import SourceText
import Threads

/// One use: the revisions of these files, their graph, and all that is odd about them.
struct RevisionReading {
  private(set) var revisions: [Revision] = []
  private(set) var graph: RevisionGraph
  private(set) var diagnostics: [Diagnostic] = []

  /// There are files, all can be read, and none says that it is a migration.
  private(set) var hasNoMigrations: Bool
  /// Files that can be read and say nothing of a revision.
  private let otherFiles: [RevisionFailure]

  private struct FileResult: Sendable {
    var revision: Revision?
    var diagnostics: [Diagnostic] = []
    var failure: RevisionFailure?

    /// The file can be read and says nothing of a revision.
    var isOther: Bool { revision == nil && failure?.kind == .revision }
  }

  init(_ paths: [String], working: String, modules: ProjectModules) {
    reserveHeap(heap(for: paths.count))
    let results = concurrentMap(paths) { Self.read($0, working: working, modules: modules) }
    revisions = results.compactMap(\.revision)
    diagnostics = results.flatMap(\.diagnostics)
    hasNoMigrations = !results.isEmpty && results.allSatisfy(\.isOther)
    otherFiles = results.filter(\.isOther).compactMap(\.failure)
    graph = RevisionGraph(revisions.map(RevisionNode.init))
    let failures = results.lazy.filter { !$0.isOther }.compactMap(\.failure)
    if let failure = failures.first { graph.refuse(failure) }
    diagnostics += GraphDiagnostics(graph, revisions).diagnostics
  }

  /// In a directory of versions Alembic refuses a file that is no revision; a directory that was only
  /// named may hold others.
  mutating func refuseOtherFiles() {
    if let failure = otherFiles.first { graph.refuse(failure) }
  }

  /// There may be revisions whose place is not known.
  mutating func refuseIncomplete(_ reason: String) {
    graph.refuse(RevisionFailure(.unreadable, "the graph is not complete: \(reason)"))
  }

  private static func read(
    _ path: String, working: String, modules: ProjectModules
  ) -> FileResult {
    let shown = Path.shown(path, from: working)
    let source: SourceFile
    do {
      source = try decodePython(try modules.fileSystem.read(path), path: shown)
    } catch let error as DecodingFailure {
      return unreadable(shown, error.message)
    } catch let error as ReadFailure {
      return unreadable(shown, "the file cannot be read: \(error.reason)")
    } catch {
      return unreadable(shown, "the file cannot be read")
    }
    let module = parsePython(source)
    let header = RevisionHeader(module, path: path, project: modules)
    if let first = module.diagnostics.first, !header.isMigration {
      return FileResult(
        diagnostics: [
          Diagnostic(
            location: first.location,
            message: "this is not Python, and what can be read has no 'revision': it is not shown",
            topic: "revision-file-unreadable")
        ], failure: header.failure)
    }
    let damage = module.diagnostics.first.map {
      RevisionFailure(.unreadable, "\(shown) is not Python", detail: $0.message)
    }
    var damages = module.diagnostics
    if !damages.isEmpty { damages[0].topic = "revision-file-unreadable" }
    return FileResult(
      revision: header.revision, diagnostics: damages + header.diagnostics,
      failure: header.failure ?? damage)
  }

  private static func unreadable(_ shown: String, _ message: String) -> FileResult {
    FileResult(
      diagnostics: [
        Diagnostic(
          location: SourceLocation(file: shown), message: message, topic: "revision-file-unreadable"
        )
      ],
      failure: RevisionFailure(
        .unreadable, "the graph is not complete: \(shown) cannot be read", detail: message))
  }
}

extension RevisionNode {
  fileprivate init(_ revision: Revision) {
    self.init(
      id: revision.id, downRevisions: revision.downRevisions, dependencies: revision.dependencies,
      branchLabels: revision.branchLabels)
  }
}
