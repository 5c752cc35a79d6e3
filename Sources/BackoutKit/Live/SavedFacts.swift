// The facts of a check in a file: names, numbers and states; no row, no query text, no password.

import DatabaseFacts
import LiveDatabase
import Reports
import SourceText

/// What was asked, and what came back.
struct CheckRecord: Codable, Sendable {
  var format = 1
  var openingRequest: OpeningRequest?
  var opening: OpeningFacts?
  var examinationRequest: ExaminationRequest?
  var examination: ExaminationFacts?
  var closingRequest: ClosingRequest?
  var closing: ClosingFacts?

  init() {}

  init(file path: String) throws(BackoutFailure) {
    guard let bytes = contents(of: path) else {
      throw BackoutFailure("--facts: '\(path)' cannot be read")
    }
    guard let value = JSONValue(parsing: bytes),
      let record = try? value.decode(as: CheckRecord.self), record.format == 1
    else {
      throw BackoutFailure(
        "--facts: '\(path)' holds no facts of a check (backout check --save-facts)")
    }
    self = record
  }

  func write(to path: String) throws(BackoutFailure) {
    do {
      var json = JSONWriter()
      try JSONValue(encoding: self).write(to: &json)
      try OutputFile.write(json.line, to: path)
    } catch {
      throw BackoutFailure("--save-facts: '\(path)' cannot be written")
    }
  }
}

/// Asks a source, and keeps what it said. Failures become those of the program.
final class Recorder {
  private let source: any FactSource
  private(set) var record = CheckRecord()
  /// Whether a question failed because the time was over.
  private(set) var isLate = false

  init(_ source: any FactSource) { self.source = source }

  func open(_ request: OpeningRequest) throws(BackoutFailure) -> OpeningFacts {
    let facts = try ask { () throws(LiveFailure) in try source.open(request) }
    (record.openingRequest, record.opening) = (request, facts)
    return facts
  }

  func examine(_ request: ExaminationRequest) throws(BackoutFailure) -> ExaminationFacts {
    let facts = try ask { () throws(LiveFailure) in try source.examine(request) }
    (record.examinationRequest, record.examination) = (request, facts)
    return facts
  }

  func close(_ request: ClosingRequest) throws(BackoutFailure) -> ClosingFacts {
    let facts = try ask { () throws(LiveFailure) in try source.close(request) }
    (record.closingRequest, record.closing) = (request, facts)
    return facts
  }

  private func ask<Facts>(
    _ question: () throws(LiveFailure) -> Facts
  ) throws(BackoutFailure) -> Facts {
    do throws(LiveFailure) {
      return try question()
    } catch {
      isLate = error.kind == .timeout
      throw BackoutFailure(error.message)
    }
  }
}

/// Answers from a record. What it was not asked then it does not know: the files may have changed.
final class SavedFacts: FactSource {
  private let record: CheckRecord

  init(_ record: CheckRecord) { self.record = record }

  private static let missing = "the saved facts do not tell"

  func open(_ request: OpeningRequest) throws(LiveFailure) -> OpeningFacts {
    guard let facts = record.opening, request == record.openingRequest else {
      throw LiveFailure(
        .badTarget, "--facts: the file is about another version table or another migration lock")
    }
    return facts
  }

  func examine(_ request: ExaminationRequest) throws(LiveFailure) -> ExaminationFacts {
    let old = record.examinationRequest ?? ExaminationRequest()
    let facts = record.examination
    var answers: [ProbeRequest: ProbeResult] = [:]
    for (probe, answer) in zip(old.probes, facts?.probes ?? []) { answers[probe] = answer }
    var schema: Known<SchemaFacts>?
    if request.schema != nil {
      schema =
        request.schema == old.schema
        ? facts?.schema ?? .unknown(Self.missing) : .unknown(Self.missing)
    }
    var rights: Known<RightsFacts>?
    if request.rights != nil {
      rights =
        request.rights == old.rights
        ? facts?.rights ?? .unknown(Self.missing) : .unknown(Self.missing)
    }
    let late = Set((facts?.late ?? []).filter(old.probes.indices.contains).map { old.probes[$0] })
    return ExaminationFacts(
      schema: schema, probes: request.probes.map { answers[$0] ?? .unknown(Self.missing) },
      activity: activity(request.locked, old.locked, facts?.activity), rights: rights,
      late: request.probes.indices.filter { late.contains(request.probes[$0]) })
  }

  func close(_ request: ClosingRequest) throws(LiveFailure) -> ClosingFacts {
    guard let facts = record.closing, let old = record.closingRequest else {
      throw LiveFailure(.badTarget, "--facts: the file is of a check that did not come to its end")
    }
    var counts: [ProbeRequest: ProbeResult] = [:]
    for (probe, count) in zip(old.counted, facts.counts) { counts[probe] = count }
    return ClosingFacts(
      counts: request.counted.map { counts[$0] ?? .some(count: nil, isEstimate: true) },
      lock: facts.lock, activity: activity(request.locked, old.locked, facts.activity))
  }

  private func activity(
    _ asked: [TableName], _ known: [TableName], _ facts: Known<ActivityFacts>?
  ) -> Known<ActivityFacts> {
    guard let facts, Set(asked).isSubset(of: known) else { return .unknown(Self.missing) }
    return facts
  }
}
