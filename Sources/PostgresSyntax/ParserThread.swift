// Runs work on a thread whose stack is known, because libpg_query recurses without a stack check.

internal import Synchronization
import Threads

/// Stack for the deepest tree that `StatementBounds` lets through. Measured with libpg_query 15-4:
/// writing, reading, freeing and printing a tree takes at most 2 kB a token (`NOT NOT …`, `- - …`,
/// `ARRAY[[[…`), 4,000 tokens thus 8 MB; our own walk takes less.
enum ParserThread {
  static let stackSize = 32 << 20

  /// Runs `bodies` side by side and returns when all have ended; a single one on the thread of the caller if
  /// its stack is large enough. Nil entries are bodies whose thread could not be created.
  static func run<Value: Sendable>(_ bodies: [@Sendable () -> Value]) -> [Value?] {
    if bodies.count == 1, Thread.remainingStack >= stackSize { return bodies.map { $0() } }
    let results = Mutex([Value?](repeating: nil, count: bodies.count))
    let threads = bodies.enumerated().map { index, body in
      Thread(stackSize: stackSize) {
        let value = body()
        results.withLock { $0[index] = value }
      }
    }
    for thread in threads { thread?.join() }
    return results.withLock { $0 }
  }
}
