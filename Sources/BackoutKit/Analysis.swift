// A static analysis: every revision replayed upwards, and back down again by itself.

import Alembic
import PostgresSyntax
import PythonSyntax
import Reports
import SafetyRules
import SchemaModel
import SourceText
import Threads
import Verdicts

extension Project {
  /// Judges the way back of every revision, or of those in a range.
  /// - Parameters:
  ///   - range: `a:b` as Alembic spells it, the revisions after `a` up to `b`; nil: all, or those in
  ///     the files that were named.
  ///   - options: what the command line says of rules, baseline and server.
  public func analyze(
    range: String? = nil, options: AnalysisOptions = AnalysisOptions()
  ) throws(BackoutFailure) -> AnalysisReport {
    let settings = alembic.settings.policy
    let (policy, rules) = try policy(enabling: options.enabledRules)
    let baseline = try options.baseline(settings)
    let ranged = try range.map { range throws(BackoutFailure) in try revisions(in: range) }
    var selected = try selection(ranged, startAfter: settings.startAfter)
    let changes = try options.changes(of: self)
    if let changes { selected = selected?.intersection(changes.judged) ?? changes.judged }
    if let range, let ranged, !ranged.isEmpty, selected?.isEmpty == true {
      throw BackoutFailure(
        "--range: the settings leave out all of '\(range)': none is after 'start-after'")
    }
    var (analysis, outcomes) = try judged(
      selected, by: rules, serverVersion: try options.version(settings), changes: changes)
    if let path = options.newBaseline { try Baseline(of: analysis).write(to: path) }
    policy.apply(
      to: &analysis,
      modules: alembic.revisions.filter { changes?.judged.contains($0.id) != false }.map(\.module),
      baseline: baseline, today: Day.today, isPartial: changes != nil)
    return AnalysisReport(
      project: self, analysis: analysis, failOn: settings.failOn,
      emptyRange: ranged?.isEmpty == true ? range : nil, outcomes: outcomes)
  }

  /// Every upgrade replayed, and the selected revisions judged.
  /// - Parameter changes: nil: what is wrong with any file counts; else what is wrong with these.
  func judged(
    _ selected: Set<String>?, by rules: ActiveRules, serverVersion: Int, changes: Changes? = nil
  ) throws(BackoutFailure) -> (Analysis, [Trial.Outcome]) {
    let (outcomes, historyFindings) = try History.read(of: alembic) { history in
      let trials = Trials(
        history: history, isRefused: alembic.refusal != nil, selected: selected, rules: rules,
        serverVersion: serverVersion, branches: BranchDoubts(alembic.graph),
        environment: EnvironmentDoubts(alembic.environment))
      return trials.run()
    }
    var analysis = Analysis(
      refusal: alembic.refusal, isComplete: alembic.isComplete, diagnostics: alembic.diagnostics)
    for outcome in outcomes { analysis.add(outcome) }
    // One file after the other the findings are almost sorted.
    let byFile = outcomes.filter { !$0.findings.isEmpty }.sorted { $0.source.path < $1.source.path }
    analysis.findings = byFile.flatMap(\.findings) + historyFindings
    changes?.apply(to: &analysis)
    analysis.addFileFindings(of: alembic)
    analysis.findings += changes?.findings ?? []
    analysis.findings.sort(by: Finding.ordered)
    return (analysis, outcomes)
  }

  func selection(
    _ ranged: Set<String>? = nil, startAfter: String?
  ) throws(BackoutFailure) -> Set<String>? {
    let selected = ranged ?? alembic.selection
    guard let startAfter else { return selected }
    let later = try revisions(in: "\(startAfter):heads")
    return selected.map { $0.intersection(later) } ?? later
  }

  /// The revisions of a range, whichever way it points.
  private func revisions(in range: String) throws(BackoutFailure) -> Set<String> {
    let ends = range.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    do throws(RevisionFailure) {
      let graph = alembic.graph
      guard ends.count == 2 else {
        let named = Set(try graph.resolve(range))
        guard !named.isEmpty else { throw RevisionFailure(.revision, "'\(range)' is no revision") }
        return named
      }
      let low = ends[0].isEmpty ? [] : try graph.resolve(ends[0])
      let high = try graph.resolve(ends[1].isEmpty ? "heads" : ends[1])
      let lower = graph.ancestors(of: low).union(low)
      let upper = graph.ancestors(of: high).union(high)
      let upwards = upper.subtracting(lower)
      return upwards.isEmpty ? lower.subtracting(upper) : upwards
    } catch {
      throw BackoutFailure(error, in: alembic.graph)
    }
  }
}

