// What a project has otherwise than an earlier commit, and what is to be said of it.

import Alembic
import GitHistory
import PythonSyntax
import Reports
import SafetyRules
import SourceText
import Verdicts

/// The differences of a project from an earlier one, by revision.
struct Changes: Sendable {
  private(set) var list: RevisionChanges
  /// The revisions to judge: what is new, and what says something else now.
  private(set) var judged: Set<String> = []
  /// What the rules say of the change itself.
  private(set) var findings: [Finding] = []
  /// What the earlier files were odd in already.
  private var known: Set<Diagnostic> = []
  private let head: AlembicProject
  /// Of the earlier project; none where there was none.
  let earlierHeads: [String]
  let earlierCount: Int
  private var sources: [String: SourceFile] = [:]

  /// - Parameter name: the git revision with which the head has the base in common; nil for the last
  ///   commit.
  init(of project: Project, since name: String?) throws(BackoutFailure) {
    guard let snapshot = project.snapshot else {
      throw BackoutFailure("the files on disk are not compared with a commit")
    }
    let repository = snapshot.repository
    let option = name == nil ? "--staged" : "--changed-since"
    let base: GitCommit?
    do throws(GitFailure) {
      var last = snapshot.commit
      if last == nil { last = try repository.head() }
      if let name {
        let other = try repository.commit(name)
        guard let last else { throw GitFailure("nothing was committed yet") }
        base = try repository.mergeBase(other, last, named: name)
      } else {
        base = last
      }
    } catch {
      throw BackoutFailure("\(option): \(error.message)")
    }
    guard let base else {
      self.init(project, RevisionChanges(base: "the empty repository", commit: nil), nil)
      return
    }
    let list = RevisionChanges(base: base.words(name ?? "HEAD"), commit: base.id)
    let earlier = try Snapshot(base, named: name ?? "HEAD", of: repository)
    try self.init(project, since: earlier, list)
    // The last commit may be of this branch alone: no database need have run what it has.
    for index in findings.indices
    where name == nil && findings[index].rule == "rewritten-revision" {
      findings[index].severity = .warning
    }
  }

  /// - Parameter earlier: where the earlier files are.
  init(
    _ project: Project, since earlier: Snapshot, _ list: RevisionChanges
  ) throws(BackoutFailure) {
    var request = project.request
    request.paths = request.paths.map(earlier.path(of:))
    // Files that were named one by one need not be there; their environment is.
    if project.alembic.selection != nil {
      let directory =
        project.alembic.configuration.scriptLocation ?? project.alembic.versionDirectories.first
      request.paths = directory.map { [$0] } ?? request.paths
    }
    var list = list
    var base: Project?
    do throws(BackoutFailure) {
      base = try request.project(in: earlier)
    } catch {
      // Where there was no project, everything is new, and there is nothing to be said about it.
      if request.paths.allSatisfy(earlier.tree.holds),
        project.alembic.revisions.contains(where: { earlier.object(at: $0.path) != nil })
      {
        list.gap = error.message
      }
    }
    self.init(project, list, base)
    if let base { try compare(project, base) }
  }

  private init(_ project: Project, _ list: RevisionChanges, _ base: Project?) {
    self.list = list
    head = project.alembic
    earlierHeads = base?.alembic.graph.realHeads.withoutRepetition() ?? []
    earlierCount = base?.alembic.revisions.count ?? 0
    known = Set(base?.alembic.diagnostics ?? [])
    guard base == nil else { return }
    self.list.added = head.revisions.map {
      RevisionChanges.Change(revision: $0.id, file: $0.module.source.path)
    }
    judged = Set(head.revisions.map(\.id))
  }

  // MARK: - Comparison

  private mutating func compare(_ project: Project, _ base: Project) throws(BackoutFailure) {
    var edited: [Revision] = []
    for revision in head.revisions where head.revision(revision.id)?.path == revision.path {
      let file = revision.module.source.path
      guard let before = base.alembic.revision(revision.id) else {
        list.added.append(.init(revision: revision.id, file: file))
        judged.insert(revision.id)
        continue
      }
      if before.path != revision.path {
        list.moved.append(
          .init(revision: revision.id, file: file, origin: before.module.source.path))
      }
      if base.snapshot?.object(at: before.path) != project.snapshot?.object(at: revision.path) {
        edited.append(revision)
      }
    }
    for revision in base.alembic.revisions where head.revision(revision.id) == nil {
      list.deleted.append(.init(revision: revision.id, file: revision.module.source.path))
    }
    try compare(edited, base.alembic)
    try compareOthers(project, base)
    report(base.alembic)
  }

