// Where in the whole history a text is: commits of every branch, and what was left behind.

/// A file of a commit that holds a text.
package struct GitMatch: Sendable {
  package let commit: GitCommit
  /// Relative to the root of the repository.
  package let path: String
  package let object: String
}

extension GitRepository {
  /// The newest commits, of any branch, tag or reflog, that put a text in quotes into files and have it.
  /// - Parameters:
  ///   - directories: relative to the root; where to look. Empty: everywhere.
  ///   - deadline: when the search ends with a failure.
  package func matches(
    of text: String, below directories: [String], until deadline: ContinuousClock.Instant
  ) throws(GitFailure) -> [GitMatch] {
    guard !text.isEmpty else { return [] }
    let paths = ["--"] + directories
    let log = try git.run(
      [
        "log", "--all", "--reflog", "--format=%H", "--max-count=20", "--no-show-signature",
        "--no-textconv", "--no-ext-diff", "--no-mailmap", "--no-renames", "--diff-filter=AM",
        "--pickaxe-regex", "-S['\"]\(text.escapedForRegex)['\"]", "--end-of-options",
      ] + paths, seconds: deadline.secondsLeft)
    guard log.exitCode == 0 else { throw GitFailure("git log: \(log.reason)") }
    var matches: [GitMatch] = []
    for line in log.text.split(separator: "\n") where line.utf8.allSatisfy(\.isHexDigit) {
      let commit = GitCommit(id: String(line))
      for path in try files(holding: text, in: commit, paths, deadline) {
        let object = try git.run(
          ["rev-parse", "--verify", "--end-of-options", "\(commit.id):\(path)"],
          seconds: deadline.secondsLeft)
        if object.exitCode == 0 {
          matches.append(GitMatch(commit: commit, path: path, object: object.line))
        }
      }
    }
    return matches
  }

  private func files(
    holding text: String, in commit: GitCommit, _ paths: [String],
    _ deadline: ContinuousClock.Instant
  ) throws(GitFailure) -> [String] {
    let output = try git.run(
      [
        "grep", "-l", "-z", "-F", "--full-name", "--no-textconv", "--no-color", "-e", text,
        commit.id,
      ] + paths, seconds: deadline.secondsLeft)
    // Each name stands behind that of the commit.
    return output.bytes.split(separator: 0).compactMap { name in
      String(validating: name.dropFirst(commit.id.utf8.count + 1), as: UTF8.self)
    }.filter { $0.hasSuffix(".py") }
  }

  /// The branches, here and of remotes, that a commit is part of; at most so many.
  package func branches(containing commit: GitCommit, limit: Int) throws(GitFailure) -> [String] {
    let output = try git.run([
      "for-each-ref", "--contains", commit.id, "--count=\(limit)", "--format=%(refname:short)",
      "refs/heads", "refs/remotes",
    ])
    return output.text.split(separator: "\n").map(String.init).filter { !$0.hasSuffix("/HEAD") }
  }
}

extension ContinuousClock.Instant {
  fileprivate var secondsLeft: Double {
    let rest = ContinuousClock.now.duration(to: self).components
    return max(0, Double(rest.seconds) + Double(rest.attoseconds) / 1e18)
  }
}

extension String {
  /// An extended regular expression that finds the text itself.
  fileprivate var escapedForRegex: String {
    var result = ""
    for scalar in unicodeScalars {
      if #"\^.[]$()|*+?{}"#.unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
