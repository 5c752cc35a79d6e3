// One check for each of many databases or schemas, several at a time.

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
    let targets = try Self.targets(in: file)
    let run = try briefRun(options)
    let check = { @Sendable (_: Void, target: NamedTarget) in
      let result = Result { () throws(BackoutFailure) in
        try run.result(from: Recorder(try Self.database(target.url, options)))
      }
      return ManyChecks.Line(name: target.name, result)
    }
    let lines = concurrentMap(targets, threads: Self.mostAtOnce, with: {}, check)
    return ManyReport(ManyChecks(lines: lines))
  }

  /// Checks every schema of one database that has a version table and a name like that.
  /// - Parameter pattern: with `*` and `?`.
  public func check(schemas pattern: String, _ options: CheckOptions) throws(BackoutFailure)
    -> ManyReport
  {
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
    let tenants = { @Sendable [run] in Tenants(run, of: target, timeout: options.timeout) }
    let results = concurrentMap(
      Tenants.batches(of: names), threads: Self.mostAtOnce, with: tenants
    ) { tenants, schemas in tenants.check(schemas) }
    return ManyReport(
      ManyChecks(
        lines: zip(names, results.joined()).map { ManyChecks.Line(name: $0, $1) }))
  }

  private static func database(
    _ url: String, _ options: CheckOptions
  ) throws(BackoutFailure) -> LiveDatabase {
    do throws(LiveFailure) {
      return try LiveDatabase(try ConnectionTarget(url: url), timeout: options.timeout)
    } catch {
      throw BackoutFailure(error.message)
    }
  }

  private func briefRun(_ options: CheckOptions) throws(BackoutFailure) -> CheckRun {
    try requireReady(options)
    return CheckRun(
      project: self, target: options.target, key: try lockKey(options), role: role(options),
      ways: WaysBack(self), isBrief: true)
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

extension ManyChecks.Line {
  fileprivate init(name: String, _ result: Result<CheckResult, BackoutFailure>) {
    switch result {
    case .success(let result): self.init(name: name, outcome: .checked(result))
    case .failure(let failure): self.init(name: name, outcome: .failed(failure.message))
    }
  }
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
