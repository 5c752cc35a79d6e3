// Alembic's ways of naming a revision into revisions: identifiers, prefixes, labels, head, base.

import SourceText

/// What a name stands for.
enum NamedRevision: Equatable {
  case node(Int)
  /// Nothing: before the first revision, as a starting point.
  case nothing
  /// `base`, reached by walking down.
  case base
}

extension RevisionGraph {
  /// The revisions that a name stands for; empty for `base`. Throws as
  /// `ScriptDirectory.get_revisions` does.
  package func resolve(_ name: String) throws(RevisionFailure) -> [String] {
    if let loadFailure { throw loadFailure }
    return try revisions(named: name).compactMap { point in
      if case .node(let node) = point { nodes[node].id } else { nil }
    }
  }

  /// The rows that `--sql` assumes for the start of a range, `A` of `A:B`
  /// (`MigrationContext.get_current_heads` in offline mode).
  package func offlineRows(_ start: String) throws(RevisionFailure) -> [String] {
    if let loadFailure { throw loadFailure }
    if start == "base" { return [] }
    guard case .node(let node) = try revision(named: start) else {
      throw .crash("AttributeError", "'\(start)' is not one revision to start from")
    }
    return [nodes[node].id]
  }

  /// `RevisionMap.get_revisions` of one name.
  func revisions(named name: String) throws(RevisionFailure) -> [NamedRevision] {
    let (ids, label) = try identifiers(of: name)
    if ids.count == 1, let steps = pythonInteger(ids[0]), steps < 0 {
      var starts = try revisions(named: "heads")
      if let label {
        let members = members(ofBranch: label)
        starts.removeAll { if case .node(let node) = $0 { !members.contains(node) } else { true } }
      }
      return try starts.map { start throws(RevisionFailure) in
        try walk(from: start, steps: steps, label: nil)
      }
    }
    return try ids.map { id throws(RevisionFailure) in
      .node(try node(identifiedBy: id, branch: label))
    }
  }

  /// `RevisionMap.get_revision`.
  func revision(named name: String) throws(RevisionFailure) -> NamedRevision {
    let (ids, label) = try identifiers(of: name)
    if ids.count > 1 { throw .multipleHeads(ids, argument: name) }
    if let id = ids.first { return .node(try node(identifiedBy: id, branch: label)) }
    if let label, !label.isEmpty { _ = try branch(named: label) }
    return .nothing
  }

  /// `RevisionMap._resolve_branch`: the revision of a label or identifier.
  func branch(named label: String) throws(RevisionFailure) -> Int {
    if let node = node(named: label) { return node }
    do {
      return try node(identifiedBy: label, branch: nil)
    } catch {
      guard error.kind == .resolution else { throw error }
      throw .resolution("No such branch: '\(label)'", of: label)
    }
  }

  /// `RevisionMap._resolve_revision_number`: `label@rest`, `head`, `heads` and `base` spelled out.
  private func identifiers(
    of name: String
  ) throws(RevisionFailure) -> (ids: [String], label: String?) {
    var label: String?
    var rest = name
    if let at = name.firstIndex(of: "@") {
      label = String(name[..<at])
      rest = String(name[name.index(after: at)...])
    }
    switch rest {
    case "heads":
      guard let label, !label.isEmpty else { return (realHeads, label) }
      return (try filter(heads, forLineageOf: label), label)
    case "head":
      return (try currentHead(label).map { [$0] } ?? [], label)
    case "base":
      return ([], label)
    default:
      return ([rest], label)
    }
  }

  private func currentHead(_ label: String?) throws(RevisionFailure) -> String? {
    var candidates = heads
    let label = label.flatMap { $0.isEmpty ? nil : $0 }
    if let label { candidates = try filter(heads, forLineageOf: label) }
    if candidates.count > 1 {
      throw .multipleHeads(candidates, argument: label.map { "\($0)@head" } ?? "head")
    }
    return candidates.first
  }

  /// `RevisionMap._revision_for_ident`: by identifier, label or a prefix of either, on a branch.
  private func node(
    identifiedBy id: String, branch label: String?
  ) throws(RevisionFailure) -> Int {
    let label = label.flatMap { $0.isEmpty ? nil : $0 }
    let origin = try label.map { name throws(RevisionFailure) in try branch(named: name) }
    let exact = node(named: id)
    let node = if let exact { exact } else { try node(startingWith: id, branch: label) }
    if let label, let origin {
      guard !related([live(node)], to: [live(origin)]).isEmpty else {
        throw .resolution(
          "Revision \(nodes[node].id) is not a member of branch '\(label)'", of: id)
      }
    }
    return node
  }

