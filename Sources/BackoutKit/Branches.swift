// Revisions of other branches, which may be applied before a revision or after it.

import Alembic
import SafetyRules
import SchemaModel
import Verdicts

/// What stands against the judgement of a revision that has no order with others. It was judged in one
/// order of all; another one is met where one of the others touches the same objects.
struct BranchDoubts {
  private let groups: [ParallelRevisions]
  private let members: Set<String>

  init(_ graph: RevisionGraph) {
    groups = graph.parallelRevisions
    members = Set(groups.flatMap(\.revisions))
  }

  /// Whether there are others that the revision has no order with.
  func concerns(_ revision: String) -> Bool { members.contains(revision) }

  func applied(to outcomes: [Trial.Outcome]) -> [Trial.Outcome] {
    guard !groups.isEmpty else { return outcomes }
    var meetings: [String: [Meeting]] = [:]
    let touched = Dictionary(
      outcomes.compactMap { outcome in outcome.touched.map { (outcome.revision, $0) } },
      uniquingKeysWith: { first, _ in first })
    for group in groups {
      for (revision, met) in Self.meetings(in: group, touched) { meetings[revision] = met }
    }
    return outcomes.map { outcome in
      guard let met = meetings[outcome.revision], var assessment = outcome.assessment,
        assessment.answers.executes != .no
      else { return outcome }
      assessment.doubt(met)
      return outcome.with(assessment)
    }
  }

  /// What a revision touches going up and down.
  struct Touched {
    var upgrade = Footprint()
    var downgrade = Footprint()
  }

  /// Another revision, and what it has in common with the one that meets it.
  struct Meeting {
    var revision: String
    /// Nil where not all is known that is touched.
    var object: String?
    var writesValues: Bool
  }

  /// For each revision the others that may use what it changes, or change what its downgrade uses.
  private static func meetings(
    in group: ParallelRevisions, _ touched: [String: Touched]
  ) -> [String: [Meeting]] {
    let all = group.revisions.map { touched[$0] ?? Touched() }
    var users: [String: [Int]] = [:]
    for (place, touched) in all.enumerated() {
      for name in touched.upgrade.names { users[name, default: []].append(place) }
    }
    let open = all.indices.filter { all[$0].upgrade.isOpen }
    var result: [String: [Meeting]] = [:]
    for (place, own) in all.enumerated() {
      var met: [Int: Meeting] = [:]
      func note(_ other: Int, _ object: String?) {
        met[other] = Meeting(
          revision: group.revisions[other], object: object,
          writesValues: all[other].upgrade.writesValues)
      }
      let candidates = own.isOpen ? Array(all.indices) : open
      for other in candidates
      where group.areUnordered(place, other) && own.isOpen(to: all[other].upgrade) {
        note(other, nil)
      }
      let names = own.upgrade.changed.merging(own.downgrade.changed) { $0.union($1) }.keys
      for name in own.downgrade.names.union(names).sorted() {
        for other in users[name] ?? [] where met[other] == nil && group.areUnordered(place, other) {
          let upgrade = all[other].upgrade
          let part =
            upgrade.use(of: name, changedBy: own.upgrade)
            ?? upgrade.use(of: name, changedBy: own.downgrade)
            ?? own.downgrade.use(of: name, changedBy: upgrade)
          if let part { note(other, part.described(of: name)) }
        }
      }
      if !met.isEmpty {
        result[group.revisions[place]] = met.sorted { $0.key < $1.key }.map(\.value)
      }
    }
    return result
  }
}

extension BranchDoubts.Touched {
  /// Whether not all is known that this revision touches.
  fileprivate var isOpen: Bool { upgrade.isOpen || downgrade.isOpen }

  /// Whether an upgrade may touch what this revision does, of which not all is known.
  fileprivate func isOpen(to other: Footprint) -> Bool {
    other.isOpen && !downgrade.isEmpty || isOpen && !other.isEmpty
  }
}

extension Footprint.Part {
  fileprivate func described(of name: String) -> String {
    switch self {
    case .whole: name
    case .column(let column): "\(name).\(column)"
    case .aside(let what): "\(name) (\(what))"
    }
  }
}

extension RevisionAssessment {
  /// The answers hold for one order of application only.
  fileprivate mutating func doubt(_ met: [BranchDoubts.Meeting]) {
    let words = met.prefix(3).map { meeting in
      meeting.object.map { "\(meeting.revision) also touches \($0)" }
        ?? "\(meeting.revision), and not all is known that is touched"
    }
    let more = met.count > 3 ? ", and \(met.count - 3) more" : ""
    let text =
      "another branch may be applied before this revision or after it: "
      + words.joined(separator: ", ") + more
    if answers.executes == .yes { answers.executes = .depends }
    reasons.append(Reason(.executes, .depends, text))
    if answers.schema == .restored { answers.schema = .unknown }
    if answers.schema == .unknown { reasons.append(Reason(.schema, .unknown, text)) }
    if answers.data == .kept, met.contains(where: \.writesValues) {
      answers.data = .unknown
      reasons.append(Reason(.data, .unknown, text))
    }
  }
}

extension StepRecord {
  /// What the step touches.
  var footprint: Footprint {
    var all = Footprint()
    if opaqueCount > 0 { all.addUnknown() }
    for statement in statements { all.add(statement.outcome, sql: statement.sql) }
    return all
  }
}
