// Answers that are found once, for all threads.

package import Synchronization

/// Answers that were worked out once. Two threads may work out the same at the same time.
package final class Memo<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  @usableFromInline let known = Mutex<[Question: Answer]>([:])

  @inlinable package init() {}

  @inlinable package func callAsFunction(_ question: Question, _ find: () -> Answer) -> Answer {
    if let answer = known.withLock({ $0[question] }) { return answer }
    let answer = find()
    _ = known.withLock { $0.updateValue(answer, forKey: question) }
    return answer
  }
}
