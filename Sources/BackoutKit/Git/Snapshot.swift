// The files of a commit, or of the index, in the place of those on disk.

import Alembic
import GitHistory
import Reports
import Synchronization

/// Which files of a project are read.
public enum ProjectVersion: Sendable, Hashable {
  /// Those on disk.
  case files
  /// Those of a commit: a branch, a tag, an object name.
  case commit(String)
  /// Those of the index: what the next commit will have.
  case staged

  /// What a message about it begins with.
  var option: String {
    switch self {
    case .files: "--path"
    case .commit: "--ref"
    case .staged: "--staged"
    }
  }
}

/// Files of git, read as they are asked for.
struct Snapshot: Sendable {
  let repository: GitRepository
  /// Nil for the index.
  let commit: GitCommit?
  /// In words.
  let name: String
  let tree: FileTree
  private let files: GitTree
  private let asked = AskedFiles()

  init(_ version: ProjectVersion, of repository: GitRepository) throws(BackoutFailure) {
    switch version {
    case .commit(let name):
      let commit: GitCommit
      do {
        commit = try repository.commit(name)
      } catch {
        throw BackoutFailure("--ref: \(error.message)")
      }
      try self.init(commit, named: name, of: repository)
    case .staged, .files:
      do {
        self.init(
          try repository.stagedTree(), commit: nil, name: "the index", repository: repository)
      } catch {
        throw BackoutFailure("--staged: \(error.message)")
      }
    }
  }

  init(
    _ commit: GitCommit, named name: String, of repository: GitRepository
  ) throws(BackoutFailure) {
    do {
      self.init(
        try repository.tree(of: commit), commit: commit, name: commit.words(name),
        repository: repository)
    } catch {
      throw BackoutFailure(error.message)
    }
  }

  private init(_ files: GitTree, commit: GitCommit?, name: String, repository: GitRepository) {
    self.repository = repository
    self.commit = commit
    self.name = name
    self.files = files
    var builder = FileTree.Builder()
    for (index, entry) in files.entries.enumerated() {
      let kind: FileTree.Kind =
        switch entry.kind {
        case .file: .file
        case .link: .link
        case .submodule: .foreign
        }
      builder.add(files.path(of: entry), kind, file: index)
    }
    let objects = GitObjects(repository)
    tree = builder.tree(at: repository.root) { [asked] file, limit throws(ReadFailure) in
      asked.add(file)
      do throws(GitFailure) {
        return try objects.contents(of: files.object(of: files.entries[file]), limit: limit)
      } catch {
        throw ReadFailure(error.message)
      }
    }
  }

  /// The object name of a file's contents.
  func object(at path: String) -> String? {
    tree.file(at: path).map { files.object(of: files.entries[$0]) }
  }

  /// The files that a later snapshot has otherwise than this one.
  struct Difference {
    /// Files of the later one, by number, that are new or have other contents.
    var changed: Set<Int> = []
    var hasDeletions = false

    var isEmpty: Bool { changed.isEmpty && !hasDeletions }
  }

  /// - Parameter ignored: absolute paths that do not count.
  func difference(since earlier: Snapshot, besides ignored: Set<String>) -> Difference {
    let prefix = (repository.root == "/" ? "/" : repository.root + "/").utf8.count
    let skipped = Set(ignored.map { Array($0.utf8.dropFirst(prefix))[...] })
    var known: [ArraySlice<UInt8>: String] = [:]
    for entry in earlier.files.entries {
      let path = earlier.files.path(of: entry)
      if !skipped.contains(path) { known[path] = earlier.files.object(of: entry) }
    }
    var result = Difference()
    for (index, entry) in files.entries.enumerated() {
      let path = files.path(of: entry)
      if skipped.contains(path) { continue }
      if known.removeValue(forKey: path) != files.object(of: entry) { result.changed.insert(index) }
    }
    result.hasDeletions = !known.isEmpty
    return result
  }

  /// The files that were read until now, by number.
  var read: Set<Int> { asked.all }

  /// The path as the tree knows it.
  func path(of path: String) -> String { (try? repository.path(of: path)) ?? path }
}

/// The files whose contents were asked for.
private final class AskedFiles: Sendable {
  private let files = Mutex<Set<Int>>([])

  func add(_ file: Int) { files.withLock { _ = $0.insert(file) } }
  var all: Set<Int> { files.withLock { $0 } }
}

extension GitCommit {
  /// The name that was given, and the commit where that says more.
  func words(_ name: String) -> String { id.hasPrefix(name) ? short : "\(name) (\(short))" }
}

extension ProjectRequest {
  /// The repository of the project.
  /// - Parameter option: what needs it, for messages.
  func repository(because option: String) throws(BackoutFailure) -> GitRepository {
    do {
      let repository = try GitRepository(around: paths.first ?? ".")
      for path in paths { _ = try repository.path(of: path) }
      return repository
    } catch {
      throw BackoutFailure("\(option): \(error.message)")
    }
  }
}