  private func node(startingWith prefix: String, branch: String?) throws(RevisionFailure) -> Int {
    if prefix.isEmpty { throw .crash("AssertionError", "An empty name is no revision") }
    var matches = (identifiers + labelOrder).filter {
      $0.unicodeScalars.count > 3 && $0.utf8.starts(with: prefix.utf8)
    }
    if let branch { matches = try filter(matches, forLineageOf: branch) }
    if matches.count == 1, let node = node(named: matches[0]) { return node }
    guard matches.isEmpty else {
      let shown = matches.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      throw .resolution("Multiple revisions start with '\(prefix)': \(shown)...", of: prefix)
    }
    let advice =
      "; please ensure at least four characters are present for partial revision identifier matches"
    var failure = RevisionFailure.resolution(
      "No such revision or branch '\(prefix)'"
        + (prefix.unicodeScalars.count < 4 ? advice : ""), of: prefix)
    failure.unknownName = prefix
    throw failure
  }
}

extension RevisionGraph {
  /// The revision or branch whose name is nearest to one that does not exist.
  package func nearest(to name: String) -> String? {
    Spelling.nearest(name, among: identifiers + labelOrder)
  }
}

// MARK: - Lineage

extension RevisionGraph {
  /// The nodes that have one of `origins` above or below them along `down_revision`
  /// (`RevisionMap._shares_lineage`).
  private func related(_ targets: [Int], to origins: [Int]) -> [Int] {
    var related = NodeSet(capacity: nodes.count)
    // Nothing leads to an earlier file of a duplicate identifier but the file itself.
    for origin in origins where origin >= liveCount { related.insert(origin) }
    let live = origins.filter { $0 < liveCount }
    for origin in live { related.formUnion(reach(from: [origin], along: parents)) }
    for origin in live { related.formUnion(reach(from: [origin], along: children)) }
    return targets.filter { target in
      if target < liveCount { return related.contains(target) }
      let below = reach(from: [target], along: parents)
      return origins.contains(where: below.contains)
    }
  }

  /// `RevisionMap.filter_for_lineage` of identifiers or labels.
  func filter(
    _ names: [String], forLineageOf name: String
  ) throws(RevisionFailure) -> [String] {
    let targets = try names.map { target throws(RevisionFailure) in
      (target, try node(identifiedBy: target, branch: nil))
    }
    let kept = try filter(targets.map(\.1), forLineageOf: name)
    let set = Set(kept)
    return targets.filter { set.contains($0.1) }.map(\.0)
  }

  /// `RevisionMap.filter_for_lineage` of revisions. A name that stands for nothing (`base`) keeps
  /// all; without targets the name is not looked up.
  func filter(_ targets: [Int], forLineageOf name: String) throws(RevisionFailure) -> [Int] {
    let (ids, label) = try identifiers(of: name)
    let shares = (label.map { $0.isEmpty ? [] : [$0] } ?? []) + ids
    if shares.isEmpty || targets.isEmpty { return targets }
    let origins = try shares.map { share throws(RevisionFailure) in
      try node(identifiedBy: share, branch: nil)
    }
    return related(targets, to: origins)
  }
}

/// `int(text)` for a text without a sign or with one, as Python reads it; nil where it is none.
private func pythonInteger(_ text: String) -> Int? {
  let trimmed = text.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
  var body = Substring(trimmed)
  while let last = body.utf8.last, last == 0x20 || (0x09...0x0D).contains(last) {
    body.removeLast()
  }
  let digits = body.drop { $0 == "-" || $0 == "+" }
  guard body.utf8.count - digits.utf8.count <= 1, let first = digits.utf8.first,
    digits.utf8.last != 0x5F, first != 0x5F, !digits.contains("__"),
    digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x5F })
  else { return nil }
  let limit = Int(Int32.max)
  let value = min(Int(String(digits.filter { $0 != "_" })) ?? limit, limit)
  return body.utf8.first == 0x2D ? -value : value
}
