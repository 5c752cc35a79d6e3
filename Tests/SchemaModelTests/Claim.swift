// The claims on the pages of Rules/: statements, and what PostgreSQL does with them.

import Foundation
import PostgresSyntax
import TestSupport
import Testing

/// One block under "Claims".
struct Claim: Sendable, CustomStringConvertible {
  /// The page, and the place of the block among its claims.
  var page: String
  var number: Int
  /// Run and committed before.
  var given = ""
  /// What the claim is about; the last statement is the one that an error is claimed of.
  var when = ""
  var isInTransaction = true
  /// `table:Mode` for each lock on a table or view that was there before, if the claim is about locks.
  var locks: [String]?
  /// The same for the indexes that the statement names, or that go or are built anew with it.
  var indexLocks: [String]?
  var rewrites: [String]?
  var scans: [String]?
  /// Indexes that are built anew.
  var rebuilds: [String]?
  /// The SQLSTATE; nil where the statements succeed.
  var error: String?
  var results: [Result] = []

  /// A query after the statements, and the one value that it returns.
  struct Result: Sendable {
    var query: String
    var value: String
  }

  var description: String { "\(page) \(number)" }

  /// Whether it says what the statements do to tables and indexes while they run.
  var isMeasured: Bool {
    isLocking || rewrites != nil || scans != nil || rebuilds != nil
  }

  private var isLocking: Bool { locks != nil || indexLocks != nil }

  struct NotUnderstood: Error, CustomStringConvertible {
    var description: String
  }

  static var pages: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }

  private static let directory = repository.appending(path: "Rules")

  /// The claims of a page. Throws what is not understood of them.
  static func claims(of page: String) throws -> [Claim] {
    let text = try String(contentsOf: directory.appending(path: page + ".md"), encoding: .utf8)
    return try claims(of: page, in: text)
  }

  static func claims(of page: String, in text: String) throws -> [Claim] {
    var claims: [Claim] = []
    var isInClaims = false
    var block: [String]?
    for line in text.components(separatedBy: "\n") {
      if let lines = block {
        if line == "```" {
          claims.append(try Claim(page: page, number: claims.count + 1, lines: lines))
          block = nil
        } else {
          block = lines + [line]
        }
      } else if line.hasPrefix("## ") {
        isInClaims = line == "## Claims"
      } else if isInClaims, line == "```sql" {
        block = []
      } else if isInClaims, !line.isEmpty {
        throw NotUnderstood(description: "\(page): a line outside of the claims' blocks: \(line)")
      } else if line.hasPrefix("-- given") || line.hasPrefix("-- then") {
        throw NotUnderstood(description: "\(page): a claim that does not stand under Claims")
      }
    }
    if block != nil { throw NotUnderstood(description: "\(page): a block without an end") }
    return claims
  }

  private init(page: String, number: Int, lines: [String]) throws {
    self.page = page
    self.number = number
    var part: WritableKeyPath<Claim, String>?
    var isConcluded = false
    for line in lines {
      switch line {
      case "-- given" where part == nil: part = \.given
      case "-- when" where part == \.given && !isConcluded: part = \.when
      case "-- when outside a transaction" where part == \.given && !isConcluded:
        part = \.when
        isInTransaction = false
      case _ where line.hasPrefix("-- then ") && part == \.when:
        isConcluded = true
        try conclude(String(line.dropFirst("-- then ".count)))
      case _ where !line.hasPrefix("--") && part != nil && !isConcluded:
        self[keyPath: part ?? \.when] += line + "\n"
      default: throw notUnderstood(line)
      }
    }
    guard isConcluded, !when.isEmpty else {
      throw notUnderstood("a block without 'when' or 'then'")
    }
    if error != nil, isMeasured {
      throw notUnderstood("locks, rewrites, scans and rebuilds of a statement that fails")
    }
    if !isInTransaction, isLocking { throw notUnderstood("locks outside a transaction") }
  }

  /// Takes what follows `-- then `.
  private mutating func conclude(_ text: String) throws {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    switch (words[0], words.count) {
    case ("lock:", 3) where LockMode(word: words[2]) != nil && locks != []:
      locks = (locks ?? []) + ["\(words[1]):\(words[2])"]
    case ("index", 4) where words[1] == "lock:" && LockMode(word: words[3]) != nil:
      indexLocks = (indexLocks ?? []) + ["\(words[2]):\(words[3])"]
    case ("rewrite:", 2) where rewrites != []: rewrites = (rewrites ?? []) + [words[1]]
    case ("scan:", 2) where scans != []: scans = (scans ?? []) + [words[1]]
    case ("rebuild:", 2) where rebuilds != []: rebuilds = (rebuilds ?? []) + [words[1]]
    case ("error:", 2) where error == nil && words[1].count == 5: error = words[1]
    case ("no", 2) where words[1] == "lock" && locks == nil: locks = []
    case ("no", 2) where words[1] == "rewrite" && rewrites == nil: rewrites = []
    case ("no", 2) where words[1] == "scan" && scans == nil: scans = []
    case ("no", 2) where words[1] == "rebuild" && rebuilds == nil: rebuilds = []
    case ("result:", _):
      let parts = text.dropFirst("result: ".count).components(separatedBy: " => ")
      guard parts.count == 2 else { throw notUnderstood(text) }
      results.append(Result(query: parts[0], value: parts[1]))
    default: throw notUnderstood(text)
    }
  }

  private func notUnderstood(_ text: String) -> NotUnderstood {
    NotUnderstood(description: "\(page), claim \(number): \(text)")
  }
}
