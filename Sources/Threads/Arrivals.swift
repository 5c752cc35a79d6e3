// Values that are read in their order while threads still make them.

/// A sequence whose values several threads put in their places; who reads waits for each. `monitor` guards
/// all of its state.
package final class Arrivals<Value: Sendable>: @unchecked Sendable, Sequence {
  private let monitor = Monitor()
  private var places: [Value?]
  private var isClosed: Bool
  private var awaited: Set<Int> = []

  package init(count: Int) {
    places = Array(repeating: nil, count: count)
    isClosed = false
  }

  /// All of them are there.
  package init(_ values: [Value]) {
    places = values
    isClosed = true
  }

  /// Puts a value in its place; the first one stays.
  package func put(_ value: Value, at place: Int) {
    let isAwaited = monitor.withLock {
      if places[place] == nil { places[place] = value }
      return awaited.remove(place) != nil
    }
    if isAwaited { monitor.wakeAll() }
  }

  /// No value follows: places that have none are where the sequence ends.
  package func close() {
    monitor.withLock { isClosed = true }
    monitor.wakeAll()
  }

  private func value(at place: Int) -> Value? {
    monitor.withLock {
      guard place < places.count else { return nil }
      while places[place] == nil, !isClosed {
        awaited.insert(place)
        monitor.wait()
      }
      return places[place]
    }
  }

  package func makeIterator() -> AnyIterator<Value> {
    var place = 0
    return AnyIterator {
      defer { place += 1 }
      return self.value(at: place)
    }
  }
}
