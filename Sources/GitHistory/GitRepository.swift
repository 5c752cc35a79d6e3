// A git repository: where it is, its commits, and what they have in common.

internal import Glibc
import SourceText

/// A commit by its full object name.
package struct GitCommit: Hashable, Sendable {
  package let id: String
  /// As it is shown.
  package var short: String { String(id.prefix(10)) }
}

/// A repository, found from a path in it.
package struct GitRepository: Sendable {
  /// The absolute path, without links, of its work tree; of the git directory where it has none.
  package let root: String
  /// Not all commits are there: a clone with `--depth`.
  package let isShallow: Bool
  let git: Git

  /// - Parameter path: seen from the working directory; what does not exist at its end is looked over.
  /// - Throws: where there is no git, no repository, or one that git refuses to read.
  package init(around path: String) throws(GitFailure) {
    let directory = existingDirectory(path).directory
    // With $GIT_DIR the directory of the process is the work tree's.
    let git = try Git(in: Git.hasRepositoryInEnvironment ? nil : directory)
    let output = try git.run([
      "rev-parse", "--is-shallow-repository", "--is-bare-repository", "--is-inside-work-tree",
      "--absolute-git-dir",
    ])
    let lines = output.text.split(separator: "\n", maxSplits: 3).map(String.init)
    guard output.exitCode == 0, lines.count == 4 else { throw Self.refusal(output, directory) }
    var root = lines[3].hasSuffix("\n") ? String(lines[3].dropLast()) : lines[3]
    if lines[2] == "true" {
      let top = try git.run(["rev-parse", "--show-toplevel"])
      guard top.exitCode == 0, !top.line.isEmpty else { throw Self.refusal(top, directory) }
      root = top.line
    } else if lines[1] != "true" {
      throw GitFailure("'\(directory)' is inside a git directory, and not among its files")
    }
    self.root = root
    self.git = git
    isShallow = lines[0] == "true"
    _ = try self.path(of: path)
  }

  /// The absolute form of a path in the repository, with the links of its directories followed as they
  /// are on disk.
  package func path(of path: String) throws(GitFailure) -> String {
    let (directory, rest) = existingDirectory(path)
    guard directory == root || root == "/" || directory.hasPrefix(root + "/") else {
      throw GitFailure("'\(path)' is not in the git repository '\(root)'")
    }
    return rest.isEmpty ? directory : "\(directory)/\(rest)"
  }

  private static func refusal(_ output: Git.Output, _ directory: String) -> GitFailure {
    if output.reason.hasPrefix("not a git repository") {
      return GitFailure("'\(directory)' is not in a git repository")
    }
    if output.reason.contains("dubious ownership") || output.reason.contains("unsafe repository") {
      return GitFailure(
        "git does not read '\(directory)': it belongs to another user; if it is to be trusted: git config "
          + "--global --add safe.directory \(directory.shellWord)")
    }
    return GitFailure("git does not read '\(directory)': \(output.reason)")
  }

  // MARK: - Commits

  /// The commit that a name of any kind stands for: a branch, a tag, an object name, `HEAD~2`.
  package func commit(_ name: String) throws(GitFailure) -> GitCommit {
    guard !name.isEmpty, !name.hasPrefix("-") else {
      throw GitFailure("'\(name)' cannot be the name of a commit")
    }
    let output = try git.run([
      "rev-parse", "--verify", "--end-of-options", "\(name)^{commit}",
    ])
    guard output.exitCode == 0, output.line.utf8.allSatisfy(\.isHexDigit), !output.line.isEmpty
    else {
      throw GitFailure(
        "'\(name)' is no commit of the repository '\(root)'; \(hint(fetching: name))")
    }
    return GitCommit(id: output.line)
  }

  /// Nil where nothing was committed yet.
  package func head() throws(GitFailure) -> GitCommit? {
    let output = try git.run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
    return output.exitCode == 0 ? GitCommit(id: output.line) : nil
  }

  /// The best common ancestor of two commits.
  package func mergeBase(
    _ first: GitCommit, _ second: GitCommit, named name: String
  ) throws(GitFailure) -> GitCommit {
    let output = try git.run(["merge-base", "--end-of-options", first.id, second.id])
    guard output.exitCode == 0, !output.line.isEmpty else {
      throw GitFailure("'\(name)' has no ancestor in common with \(second.short)\(shallowHint)")
    }
    return GitCommit(id: output.line)
  }

  private func hint(fetching name: String) -> String {
    isShallow
      ? "the clone is shallow: fetch the whole history (fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in "
        + "GitLab, else git fetch --unshallow)"
      : "is it spelled right, and fetched (git fetch)?"
  }

  /// What to do about a history that may end too early; empty for a whole one.
  package var shallowHint: String {
    isShallow
      ? "; the clone is shallow: fetch the whole history (fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in "
        + "GitLab, else git fetch --unshallow)" : ""
  }
}

extension UInt8 {
  var isHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
}

/// The part of a path that is a directory on disk, absolute and without links, and what follows it.
private func existingDirectory(_ path: String) -> (directory: String, rest: String) {
  var directory = path
  var rest = ""
  while true {
    var status = stat()
    if unsafe stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { break }
    if directory == "/" || directory == "." { break }
    let slash = directory.lastIndex(of: "/")
    let name = slash.map { String(directory[directory.index(after: $0)...]) } ?? directory
    rest = rest.isEmpty ? name : "\(name)/\(rest)"
    directory = slash.map { $0 == directory.startIndex ? "/" : String(directory[..<$0]) } ?? "."
  }
  return (resolved(directory) ?? directory, rest)
}

private func resolved(_ path: String) -> String? {
  guard let real = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(real) }
  return unsafe String(cString: real)
}
