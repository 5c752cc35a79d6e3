// The live check: from the database's revision back to a target, with what the rows decide.

import Alembic
import DatabaseFacts
import LiveDatabase
import Reports
import Verdicts

/// What a check is to look at.
public struct CheckOptions: Sendable {
  /// As Alembic spells it.
  public var target = "-1"
  /// Nil for libpq's environment.
  public var databaseURL: String?
  /// The key of the migration lock; nil for that of the settings or env.py, else 999999.
  public var advisoryLock: String?
  /// For everything together, in seconds.
  public var timeout = 10.0
  /// The role that will run the downgrade; nil for that of the settings, else the one that connects.
  public var role: String?
  /// A file of facts that an earlier check saved: they are judged, and no database is asked.
  public var facts: String?
  /// Where to save the facts.
  public var newFacts: String?

  public init() {}
}

extension Project {
  /// Judges the way back of a live database.
  public func check(_ options: CheckOptions) throws(BackoutFailure) -> CheckReport {
    let key = try lockKey(options)
    let project = reaching(options.databaseURL)
    return try withSource(options) { source throws(BackoutFailure) in
      let run = CheckRun(
        project: project, target: options.target, key: key, role: role(options),
        ways: WaysBack(project))
      return CheckReport(.check(try run.result(from: source)))
    }
  }

  /// Holds a live database to what the files make of a revision, after a downgrade.
  /// - Parameter revision: as Alembic spells it, but not relative.
  public func verify(_ revision: String, _ options: CheckOptions) throws(BackoutFailure)
    -> CheckReport
  {
    let key = try lockKey(options)
    return try withSource(options) { source throws(BackoutFailure) in
      let run = VerificationRun(project: self, revision: revision, key: key, source: source)
      return CheckReport(.verification(try run.result()))
    }
  }

  /// What a live database says of itself and of its revision.
  func versionTable(of options: CheckOptions) throws(BackoutFailure) -> OpeningFacts {
    guard options.timeout > 0 else {
      throw BackoutFailure("--timeout: seconds above 0 are expected")
    }
    let key = try lockKey(options)
    do throws(LiveFailure) {
      let database = try LiveDatabase(
        try ConnectionTarget(url: options.databaseURL), timeout: options.timeout)
      let opening = try database.open(OpeningRequest(versionTable: versionTable, lock: key))
      // Its transaction is over before the connection is.
      _ = try database.close(ClosingRequest(lock: key))
      return opening
    } catch {
      throw BackoutFailure(error.message)
    }
  }

  /// Ends the running statement of a check on Ctrl-C, and the program as the signal does.
  public static func watchForInterrupts() { Interrupt.watch() }

  private func withSource(
    _ options: CheckOptions, _ body: (Recorder) throws(BackoutFailure) -> CheckReport
  ) throws(BackoutFailure) -> CheckReport {
    try requireReady(options)
    let recorder: Recorder
    var ignored = 0
    if let file = options.facts {
      recorder = Recorder(SavedFacts(try CheckRecord(file: file)))
    } else {
      do throws(LiveFailure) {
        let connection = try ConnectionTarget(url: options.databaseURL)
        ignored = connection.ignoredParameters
        recorder = Recorder(try LiveDatabase(connection, timeout: options.timeout))
      } catch {
        throw BackoutFailure(error.message)
      }
    }
    var report = try body(recorder)
    report.noteIgnoredParameters(ignored)
    if options.facts != nil {
      let time = recorder.record.opening?.server.time.map { " of \($0)" } ?? ""
      report.note("these are saved facts\(time), not the database as it is now")
    }
    if let file = options.newFacts { try recorder.record.write(to: file) }
    return report
  }

  /// What no check can do without.
  func requireReady(_ options: CheckOptions) throws(BackoutFailure) {
    // Not a number is not above 0.
    guard options.timeout > 0 else {
      throw BackoutFailure("--timeout: seconds above 0 are expected")
    }
    if let refusal = alembic.refusal {
      throw BackoutFailure("alembic does not load these migrations: \(refusal)")
    }
  }

  func role(_ options: CheckOptions) -> String? {
    options.role ?? alembic.settings.runbook.role
  }

  func lockKey(_ options: CheckOptions) throws(BackoutFailure) -> AdvisoryLockKey {
    if let option = options.advisoryLock ?? alembic.settings.policy.advisoryLock {
      guard let key = AdvisoryLockKey(option) else {
        throw BackoutFailure("--advisory-lock: '\(option)' is no number, and no two as in 4711,1")
      }
      return key
    }
    for lock in alembic.environment.advisoryLocks {
      switch lock.key {
      case .single(let key): return .single(key)
      case .pair(let first, let second): return .pair(first, second)
      case .unknown: continue
      }
    }
    return .single(999_999)
  }
}
