// A revision that a database has and the files do not: which commit of the repository has it.

import Alembic
import GitHistory
import Reports

/// Where a revision is that the project's files do not have.
struct LostRevision: Sendable {
  let commit: GitCommit
  /// Relative to the root of the repository.
  let file: String
  /// The first branches that the commit is part of; none where it was left behind.
  let branches: [String]

  /// What was looked for and not found, and why it may be there nevertheless.
  struct Absence: Error {
    let reason: String
  }

  private static let branchLimit = 3

  /// Looks through the whole history: all branches, and commits that none of them has any more.
  /// - Parameter seconds: the time that the search may take.
  init(_ id: String, of project: Project, seconds: Double) throws(Absence) {
    do throws(GitFailure) {
      let repository: GitRepository
      if let snapshot = project.snapshot {
        repository = snapshot.repository
      } else {
        repository = try GitRepository(around: project.alembic.versionDirectories.first ?? ".")
      }
      let found = try Self.match(
        id, project, repository, until: ContinuousClock.now + .seconds(seconds))
      guard let found else {
        throw GitFailure("no commit of this repository has it\(repository.shallowHint)")
      }
      commit = found.commit
      file = found.path
      branches = try repository.branches(containing: commit, limit: Self.branchLimit)
    } catch {
      throw Absence(reason: error.message)
    }
  }

  /// First where the migrations are now, then everywhere.
  private static func match(
    _ id: String, _ project: Project, _ repository: GitRepository,
    until deadline: ContinuousClock.Instant
  ) throws(GitFailure) -> GitMatch? {
    let objects = GitObjects(repository)
    let root = repository.root == "/" ? "/" : repository.root + "/"
    var places: [String] = []
    for directory in project.alembic.versionDirectories {
      let path = try repository.path(of: directory)
      if path.hasPrefix(root) { places.append(String(path.dropFirst(root.count))) }
    }
    for directories in places.isEmpty ? [[]] : [places, []] {
      let matches = try repository.matches(of: id, below: directories, until: deadline)
      for match in matches {
        guard let bytes = try? objects.contents(of: match.object, limit: 1 << 20) else { continue }
        if project.alembic.identifier(in: bytes, at: root + match.path) == id { return match }
      }
    }
    return nil
  }

  /// What to do, as the end of a sentence.
  var advice: String {
    let place =
      branches.isEmpty
      ? "no branch has it any more" : "in \(branches.joined(separator: ", "))"
    return
      "commit \(commit.short) (\(place)) has it in \(file): add --ref \(commit.short), or check it out: "
      + "git worktree add ../\(commit.short) \(commit.short)"
  }
}

extension Project {
  /// What to do about a revision that the files do not have, as the end of a sentence.
  func checkout(with id: String) -> String {
    let general = "take the checkout that was deployed"
    do throws(LostRevision.Absence) {
      return try LostRevision(id, of: self, seconds: 3).advice
    } catch {
      return "\(general) (\(error.reason))"
    }
  }
}