extension Analysis {
  fileprivate mutating func add(_ outcome: Trial.Outcome) {
    coverage = coverage + outcome.coverage
    guard let assessment = outcome.assessment else { return }
    revisions.append(assessment)
    opaque += outcome.notes
    sources[outcome.source.path] = outcome.source
  }

  /// What is wrong with the files themselves, and with their graph.
  fileprivate mutating func addFileFindings(of project: AlembicProject) {
    guard !diagnostics.isEmpty else { return }
    let revisions = Dictionary(
      project.revisions.map { ($0.module.source.path, $0) }, uniquingKeysWith: { first, _ in first }
    )
    for diagnostic in diagnostics {
      let revision = revisions[diagnostic.location.file]
      guard var finding = SafetyRules.finding(for: diagnostic, revision: revision?.id ?? "")
      else { continue }
      // What is not there is missing where the file says which revision it is.
      if finding.location == SourceLocation(file: finding.location.file), let revision,
        let place = revision.places.revision
      {
        finding.location = revision.module.source.location(of: place)
      }
      findings.append(finding)
      if let source = revision?.module.source { sources[source.path] = source }
    }
  }
}

extension AlembicProject {
  /// One line where Alembic would not load the project.
  var complaint: String? { refusal.map(Self.complaint) }

  static func complaint(_ refusal: String) -> String {
    "backout: alembic does not load these migrations: \(refusal.harmless)"
  }

  /// See `evaluate`.
  func evaluated<Result: Sendable>(
    _ revisions: [Revision], for mode: ExecutionMode,
    _ use: @escaping @Sendable (Revision, RevisionEvaluation) -> Result
  ) throws(BackoutFailure) -> [Result] {
    do {
      return try evaluate(revisions, for: mode, use)
    } catch {
      throw BackoutFailure("no thread could be started to evaluate the migrations on")
    }
  }
}

/// The revisions of a project with their steps, in the order of upgrading from base.
struct History {
  let steps: Arrivals<RevisionSteps>
  private let isTransactional: Bool
  /// Whether the migrations run in transactions is known: `transactional_ddl=False` alone does not keep
  /// SQLAlchemy and the driver from beginning them, and another isolation level may.
  private let areTransactionsKnown: Bool
  private let drivers: Drivers
  private let answers: SchemaAnswers
  private let isComplete: Bool

  /// - Parameter only: the revisions to evaluate; nil: all.
  init(
    _ project: AlembicProject, only: Set<String>? = nil
  ) throws(BackoutFailure) {
    let parsed = Memo<ExactText, ParseOutcome>()
    let revisions = Self.revisions(of: project).filter { only?.contains($0.id) != false }
    let steps = try Self.steps(of: revisions, in: project, parsed) { _ in }
    self.init(project, Arrivals(steps), parsed)
  }

