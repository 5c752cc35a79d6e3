// Plain SQL text through the same rules: what `alembic upgrade --sql` prints, or a file that psql would run.

import Alembic
import PostgresSyntax
import Reports
import SafetyRules
import SchemaModel
import SourceText
import Verdicts

/// SQL that is judged going forward, on a schema of which nothing is known before it.
public struct SQLLint {
  private let policy: Policy
  private let rules: ActiveRules
  private let settings: PolicySettings
  private let serverVersion: Int
  private var analysis = Analysis()

  /// - Parameters:
  ///   - settings: a backout.toml or pyproject.toml; nil: found from the current directory upwards.
  public init(
    settings: String? = nil, options: AnalysisOptions = AnalysisOptions()
  ) throws(BackoutFailure) {
    do {
      self.settings = try ProjectSettings(found: settings).policy
    } catch {
      throw BackoutFailure(error)
    }
    policy = try Policy(self.settings, ownRules: [], enabling: options.enabledRules)
    rules = ActiveRules(
      enabling: policy.enabled, smallTables: self.settings.smallTables.map(Glob.init))
    serverVersion = try options.version(self.settings)
  }

  /// Reads a file, or standard input for `-`.
  public mutating func add(file path: String) throws(BackoutFailure) {
    let name = path == "-" ? "standard input" : path
    guard let bytes = contents(of: path == "-" ? "/dev/stdin" : path) else {
      throw BackoutFailure("\(name) cannot be read")
    }
    try add(bytes, name: name)
  }

  /// Adds a text of which each statement is sent by itself, as psql does.
  /// - Parameter name: what places in it are shown with.
  public mutating func add(_ bytes: [UInt8], name: String) throws(BackoutFailure) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw BackoutFailure("\(name): the text is not UTF-8")
    }
    let source = SourceFile(path: name.harmless, bytes: bytes)
    let step: ParsedStep
    switch scanStatements(text) {
    case .success(let ranges): step = Self.step(ranges, of: source)
    case .failure(let error):
      let place = source.position(of: error.offset ?? 0)
      throw BackoutFailure("\(name):\(place.line):\(place.column): \(error.message)")
    }
    var catalog = Catalog(isComplete: false)
    var replayer = Replayer(isTransactional: true, serverVersion: serverVersion)
    let record = replayer.replay(
      step, of: "", in: source, at: SourceLocation(file: source.path), origin: 1, on: &catalog)
    let context = RoundTripContext(
      RoundTrip(before: Catalog(isComplete: false), upgrades: [record], downgrades: []),
      server: ServerVersion(major: serverVersion))
    analysis.findings += rules.findings(in: context, differences: [])
    analysis.opaque += replayer.notes
    analysis.coverage = analysis.coverage + replayer.coverage
    analysis.sources[source.path] = source
  }

  public var report: AnalysisReport {
    var analysis = analysis
    analysis.findings.sort(by: Finding.ordered)
    policy.apply(to: &analysis, modules: [], baseline: Baseline(), today: Day.today)
    return AnalysisReport(
      project: nil, analysis: analysis, failOn: settings.failOn, emptyRange: nil, outcomes: [])
  }

  private static func step(_ ranges: [SourceRange], of source: SourceFile) -> ParsedStep {
    let texts = ranges.map { source.text(in: $0) }
    let outcomes = parseStatements(inAll: texts)
    var elements: [ParsedStep.Element] = []
    var isInTransaction = false
    for ((range, text), outcome) in zip(zip(ranges, texts), outcomes) {
      if case .success(let parts) = outcome {
        if parts.allSatisfy({ $0.statement.isVersionTables }) { continue }
        for case .transaction(let command) in parts.map(\.statement) {
          isInTransaction = command.opensBlock ?? isInTransaction
        }
      }
      elements.append(
        .statement(
          EmittedStatement(sql: text, range: range, autocommit: !isInTransaction), outcome, nil)
      )
    }
    return ParsedStep(Step(direction: .upgrade), elements)
  }
}

extension Statement {
  /// Whether it is one of Alembic's own, about the table that holds its revision.
  fileprivate var isVersionTables: Bool {
    let table: QualifiedName? =
      switch self {
      case .createTable(let create): create.name
      case .insert(let insert): insert.table
      case .update(let update): update.table
      case .delete(let delete): delete.table
      default: nil
      }
    return table?.name == "alembic_version"
  }
}
