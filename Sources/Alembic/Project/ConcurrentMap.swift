// Applies a function to many values on all processors, and keeps their order.

import Glibc
import Synchronization

/// `items.map(body)` on as many threads as there are processors. Each thread has a stack of 8 MB, as
/// a program's main thread has: what the Python parser's bounded depth needs.
package func concurrentMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ body: @escaping @Sendable (Item) -> Result
) -> [Result] {
  let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  let threads = min(processors, 8, items.count / 4)
  if threads < 2 { return items.map(body) }
  let work = Work(items: items, body: body)
  let others = (1..<threads).compactMap { _ in startThread(work.run) }
  work.run()
  for thread in others { pthread_join(thread, nil) }
  return work.results
}

private final class Work<Item: Sendable, Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var results: [(Int, [Result])] = []
  }
  private let items: [Item]
  private let body: @Sendable (Item) -> Result
  private let state = Mutex(State())
  /// Few enough to share the work evenly, enough that the lock does not matter.
  private let batch: Int

  init(items: [Item], body: @escaping @Sendable (Item) -> Result) {
    self.items = items
    self.body = body
    batch = max(1, min(32, items.count / 16))
  }

  func run() {
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

/// Each part of the items in a thread of its own, with a stack on which evaluation can recurse as deep
/// as its budget allows; parts and results keep their order.
func mapOnLargeStacks<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ body: @escaping @Sendable (ArraySlice<Item>) -> [Result]
) -> [Result] {
  let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  let parts = max(1, min(processors, 8, items.count / 16))
  let results = Mutex([[Result]](repeating: [], count: parts))
  let runs = (0..<parts).map { part in
    { @Sendable () -> Void in
      let range = items.count * part / parts..<items.count * (part + 1) / parts
      let made = body(items[range])
      results.withLock { $0[part] = made }
    }
  }
  let threads = runs.map { startThread($0, stackSize: 256 << 20) }
  for (run, thread) in zip(runs, threads) {
    if let thread { pthread_join(thread, nil) } else { run() }
  }
  return results.withLock { $0.flatMap { $0 } }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Nil if no thread can be started; the others then do the work.
private func startThread(
  _ run: @escaping @Sendable () -> Void, stackSize: Int = 8 << 20
) -> pthread_t? {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, stackSize)
  let body = Unmanaged.passRetained(ThreadBody(run))
  var thread = pthread_t()
  let status = pthread_create(
    &thread, &attributes,
    { pointer in
      guard let pointer else { return nil }
      Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().run()
      return nil
    }, body.toOpaque())
  guard status == 0 else {
    body.release()
    return nil
  }
  return thread
}
