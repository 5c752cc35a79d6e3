// The checks of several schemas of one server, with shared questions.

import DatabaseFacts
import LiveDatabase
import Verdicts

/// One thread's part of the schemas. Most of what a check costs a server is planning its questions to the
/// catalogs; asked about several schemas at once, each is planned once.
final class Tenants {
  typealias Outcome = ManyChecks.Line.Outcome

  private let run: CheckRun
  private let target: ConnectionTarget
  private let time: TimeForAll
  /// One connection for many schemas, until something is wrong with it.
  private var session: LiveDatabase?

  /// - Parameter run: what to do for each.
  init(_ run: CheckRun, of target: ConnectionTarget, _ time: TimeForAll) {
    self.run = run
    self.target = target
    self.time = time
  }

  /// The schemas in parts that are asked about together.
  static func batches(of schemas: [String]) -> [[String]] {
    let size = 25
    return stride(from: 0, to: schemas.count, by: size).map {
      Array(schemas[$0..<min($0 + size, schemas.count)])
    }
  }

  /// An outcome for each; nil where they cannot be answered for together.
  func check(_ schemas: [String]) -> [Outcome?] {
    guard let seconds = time.share(isAmongMany: true),
      let outcomes = try? checkTogether(schemas, within: seconds)
    else {
      session = nil
      return [Outcome?](repeating: nil, count: schemas.count)
    }
    return outcomes
  }

  /// - Parameter isAmongMany: whether others come after it.
  func check(alone schema: String, isAmongMany: Bool) -> Outcome {
    guard let seconds = time.share(isAmongMany: isAmongMany) else { return TimeForAll.notAsked }
    do throws(LiveFailure) {
      return try checkTogether([schema], within: seconds)[0]
    } catch {
      session = nil
      return Outcome(error)
    }
  }

  /// - Parameter seconds: that they may take.
  private func checkTogether(
    _ schemas: [String], within seconds: Double
  ) throws(LiveFailure) -> [Outcome] {
    let database = try connected(within: seconds)
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
      switch checks[index] {
      case .success(let check):
        .checked(
          run.result(check, facts[index], requests[index], tenants[index].here(closings[index])))
      case .failure(let failure): .failed(failure.message)
      }
    }
  }

  private func connected(within seconds: Double) throws(LiveFailure) -> LiveDatabase {
    if let session {
      session.restart(timeout: seconds)
      return session
    }
    let database = try LiveDatabase(target, timeout: seconds)
    session = database
    return database
  }
}
