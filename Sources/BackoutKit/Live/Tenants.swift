// The checks of several schemas of one server, with shared questions.

import DatabaseFacts
import LiveDatabase
import Verdicts

/// One thread's part of the schemas. Most of what a check costs a server is planning its questions to the
/// catalogs; asked about several schemas at once, each is planned once.
final class Tenants {
  typealias Outcome = Result<CheckResult, BackoutFailure>

  private let run: CheckRun
  private let target: ConnectionTarget
  private let timeout: Double
  /// One connection for many schemas, until something is wrong with it.
  private var session: LiveDatabase?

  /// - Parameters:
  ///   - run: what to do for each.
  ///   - timeout: for each batch, in seconds, and again for a schema that is then asked about alone.
  init(_ run: CheckRun, of target: ConnectionTarget, timeout: Double) {
    self.run = run
    self.target = target
    self.timeout = timeout
  }

  /// The schemas in parts that are asked about together.
  static func batches(of schemas: [String]) -> [[String]] {
    let size = 25
    return stride(from: 0, to: schemas.count, by: size).map {
      Array(schemas[$0..<min($0 + size, schemas.count)])
    }
  }

  /// An outcome for each. What cannot be answered for all together is asked for each alone.
  func check(_ schemas: [String]) -> [Outcome] {
    do throws(LiveFailure) {
      return try checkTogether(schemas)
    } catch {
      session = nil
      guard schemas.count > 1 else { return [.failure(BackoutFailure(error.message))] }
      return schemas.flatMap { check([$0]) }
    }
  }

  private func checkTogether(_ schemas: [String]) throws(LiveFailure) -> [Outcome] {
    let database = try connected()
    let tenants = schemas.map(SchemaOfItsOwn.init)
    let openings = try database.open(tenants.map { $0.there(run.openingRequest) })
    let checks = openings.map { opening in
      Result { () throws(BackoutFailure) in try run.opened(opening) }
    }

    var examined: [Int] = []
    var examinations: [ExaminationRequest] = []
    for (index, check) in checks.enumerated() {
      guard let request = try? check.get().examination else { continue }
      examined.append(index)
      examinations.append(tenants[index].there(request))
    }
    var facts = [ExaminationFacts?](repeating: nil, count: schemas.count)
    for (index, answer) in zip(examined, try database.examine(examinations)) {
      facts[index] = tenants[index].here(answer)
    }

    let requests = zip(checks, facts).map { check, facts in
      (try? check.get())?.closingRequest(after: facts) ?? ClosingRequest(lock: run.key)
    }
    let closings = try database.close(zip(tenants, requests).map { $0.there($1) })
    return schemas.indices.map { index in
      checks[index].map {
        run.result($0, facts[index], requests[index], tenants[index].here(closings[index]))
      }
    }
  }

  private func connected() throws(LiveFailure) -> LiveDatabase {
    if let session {
      session.restart(timeout: timeout)
      return session
    }
    let database = try LiveDatabase(target, timeout: timeout)
    session = database
    return database
  }
}
