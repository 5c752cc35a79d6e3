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
    return try checkAll(targets.map(\.name), options) {
      Asker(source: { index, timeout throws(LiveFailure) in
        try LiveDatabase(try ConnectionTarget(url: targets[index].url), timeout: timeout)
      })
    }
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
    return try checkAll(names, options) {
      // One connection for many schemas, until something is wrong with it.
      var session: LiveDatabase?
      return Asker(
        source: { index, timeout throws(LiveFailure) in
          if let session {
            session.restart(timeout: timeout)
            return SchemaOfItsOwn(names[index], session)
          }
          let database = try LiveDatabase(target, timeout: timeout)
          session = database
          return SchemaOfItsOwn(names[index], database)
        }, failed: { session = nil })
    }
  }

  private func checkAll(
    _ names: [String], _ options: CheckOptions, _ asker: @escaping @Sendable () -> Asker
  ) throws(BackoutFailure) -> ManyReport {
    try requireReady(options)
    let key = try lockKey(options)
    let runner = role(options)
    let ways = WaysBack(self)
    let lines = concurrentMap(Array(names.indices), threads: Self.mostAtOnce, with: asker) {
      (asker, index) -> ManyChecks.Line in
      do throws(BackoutFailure) {
        let run = CheckRun(
          project: self, target: options.target, key: key, role: runner,
          source: Recorder(try asker.ask(index, options.timeout)), ways: ways, isBrief: true)
        return ManyChecks.Line(name: names[index], outcome: .checked(try run.result()))
      } catch {
        asker.failed()
        return ManyChecks.Line(name: names[index], outcome: .failed(error.message))
      }
    }
    return ManyReport(ManyChecks(lines: lines))
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

/// Where one thread asks.
private final class Asker {
  private let source: (Int, Double) throws(LiveFailure) -> any FactSource
  let failed: () -> Void

  init(
    source: @escaping (Int, Double) throws(LiveFailure) -> any FactSource,
    failed: @escaping () -> Void = {}
  ) {
    self.source = source
    self.failed = failed
  }

  func ask(_ index: Int, _ timeout: Double) throws(BackoutFailure) -> any FactSource {
    do throws(LiveFailure) {
      return try source(index, timeout)
    } catch {
      throw BackoutFailure(error.message)
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
