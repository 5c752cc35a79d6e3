// Work that begins while its items are still being made.

/// Applies `body` to values on some processors while one still makes them; the results keep the order in
/// which the values were made. Stacks are those of `mapOnLargeStacks`.
/// - Parameters:
///   - make: calls its argument with each value; what it returns is returned too.
package func concurrentMap<Item: Sendable, Result: Sendable, Outcome: Sendable>(
  making make: @escaping @Sendable ((Item) -> Void) -> Outcome?,
  _ body: @escaping @Sendable (Item) -> Result
) -> (Outcome?, [Result]) {
  let line = AssemblyLine(body)
  let outcome = Returned<Outcome>()
  let work = { @Sendable in
    let value = make(line.add)
    outcome.value = value
    line.close()
    line.run()
  }
  let maker = Thread(stackSize: largeStack, work)
  let others = (1..<Thread.processors).compactMap { _ in
    Thread(stackSize: largeStack, line.run)
  }
  if let maker { maker.join() } else { work() }
  for thread in others { thread.join() }
  return (outcome.value, line.results)
}

/// Items that wait for a thread, and what came of the others. `monitor` guards all of its state.
private final class AssemblyLine<Item: Sendable, Result: Sendable>: @unchecked Sendable {
  private let body: @Sendable (Item) -> Result
  private let monitor = Monitor()
  private var items: [Item?] = []
  private var next = 0
  private var isClosed = false
  private var waiting = 0
  private var made: [Result?] = []

  init(_ body: @escaping @Sendable (Item) -> Result) {
    self.body = body
  }

  func add(_ item: Item) {
    let isAwaited = monitor.withLock {
      items.append(item)
      made.append(nil)
      return waiting > 0
    }
    if isAwaited { monitor.wake() }
  }

  /// No item follows.
  func close() {
    monitor.withLock { isClosed = true }
    monitor.wakeAll()
  }

  /// Works until the line is closed and empty.
  func run() {
    var results: [Result] = []
    var place = 0
    while let (next, batch) = take(after: results, at: place) {
      place = next
      results = batch.map(body)
    }
  }

  var results: [Result] { monitor.withLock { made.compactMap(\.self) } }

  /// Gives back what was made of the last items and waits for others; nil after the last.
  private func take(after results: [Result], at place: Int) -> (Int, [Item])? {
    monitor.withLock {
      for (offset, result) in results.enumerated() { made[place + offset] = result }
      waiting += 1
      while next == items.count, !isClosed { monitor.wait() }
      waiting -= 1
      guard next < items.count else { return nil }
      // Few enough to share the last ones, enough that the lock does not matter.
      let range = next..<next + min(16, (items.count - next + 3) / 4)
      let batch = range.compactMap { items[$0] }
      for index in range { items[index] = nil }
      next = range.upperBound
      return (range.lowerBound, batch)
    }
  }
}
