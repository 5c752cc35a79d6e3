// What one check reads of a database: three questions, each asked in one go, and their answers.

/// What is known without the database's revision.
package struct OpeningRequest: Sendable, Hashable, Codable {
  package var versionTable: TableName
  package var lock: AdvisoryLockKey

  package init(versionTable: TableName, lock: AdvisoryLockKey) {
    self.versionTable = versionTable
    self.lock = lock
  }
}

package struct OpeningFacts: Sendable, Hashable, Codable {
  package var server: ServerFacts
  package var versionTable: VersionTableFacts
  package var lock: AdvisoryLockFacts

  package init(server: ServerFacts, versionTable: VersionTableFacts, lock: AdvisoryLockFacts) {
    self.server = server
    self.versionTable = versionTable
    self.lock = lock
  }
}

/// What a downgrade is about, by the names that it has in the database now.
package struct ExaminationRequest: Sendable, Hashable, Codable {
  /// Nil where the catalogs are not asked.
  package var schema: SchemaRequest?
  package var probes: [ProbeRequest] = []
  /// The relations whose locks matter.
  package var locked: [TableName] = []
  package var rights: RightsRequest?

  package init() {}
}

package struct ExaminationFacts: Sendable, Hashable, Codable {
  package var schema: Known<SchemaFacts>?
  /// In the order of the request. `some` without a count: there is one, the others are not counted yet.
  package var probes: [ProbeResult]
  package var activity: Known<ActivityFacts>
  package var rights: Known<RightsFacts>?
  /// The places of the probes that took too long, and that a count may settle.
  package var late: [Int]?

  package init(
    schema: Known<SchemaFacts>?, probes: [ProbeResult], activity: Known<ActivityFacts>,
    rights: Known<RightsFacts>?, late: [Int]?
  ) {
    self.schema = schema
    self.probes = probes
    self.activity = activity
    self.rights = rights
    self.late = late
  }
}

/// What is asked last: how many, and whether it is still as at first.
package struct ClosingRequest: Sendable, Hashable, Codable {
  /// Of these there is one, or it is not known yet whether there is.
  package var counted: [ProbeRequest] = []
  package var locked: [TableName] = []
  package var lock: AdvisoryLockKey

  package init(lock: AdvisoryLockKey) { self.lock = lock }
}

package struct ClosingFacts: Sendable, Hashable, Codable {
  /// In the order of the request.
  package var counts: [ProbeResult]
  package var lock: AdvisoryLockFacts
  package var activity: Known<ActivityFacts>

  package init(
    counts: [ProbeResult], lock: AdvisoryLockFacts, activity: Known<ActivityFacts>
  ) {
    self.counts = counts
    self.lock = lock
    self.activity = activity
  }
}

/// What was read, or why it was not.
package enum Known<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
  case known(Value)
  case unknown(String)

  package var value: Value? { if case .known(let value) = self { value } else { nil } }
}
