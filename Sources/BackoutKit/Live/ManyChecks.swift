// One check for each of many databases or schemas, several at a time, within one time limit for all.

import Alembic
import DatabaseFacts
import LiveDatabase
import Reports
import SafetyRules
import Threads
import Verdicts

extension Project {
  /// As many are asked at a time: a server has no more sessions than it has.
  private static let mostAtOnce = 8

  /// Checks every database of a file: a name and a connection string on each line.
  public func check(databases file: String, _ options: CheckOptions) throws(BackoutFailure)
    -> ManyReport
  {
    let time = TimeForAll(seconds: options.timeout)
    let targets = try Self.targets(in: file)
    let run = try briefRun(options)
    let check = { @Sendable (_: Void, target: NamedTarget) in
      ManyChecks.Line(
        name: target.name,
        outcome: Self.outcome(run, target, time, isAmongMany: targets.count > Self.mostAtOnce))
    }
    let lines = concurrentMap(targets, threads: Self.mostAtOnce, with: {}, check)
    return ManyReport(ManyChecks(lines: lines))
  }

  /// Checks every schema of one database that has a version table and a name like that.
  /// - Parameter pattern: with `*` and `?`.
  public func check(schemas pattern: String, _ options: CheckOptions) throws(BackoutFailure)
    -> ManyReport
  {
    let time = TimeForAll(seconds: options.timeout)
    let glob = Glob(pattern)
    let target: ConnectionTarget
    let names: [String]
    do throws(LiveFailure) {
      target = try ConnectionTarget(url: options.databaseURL)
      names = try LiveDatabase(target, timeout: options.timeout)
        .schemas(holding: versionTable.name).filter(glob.matches)
    } catch {
      throw BackoutFailure(error.message)
    }
    guard !names.isEmpty else {
      throw BackoutFailure(
        "--schemas: no schema like '\(pattern)' has a version table \(versionTable.name)")
    }
    var run = try briefRun(options)
    run.isElsewhere = true
    let tenants = { @Sendable [run] in Tenants(run, of: target, time) }
    let together = concurrentMap(
      Tenants.batches(of: names), threads: Self.mostAtOnce, with: tenants
    ) { tenants, schemas in tenants.check(schemas) }
    var outcomes = Array(together.joined())
    // One that is slow has taken only its batch's time.
    let left = outcomes.indices.filter { outcomes[$0] == nil }
    let alone = concurrentMap(left, threads: Self.mostAtOnce, with: tenants) { tenants, index in
      tenants.check(alone: names[index], isAmongMany: left.count > Self.mostAtOnce)
    }
    for (index, outcome) in zip(left, alone) { outcomes[index] = outcome }
    return ManyReport(
      ManyChecks(
        lines: zip(names, outcomes).map {
          ManyChecks.Line(name: $0, outcome: $1 ?? TimeForAll.notAsked)
        }))
  }

  private static func outcome(
    _ run: CheckRun, _ target: NamedTarget, _ time: TimeForAll, isAmongMany: Bool
  ) -> ManyChecks.Line.Outcome {
    guard let seconds = time.share(isAmongMany: isAmongMany) else { return TimeForAll.notAsked }
    let recorder: Recorder
    do throws(LiveFailure) {
      recorder = Recorder(try LiveDatabase(try ConnectionTarget(url: target.url), timeout: seconds))
    } catch {
      return .init(error)
    }
    do throws(BackoutFailure) {
      return .checked(try run.result(from: recorder))
    } catch {
      return recorder.isLate ? .unfinished(error.message) : .failed(error.message)
    }
  }

  private func briefRun(_ options: CheckOptions) throws(BackoutFailure) -> CheckRun {
    try requireReady(options)
    let project = reaching(options.databaseURL)
    return CheckRun(
      project: project, target: options.target, key: try lockKey(options), role: role(options),
      ways: WaysBack(project), isBrief: true)
  }

  // MARK: - The file

  private struct NamedTarget: Sendable {
    var name: String
    var url: String
  }

  /// What stands in the file is shown nowhere: it has passwords.
  private static func targets(in path: String) throws(BackoutFailure) -> [NamedTarget] {
    guard let bytes = contents(of: path),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw BackoutFailure("--databases: '\(path)' cannot be read") }
    var targets: [NamedTarget] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      guard words.count == 2, !String(first).mayBeConnectionString else {
        throw BackoutFailure(
          "--databases: line \(index + 1) of '\(path)' is not a name and a connection string")
      }
      let url = words[1].drop(while: \.isWhitespace).trimmingSuffix(while: \.isWhitespace)
      targets.append(NamedTarget(name: String(first), url: String(url)))
    }
    guard !targets.isEmpty else { throw BackoutFailure("--databases: '\(path)' names no database") }
    return targets
  }
}

extension ManyChecks.Line.Outcome {
  init(_ failure: LiveFailure) {
    let message = BackoutFailure(failure.message).message
    self = failure.kind == .timeout ? .unfinished(message) : .failed(message)
  }
}

/// The time that a run over many may take in all.
struct TimeForAll: Sendable {
  private let deadline: Deadline

  init(seconds: Double) { deadline = Deadline(seconds: seconds) }

  /// What one may take now, in seconds; nil where no time is left.
  /// - Parameter isAmongMany: whether others come after it: then half of what is left is theirs.
  func share(isAmongMany: Bool) -> Double? {
    let left = Double(deadline.remainingMilliseconds) / 1000
    // Below that it would only disturb the server.
    guard left > 0.05 else { return nil }
    return isAmongMany ? left / 2 : left
  }

  static let notAsked = ManyChecks.Line.Outcome.unfinished(
    "not asked: the time limit for all together was over (--timeout)")
}

extension Substring {
  fileprivate func trimmingSuffix(while isCut: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isCut(last) { rest.removeLast() }
    return rest
  }
}

/// The result of a check of many databases.
public struct ManyReport: Sendable {
  private let checks: ManyChecks

  init(_ checks: ManyChecks) { self.checks = checks }

  public func rendered(
    as format: ReportFormat, style: ReportStyle
  ) throws(BackoutFailure) -> String {
    switch format {
    case .text: manyText(checks, style.text.terminal)
    case .json: manyJSON(checks)
    default: try manyDocument(checks).rendered(as: format, style)
    }
  }

  public var exitCode: Int32 { checks.exitCode }
}
