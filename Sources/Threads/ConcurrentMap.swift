// Applies a function to many values on all processors, and keeps their order.

internal import Synchronization

/// `items.map(body)` on as many threads as there are processors. Each thread has a stack of 8 MB, as
/// a program's main thread has: what the Python parser's bounded depth needs.
package func concurrentMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ body: @escaping @Sendable (Item) -> Result
) -> [Result] {
  let threads = min(Thread.processors, items.count / 4)
  if threads < 2 { return items.map(body) }
  let work = Work<Item, Result>(items)
  if let team = Team.current {
    team.share { work.run(body) }
    return work.results
  }
  // A new thread goes on with the heap of one that ended, and with what is free there; this one waits, so
  // that its own heap need not be made as large.
  let others = (0..<threads).compactMap { _ in
    Thread(heap: heap(for: items.count)) { work.run(body) }
  }
  if others.isEmpty { work.run(body) }
  for thread in others { thread.join() }
  return work.results
}

/// `items.map(body)` on so many threads, which wait more than they work: each takes the next item.
/// - Parameter makeContext: makes what one thread needs for all of its items.
package func concurrentMap<Item: Sendable, Context, Result: Sendable>(
  _ items: [Item], threads: Int, with makeContext: @escaping @Sendable () -> Context,
  _ body: @escaping @Sendable (Context, Item) -> Result
) -> [Result] {
  let work = Work<Item, Result>(items, batch: 1)
  let share = { @Sendable in
    let context = makeContext()
    work.run { body(context, $0) }
  }
  let others = (1..<max(1, min(threads, items.count))).compactMap { _ in Thread(share) }
  share()
  for thread in others { thread.join() }
  return work.results
}

/// In bytes; pages that are not used cost nothing.
let largeStack = 256 << 20

/// No thread could be started, and the work must not be done on another stack.
package struct NoThread: Error {}

/// `items.map(body)` on threads with stacks on which evaluation can recurse as deep as its budget
/// allows, and PostgreSQL's grammar as deep as its bounds.
/// - Parameter makeContext: makes what one thread needs for all of its items.
package func mapOnLargeStacks<Item: Sendable, Context, Result: Sendable>(
  _ items: [Item], with makeContext: @escaping @Sendable () -> Context,
  _ body: @escaping @Sendable (Context, Item) -> Result
) throws(NoThread) -> [Result] {
  let count = max(1, min(Thread.processors, items.count / 8))
  let work = Work<Item, Result>(items)
  let share = { @Sendable in
    let context = makeContext()
    work.run { body(context, $0) }
  }
  if let team = Team.current {
    if count > 1 { team.share(share) } else { share() }
    return work.results
  }
  let threads = (0..<count).compactMap { _ in
    Thread(stackSize: largeStack, heap: heap(for: items.count), share)
  }
  if threads.isEmpty { throw NoThread() }
  for thread in threads { thread.join() }
  return work.results
}

/// What a thread allocates for so many revisions, in bytes: 16 KB each.
package func heap(for items: Int) -> Int { min(items, 1000) << 14 }

final class Work<Item: Sendable, Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var results: [(Int, [Result])] = []
  }
  private let items: [Item]
  private let state = Mutex(State())
  /// Few enough to share the work evenly, enough that the lock does not matter.
  private let batch: Int

  init(_ items: [Item], batch: Int? = nil) {
    self.items = items
    self.batch = batch ?? max(1, min(8, items.count / 32))
  }

  func run(_ body: (Item) -> Result) {
    while true {
      let start = state.withLock { state in
        defer { state.next += batch }
        return state.next
      }
      guard start < items.count else { return }
      let results = items[start..<min(start + batch, items.count)].map(body)
      state.withLock { $0.results.append((start, results)) }
    }
  }

  var results: [Result] {
    state.withLock { $0.results }.sorted { $0.0 < $1.0 }.flatMap(\.1)
  }
}
