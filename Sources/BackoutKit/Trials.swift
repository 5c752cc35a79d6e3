// Every revision of a history taken up, and back down again by itself.

import Alembic
import PythonSyntax
import SafetyRules
import SchemaModel
import SourceText
import Threads
import Verdicts

/// What it takes to try the revisions of a history.
struct Trials {
  let history: History
  /// Whether Alembic would not load the project.
  let isRefused: Bool
  /// The revisions to judge; nil: all.
  let selected: Set<String>?
  let rules: ActiveRules
  /// PostgreSQL's major version.
  let serverVersion: Int
  let branches: BranchDoubts
  let environment: EnvironmentDoubts

  /// What came of each revision, and what the rules about the whole history say.
  func run() -> ([Trial.Outcome], [Finding]) {
    for start in history.possibleStarts {
      if let result = run(from: start) { return result }
    }
    return ([], [])
  }

  /// One thread replays the upgrades, one after the other; meanwhile others take each of them back.
  /// Nil where the history does not begin there.
  private func run(from start: Catalog) -> ([Trial.Outcome], [Finding])? {
    let (review, outcomes) = concurrentMap(
      making: { judge -> HistoryReview? in
        var review = rules.historyReview
        var namesSchemas = false
        let begins = history.replayUpgrades(from: start, serverVersion) { upgrade in
          review.add(upgrade.record)
          if !environment.names.isEmpty, !namesSchemas {
            namesSchemas = upgrade.record.namesSchemas
          }
          judge(
            Trial(
              steps: upgrade.steps, origin: 2 * upgrade.index + 2, before: upgrade.before,
              upgrade: upgrade.record, replayer: upgrade.replayer,
              isSelected: selected?.contains(upgrade.steps.revision.id) != false,
              isRefused: isRefused,
              isInBranch: branches.concerns(upgrade.steps.revision.id), environment: environment,
              namesSchemas: namesSchemas, rules: rules))
        }
        return begins ? review : nil
      }, \.outcome)
    guard let review else { return nil }
    return (
      branches.applied(to: outcomes),
      review.findings.filter { selected?.contains($0.revision) != false }
    )
  }
}

/// One revision, replayed upwards; going back down and judging it needs nothing of the others.
final class Trial: Sendable {
  let steps: RevisionSteps
  private let origin: Origin
  private let before: Catalog
  private let upgrade: StepRecord
  /// What replayed the upgrade.
  private let replayer: Replayer
  private let isSelected: Bool
  private let isRefused: Bool
  /// Whether others may be applied before or after it.
  private let isInBranch: Bool
  private let environment: EnvironmentDoubts
  /// Whether a revision up to this one names a schema.
  private let namesSchemas: Bool
  private let rules: ActiveRules

  init(
    steps: RevisionSteps, origin: Origin, before: Catalog, upgrade: StepRecord, replayer: Replayer,
    isSelected: Bool, isRefused: Bool, isInBranch: Bool,
    environment: EnvironmentDoubts, namesSchemas: Bool, rules: ActiveRules
  ) {
    self.steps = steps
    self.origin = origin
    self.before = before
    self.upgrade = upgrade
    self.replayer = replayer
    self.isSelected = isSelected
    self.isRefused = isRefused
    self.isInBranch = isInBranch
    self.environment = environment
    self.namesSchemas = namesSchemas
    self.rules = rules
  }

  /// Handed from thread to thread, so not copied.
  final class Outcome: Sendable {
    /// Kept as long as the outcome: its parts were made by several threads, which would wait for each
    /// other to free them.
    let trial: Trial
    /// Nil where the revision was not to be judged.
    let assessment: RevisionAssessment?
    /// In the one order of output.
    let findings: [Finding]
    let notes: [OpaqueNote]
    let coverage: Coverage
    /// What the steps touch; nil where no other revision may stand before or after this one.
    let touched: BranchDoubts.Touched?
    var revision: String { trial.steps.revision.id }
    var source: SourceFile { trial.steps.revision.module.source }

    init(
      trial: Trial, assessment: RevisionAssessment? = nil, findings: [Finding] = [],
      notes: [OpaqueNote] = [], coverage: Coverage, touched: BranchDoubts.Touched? = nil
    ) {
      self.trial = trial
      self.assessment = assessment
      self.findings = findings
      self.notes = notes
      self.coverage = coverage
      self.touched = touched
    }

    func with(_ assessment: RevisionAssessment) -> Outcome {
      Outcome(
        trial: trial, assessment: assessment, findings: findings, notes: notes,
        coverage: coverage, touched: touched)
    }
  }

  var outcome: Outcome {
    let revision = steps.revision
    var touched = isInBranch ? BranchDoubts.Touched(upgrade: upgrade.footprint) : nil
    guard isSelected else {
      return Outcome(trial: self, coverage: replayer.coverage, touched: touched)
    }
    var replayer = replayer
    var after = upgrade.after
    let downgrade = replayer.replay(steps.downgrade, of: revision, origin: origin, on: &after)
    touched?.downgrade = downgrade.footprint
    let context = RoundTripContext(
      RoundTrip(before: before, upgrades: [upgrade], downgrades: [downgrade]),
      server: ServerVersion(major: replayer.serverVersion))
    var judgement = Judge().judge(context)
    if !environment.isEmpty {
      let isMixed = namesSchemas || downgrade.namesPublic
      for reason in environment.reasons(namesSchemas: isMixed) { judgement.add(reason) }
    }
    if isRefused { judgement.doubt("alembic does not load these migrations") }
    return Outcome(
      trial: self,
      assessment: RevisionAssessment(
        revision: revision.id, message: revision.message, file: revision.module.source.path,
        answers: judgement.answers, schemaDifferences: judgement.schemaDifferences,
        codeBreaks: judgement.codeBreaks, reasons: judgement.reasons),
      findings: rules.findings(in: context, differences: judgement.differences)
        .sorted(by: Finding.ordered),
      notes: replayer.notes + unproved(judgement.reasons, besides: replayer.notes),
      coverage: replayer.coverage, touched: touched)
  }

  /// The statements of which something that decides is not proved, as places that can be
  /// acknowledged, unless they are such places already.
  private func unproved(_ reasons: [Reason], besides notes: [OpaqueNote]) -> [OpaqueNote] {
    var found: [OpaqueNote] = []
    for reason in reasons where reason.verdict == .unknown {
      guard let location = reason.location,
        !notes.contains(where: { $0.location == location })
      else { continue }
      let isInUpgrade = upgrade.statements.contains { $0.location == location }
      let note = OpaqueNote(
        revision: steps.revision.id, direction: isInUpgrade ? .upgrade : .downgrade,
        location: location, kind: "effect not proved", detail: reason.text)
      if !found.contains(note) { found.append(note) }
    }
    return found.filter { $0.direction == .upgrade } + found.filter { $0.direction == .downgrade }
  }
}