  /// What `use` makes of the whole history, whose steps are still being made meanwhile. It is called once
  /// more where they turn out not to be the last ones: then nothing of its first answer counts.
  static func read<Outcome>(
    of project: AlembicProject, _ use: (History) -> Outcome
  ) throws(BackoutFailure) -> Outcome {
    let parsed = Memo<ExactText, ParseOutcome>()
    let revisions = Self.revisions(of: project)
    let places = Dictionary(
      revisions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let arrivals = Arrivals<RevisionSteps>(count: revisions.count)
    let made = Returned<Result<[RevisionSteps], BackoutFailure>>()
    let evaluation = Thread {
      do throws(BackoutFailure) {
        let steps = try Self.steps(of: revisions, in: project, parsed) { steps in
          if let place = places[steps.revision.id] { arrivals.put(steps, at: place) }
        }
        made.value = .success(steps)
      } catch {
        made.value = .failure(error)
      }
      arrivals.close()
    }
    guard let evaluation else { return use(try History(project)) }
    let outcome = use(History(project, arrivals, parsed))
    evaluation.join()
    let steps = try made.value?.get() ?? []
    // Where the budget was not enough for all, they were made once more.
    if arrivals.elementsEqual(steps, by: ===) { return outcome }
    return use(History(project, Arrivals(steps), parsed))
  }

  private static func revisions(of project: AlembicProject) -> [Revision] {
    let order = order(of: project.graph) ?? project.revisions.map(\.id)
    return order.compactMap(project.revision)
  }

  private static func steps(
    of revisions: [Revision], in project: AlembicProject, _ parsed: Memo<ExactText, ParseOutcome>,
    _ use: @escaping @Sendable (RevisionSteps) -> Void
  ) throws(BackoutFailure) -> [RevisionSteps] {
    try project.evaluated(revisions, for: .online) { revision, evaluation in
      let steps = RevisionSteps(
        revision: revision, upgrade: ParsedStep(evaluation.upgrade, parsed),
        downgrade: ParsedStep(evaluation.downgrade, parsed))
      use(steps)
      return steps
    }
  }

  private init(
    _ project: AlembicProject, _ steps: Arrivals<RevisionSteps>,
    _ parsed: Memo<ExactText, ParseOutcome>
  ) {
    self.steps = steps
    isTransactional = project.environment.online.transactionalDDL.value != .some(false)
    areTransactionsKnown = isTransactional && !project.environment.setsIsolation
    drivers = project.drivers
    answers = SchemaAnswers(project, parsed)
    // A file that could not be read may have made anything.
    isComplete = project.isComplete
  }

  /// For what is replayed from the start of the history.
  func replayer(serverVersion: Int) -> Replayer {
    var replayer = Replayer(
      isTransactional: isTransactional, areTransactionsKnown: areTransactionsKnown,
      serverVersion: serverVersion, drivers: drivers)
    replayer.answers = answers
    return replayer
  }

  /// The catalog that the history begins at: one that is not complete where an upgrade needs what no
  /// earlier one made.
  func start(serverVersion: Int) -> Catalog {
    let starts = possibleStarts
    for start in starts.dropLast() {
      let isPossible = replayUpgrades(from: start, serverVersion) { _ in }
      if isPossible { return start }
    }
    return starts[starts.count - 1]
  }

  /// What the history may begin at, the likelier first; the last cannot be refuted.
  var possibleStarts: [Catalog] {
    let unknown = Catalog(isComplete: false)
    var empty = Catalog()
    empty.mayFollowOthers = steps.first { _ in true }?.upgrade.step.isEmptyBody == true
    return isComplete ? [empty, unknown] : [unknown]
  }

  /// A revision taken up.
  struct Upgrade {
    var index: Int
    var steps: RevisionSteps
    var before: Catalog
    var record: StepRecord
    /// What replayed it, with nothing of the revisions before in its notes.
    var replayer: Replayer
  }

  /// Replays the upgrades one after the other. Ends, and returns false, once an upgrade needs what none
  /// before it made, so that the history does not begin at an empty database.
  func replayUpgrades(
    from start: Catalog, _ serverVersion: Int, _ use: (Upgrade) -> Void
  ) -> Bool {
    var catalog = start
    var replayer = replayer(serverVersion: serverVersion)
    for (index, steps) in steps.enumerated() {
      catalog.markChanges()
      let before = catalog
      replayer = replayer.branch
      let record = replayer.replay(
        steps.upgrade, of: steps.revision, origin: 2 * index + 1, on: &catalog)
      use(
        Upgrade(index: index, steps: steps, before: before, record: record, replayer: replayer))
      if start.isComplete, replayer.missesObjects { return false }
    }
    return true
  }

  /// Nil for a graph that Alembic would not load.
  private static func order(of graph: RevisionGraph) -> [String]? {
    guard let order = graph.upgradeOrder, order.count == graph.identifiers.count else { return nil }
    return order
  }
}

/// What the command line of `backout analyze` says beside the project's settings.
public struct AnalysisOptions: Sendable {
  /// Rules that are off by default and are to speak.
  public var enabledRules: [String] = []
  /// A file of known findings; nil: that of the settings.
  public var baseline: String?
  /// Where all that is found now is written as known.
  public var newBaseline: String?
  /// PostgreSQL's major version; nil: that of the settings, else 15.
  public var postgresVersion: Int?
  /// A git revision: only what is new or different since then is judged.
  public var changedSince: String?
  /// Only what the index has otherwise than the last commit is judged.
  public var isStaged = false

  public init() {}

  fileprivate func baseline(_ settings: PolicySettings) throws(BackoutFailure) -> Baseline {
    if newBaseline != nil { return Baseline() }
    guard let path = baseline ?? settings.baseline else { return Baseline() }
    return try Baseline(path: path)
  }

  fileprivate func changes(of project: Project) throws(BackoutFailure) -> Changes? {
    guard changedSince != nil || isStaged else { return nil }
    guard newBaseline == nil else {
      throw BackoutFailure(
        "--write-baseline writes all that is known, and --changed-since and --staged show a part of it"
      )
    }
    return try Changes(of: project, since: changedSince)
  }

  func version(_ settings: PolicySettings) throws(BackoutFailure) -> Int {
    let version = postgresVersion ?? settings.postgresVersion ?? 15
    guard (11...18).contains(version) else {
      throw BackoutFailure("PostgreSQL \(version) is not known; 11 to 18 are")
    }
    return version
  }
}
