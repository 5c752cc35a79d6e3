// Holds the claims on the pages of Rules/ to a real PostgreSQL, and the schema model to the claims.

import Foundation
import PostgresSyntax
import TestSupport
import Testing

@testable import SchemaModel

@Suite(.serialized) struct ClaimTests {
  /// Pages that say nothing of PostgreSQL that one session can measure. A new page has claims, or
  /// stands here.
  static let pagesWithoutClaims: Set<String> = [
    // About the files and the graph, and what Alembic does with them.
    "commit-splits-revision", "downgrade-raises", "duplicate-revision",
    "environment-dependent-migration", "missing-downgrade", "schema-dependent-migration",
    "missing-upgrade", "multiple-heads", "revision-cycle", "revision-file-unreadable",
    "rewritten-revision", "transaction-control-in-migration", "unknown-down-revision",
    // About what two sessions do to each other.
    "lock-timeout-too-late", "lock-timeout-too-long", "missing-lock-timeout",
    // About another locale or version than that of the test's server.
    "avoid-money", "concurrent-index-corruption",
    // About the cost of writes.
    "redundant-index", "wide-index",
  ]

  @Test func everyPageHasClaimsOrNone() throws {
    for page in Claim.pages {
      let claims = try Claim.claims(of: page)
      #expect(claims.isEmpty == Self.pagesWithoutClaims.contains(page), "\(page)")
    }
    #expect(Self.pagesWithoutClaims.isSubset(of: Claim.pages))
  }

  @Test(arguments: [
    "-- given\n-- when\nSELECT 1;\n-- then locks: orders Share",
    "-- given\n-- when\nSELECT 1;\n-- then lock: orders Exclusively",
    "-- given\n-- when\nSELECT 1;\n-- then index lock: orders_pkey",
    "-- given\n-- when\nSELECT 1;\n-- then no scan\n-- then scan: orders",
    "-- given\n-- when\nSELECT 1;\n-- then error: 23502\n-- then no lock",
    "-- given\n-- when outside a transaction\nSELECT 1;\n-- then lock: orders Share",
    "-- given\n-- when\nSELECT 1;\n-- then result: 1",
    "-- given\n-- when\nSELECT 1;\n-- note\n-- then no lock",
    "-- given\n-- when\nSELECT 1;",
    "-- when\nSELECT 1;\n-- then no lock",
  ])
  func whatIsNotUnderstoodIsAnError(block: String) {
    #expect(throws: Claim.NotUnderstood.self) {
      try Claim.claims(of: "page", in: "## Claims\n\n```sql\n\(block)\n```\n")
    }
  }

  @Test func claimsHoldOnAServer() async throws {
    let claims = try Claim.pages.flatMap(Claim.claims)
    try #require(!claims.isEmpty)
    let blocks = try await answers(of: claims.map(\.script).joined(separator: "\n"))
    try #require(blocks.count == 2 * claims.count)
    for (place, claim) in claims.enumerated() {
      let (given, when) = (blocks[2 * place], blocks[2 * place + 1])
      #expect(given.state == "00000", "\(claim): what is given fails")
      #expect(when.state == claim.error ?? "00000", "\(claim)")
      if let locks = claim.locks {
        #expect(strongestLocks(when.values("lock")) == locks.sorted(), "\(claim)")
      }
      if let locks = claim.indexLocks {
        #expect(strongestLocks(when.values("indexlock")) == locks.sorted(), "\(claim)")
      }
      if let rewrites = claim.rewrites {
        #expect(when.values("rewrite").sorted() == rewrites.sorted(), "\(claim)")
      }
      if let scans = claim.scans {
        #expect(when.values("scan").sorted() == scans.sorted(), "\(claim)")
      }
      if let rebuilds = claim.rebuilds {
        #expect(when.values("rebuild").sorted() == rebuilds.sorted(), "\(claim)")
      }
      #expect(when.values("result") == claim.results.map(\.value), "\(claim)")
    }
  }

  @Test func claimsAreWhatTheModelPredicts() throws {
    for claim in try Claim.pages.flatMap(Claim.claims) {
      #expect(claim.differencesFromModel.isEmpty, "\(claim)")
    }
  }
}

extension Claim {
  /// What the model says otherwise.
  fileprivate var differencesFromModel: [String] {
    var history = History(given)
    history.isInTransaction = isInTransaction
    history.timeZoneIsUTC = !when.contains("TimeZone")
    let outcomes = history.runAll(when)
    var differences: [String] = []
    for outcome in error == nil ? outcomes[...] : outcomes.dropLast() {
      if let state = outcome.certainState { differences.append("fails: \(state)") }
    }
    if let error {
      // 22000 stands for every way in which a row may not suit its table. Where a statement is not
      // understood nothing is said of the ones after it.
      let states = outcomes.last?.failures.map(\.sqlState) ?? []
      let isPredicted = states.contains(error) || states.contains("22000")
      // Nor where a setting says who asks, as SET ROLE does.
      let isDoubted = outcomes.contains { outcome in
        outcome.doubts.contains { $0.answers.contains(.executes) }
      }
      if !isPredicted, !isDoubted, outcomes.allSatisfy(\.isUnderstood) {
        differences.append("does not fail, or by \(states)")
      }
    }
    func compare(_ claimed: [String]?, _ predicted: [String]) {
      if let claimed, Set(claimed) != Set(predicted) { differences.append("\(predicted)") }
    }
    let older = outcomes.map(\.ofOlder)
    compare(locks, strongestLocks(older.flatMap(\.locks)))
    compare(indexLocks, older.flatMap(\.indexLocks))
    compare(rewrites, older.flatMap(\.rewrites))
    compare(scans, older.flatMap(\.scans))
    compare(rebuilds, older.flatMap(\.rebuilds))
    return differences
  }

  /// For psql: prints a block for what is given, and one for what follows.
  fileprivate var script: String {
    let measurement = isInTransaction ? Measurement.inTransaction : Measurement.afterwards
    return """
      \(freshDatabase)
      set timezone = 'UTC';
      \\set LAST_ERROR_SQLSTATE 00000
      \(given)
      \\echo '== ' :LAST_ERROR_SQLSTATE
      \(isInTransaction ? "begin;" : "")
      \(isMeasured ? Measurement.begin : "")
      \(when)
      \\echo '== ' :SQLSTATE
      \(isMeasured ? measurement : "")
      \(isInTransaction && error != nil ? "rollback;" : "")
      \(results.map { "select 'result ' || (\($0.query));" }.joined(separator: "\n"))
      \(isInTransaction ? "rollback;" : "")
      """
  }
}