  /// A revision whose file is the same may say something else where it imports a module or reads a
  /// file that is not.
  private mutating func compareOthers(_ project: Project, _ base: Project) throws(BackoutFailure) {
    guard let now = project.snapshot, let then = base.snapshot else { return }
    let files = Set((head.revisions + base.alembic.revisions).map(\.path))
    let difference = now.difference(since: then, besides: files)
    if difference.isEmpty { return }
    let changed = Set((list.added + list.edited).map(\.revision))
    let same = head.revisions.filter { revision in
      !changed.contains(revision.id) && base.alembic.revision(revision.id) != nil
        && head.revision(revision.id)?.path == revision.path
    }
    let meanings = try head.evaluated(same, for: .online) { Meaning($0, $1) }
    guard difference.hasDeletions || !difference.changed.isDisjoint(with: now.read) else { return }
    let earlier = try base.alembic.evaluated(
      same.compactMap { base.alembic.revision($0.id) }, for: .online
    ) {
      Meaning($0, $1)
    }
    for (index, revision) in same.enumerated()
    where earlier[index].isKnown && earlier[index] != meanings[index] {
      list.edited.append(
        .init(revision: revision.id, file: revision.module.source.path, isIndirect: true))
      judged.insert(revision.id)
    }
  }

  /// Tells those that mean something else from those that only read otherwise.
  private mutating func compare(
    _ edited: [Revision], _ base: AlembicProject
  ) throws(BackoutFailure) {
    let before = Dictionary(
      try base.evaluated(edited.compactMap { base.revision($0.id) }, for: .online) {
        ($0.id, Meaning($0, $1))
      },
      uniquingKeysWith: { _, last in last })
    let now = try head.evaluated(edited, for: .online) { Meaning($0, $1) }
    for (revision, meaning) in zip(edited, now) {
      let isSame = meaning.isKnown && before[revision.id] == meaning
      list.edited.append(
        .init(revision: revision.id, file: revision.module.source.path, isSame: isSame))
      if !isSame { judged.insert(revision.id) }
    }
  }

  // MARK: - Findings

  private mutating func report(_ base: AlembicProject) {
    let place = list.base
    for change in list.rewritten {
      guard let revision = head.revision(change.revision) else { continue }
      add(
        revision, "rewritten-revision",
        "\(change.revision) is in \(place) already and says something else now"
          + (change.isIndirect ? ", by a file that it reads or imports" : "")
          + ": a database that has run it does not run it again")
    }
    for change in list.deleted {
      let diagnostic = Diagnostic(
        location: SourceLocation(file: change.file),
        message:
          "\(change.revision) is in \(place) and is deleted: on a database that is at it, every command of "
          + "alembic fails with \"Can't locate revision\"", topic: "rewritten-revision")
      SafetyRules.finding(for: diagnostic, revision: change.revision).map { findings.append($0) }
    }
    reportHeads(base)
  }

  /// A head more than before.
  private mutating func reportHeads(_ base: AlembicProject) {
    let heads = head.graph.realHeads.withoutRepetition()
    let earlier = base.graph.realHeads.withoutRepetition()
    guard heads.count > max(1, earlier.count),
      let new = heads.last(where: { !earlier.contains($0) }), let revision = head.revision(new),
      let other = heads.first(where: { $0 != new && earlier.contains($0) })
        ?? heads.first(where: { $0 != new })
    else { return }
    let files = [other, new].map { id in
      "\(id) (\(head.revision(id)?.module.source.path ?? "?"))"
    }
    add(
      revision, "multiple-heads",
      "since this change there are \(heads.count) heads: \(files.joined(separator: " and ")) are both followed by "
        + "none, and 'alembic upgrade head' refuses to choose",
      help: "alembic merge -m 'merge heads' " + heads.map(\.shellWord).joined(separator: " ")
        + "; or let \(new) follow \(other)")
  }

  private mutating func add(
    _ revision: Revision, _ topic: String, _ message: String, help: String? = nil
  ) {
    let source = revision.module.source
    let location =
      revision.places.revision.map(source.location(of:)) ?? SourceLocation(file: source.path)
    let diagnostic = Diagnostic(location: location, message: message, topic: topic)
    guard var finding = SafetyRules.finding(for: diagnostic, revision: revision.id) else { return }
    if let help { finding.help = help }
    findings.append(finding)
    sources[source.path] = source
  }

  /// Leaves out what was odd before.
  func apply(to analysis: inout Analysis) {
    analysis.changes = list
    analysis.diagnostics.removeAll { known.contains($0) || $0.topic == "multiple-heads" }
    analysis.sources.merge(sources) { first, _ in first }
  }
}

/// What a revision does, without the places where it says so.
private struct Meaning: Equatable, Sendable {
  private var links: [[String]]
  private var upgrade: [String]
  private var downgrade: [String]
  /// Nothing in it depends on what only running it would show.
  let isKnown: Bool

  init(_ revision: Revision, _ evaluation: RevisionEvaluation) {
    links = [revision.downRevisions, revision.dependencies, revision.branchLabels]
    upgrade = Self.words(of: evaluation.upgrade)
    downgrade = Self.words(of: evaluation.downgrade)
    isKnown = [evaluation.upgrade, evaluation.downgrade].allSatisfy { step in
      step.isComplete && step.offlineOnly.isEmpty && step.offlineFailures.isEmpty
        && step.statements.allSatisfy { !$0.isConditional }
    }
  }

  private static func words(of step: Step) -> [String] {
    step.statements.map { "\($0.autocommit) \($0.checksFirst) \($0.sql)" }
      + ["\(step.isMissing) \(step.isEmptyBody) \(step.raises?.type ?? "")"]
  }
}
