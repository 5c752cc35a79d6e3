// Holds the claims on the pages of Rules/ to a real PostgreSQL, and the schema model to the claims.

import Foundation
import PostgresSyntax
import TestSupport
import Testing

@testable import SchemaModel

@Suite(.serialized) struct ClaimTests {
  /// Pages that say nothing of PostgreSQL that one session can measure. A new page has claims, or
  /// stands here.
  static let pagesWithoutClaims: Set<String> = [ "x"
  ]

  @Test func everyPageHasClaimsOrNone() throws {
    for page in Claim.pages {
      let claims = try Claim.claims(of: page)
      #expect(claims.isEmpty == Self.pagesWithoutClaims.contains(page), "\(page)")
    }
    #expect(Self.pagesWithoutClaims.isSubset(of: Claim.pages))
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
      if let rewrites = claim.rewrites {
        #expect(when.values("rewrite").sorted() == rewrites.sorted(), "\(claim)")
      }
      if let scans = claim.scans {
        #expect(when.values("scan").sorted() == scans.sorted(), "\(claim)")
      }
      #expect(when.values("result") == claim.results.map(\.value), "\(claim)")
    }
  }

  @Test func claimsAreWhatTheModelPredicts() throws {
    for claim in try Claim.pages.flatMap(Claim.claims) {
      var history = History(claim.given)
      history.isInTransaction = claim.isInTransaction
      let outcomes = history.runAll(claim.when)
      let last = try #require(outcomes.last)
      for outcome in outcomes.dropLast() { #expect(outcome.certainState == nil, "\(claim)") }
      if let error = claim.error {
        let states = last.failures.map(\.sqlState)
        #expect(states.contains(error), "\(claim): \(states)")
        continue
      }
      #expect(last.certainState == nil, "\(claim): \(last.failures)")
      let older = outcomes.map(\.ofOlder)
      if let locks = claim.locks {
        #expect(strongestLocks(older.flatMap(\.locks)) == locks.sorted(), "\(claim)")
      }
      if let rewrites = claim.rewrites {
        #expect(Set(older.flatMap(\.rewrites)).sorted() == rewrites.sorted(), "\(claim)")
      }
      if let scans = claim.scans {
        #expect(Set(older.flatMap(\.scans)).sorted() == scans.sorted(), "\(claim)")
      }
    }
  }
}

extension Claim {
  /// For psql: prints a block for what is given, and one for what follows.
  fileprivate var script: String {
    let name = "\(page)-\(number)"
    return """
      \\connect model
      create database "\(name)";
      \\connect "\(name)"
      set timezone = 'UTC';
      \\set LAST_ERROR_SQLSTATE 00000
      \(given)
      \\echo '== ' :LAST_ERROR_SQLSTATE
      \(isInTransaction ? "begin;" : "")
      \(Measurement.begin)
      \(when)
      \\echo '== ' :SQLSTATE
      \(error != nil ? "" : isInTransaction ? Measurement.inTransaction : Measurement.afterwards)
      \(isInTransaction && error != nil ? "rollback;" : "")
      \(results.map { "select 'result ' || (\($0.query));" }.joined(separator: "\n"))
      \(isInTransaction ? "rollback;" : "")
      """
  }
}
