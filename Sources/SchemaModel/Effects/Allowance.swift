// How much work the statements of one step may be.

import Synchronization

/// A statement on a table with thousands of heirs or columns costs as much as thousands of others. What a step
/// may cost grows with the number of its statements, so that a history is replayed in a time that grows with its
/// length; the rest of a step that costs more is not followed.
package final class Allowance: Sendable {
  /// A unit is about the work of looking at one object that depends on another: about a microsecond.
  private static let perStep = 50_000
  private static let perStatement = 1000

  private let remaining: Atomic<Int>

  /// - Parameter statements: of the step.
  package init(statements: Int) {
    remaining = Atomic(Self.perStep + Self.perStatement * statements)
  }

  func charge(_ work: Int) { remaining.wrappingSubtract(work, ordering: .relaxed) }

  var isUsedUp: Bool { remaining.load(ordering: .relaxed) < 0 }
}
