// Threads that divide large pieces of work among themselves, and help with the last ones.

internal import Glibc

/// `items.map(body)`, each item on one thread, on as many threads as there are processors. What `body` itself
/// gives to `concurrentMap` or `mapOnLargeStacks` stays on its thread until there are no more items than
/// threads; those that have none then take their share of it. Stacks are those of `mapOnLargeStacks`.
package func mapOnTeam<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ body: @escaping @Sendable (Item) -> Result
) throws(NoThread) -> [Result] {
  let team = Team()
  let work = Work<Item, Result>(items, batch: 1)
  let threads = (0..<max(1, Thread.processors)).compactMap { _ in
    // What is kept of many projects; the C library gives a thread 64 MB at a time.
    Thread(stackSize: largeStack, heap: 60 << 20) {
      team.run { work.run(body) }
    }
  }
  if threads.isEmpty { throw NoThread() }
  for thread in threads { thread.join() }
  return work.results
}

/// The threads of one `mapOnTeam`, and the work that each would share.
@safe final class Team: @unchecked Sendable {
  private struct Offer {
    var number: Int
    var help: @Sendable () -> Void
    var helpers = 0
    /// Nothing is left to begin with.
    var isClosed = false
  }

  private let monitor = Monitor()
  private var offers: [Offer] = []
  private var lastNumber = 0
  /// How many threads have items of their own, or will look for one.
  private var busy = 0
  private var idle = 0

  /// The key under which a thread finds its team.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    unsafe pthread_key_create(&key, nil)
    return key
  }()

  /// That of this thread; nil for any other thread.
  static var current: Team? {
    unsafe pthread_getspecific(key).map {
      unsafe Unmanaged<Team>.fromOpaque($0).takeUnretainedValue()
    }
  }

  /// Does its own work, then helps until all have done theirs.
  func run(_ work: () -> Void) {
    // The team outlives its threads, which are joined before it goes.
    unsafe pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    monitor.withLock { busy += 1 }
    work()
    monitor.withLock { busy -= 1 }
    monitor.wakeAll()
    while let offer = next() {
      offer.help()
      close(offer.number)
    }
  }

  /// Does work together with those that have nothing else to do.
  /// - Parameter help: does a share of it, and returns when nothing is left to begin with.
  func share(_ help: @escaping @Sendable () -> Void) {
    let (number, isAwaited) = monitor.withLock {
      lastNumber += 1
      offers.append(Offer(number: lastNumber, help: help))
      return (lastNumber, idle > 0)
    }
    if isAwaited { monitor.wakeAll() }
    help()
    monitor.withLock {
      guard let index = index(of: number) else { return }
      offers[index].isClosed = true
      while let index = self.index(of: number), offers[index].helpers > 0 { monitor.wait() }
      if let index = self.index(of: number) { offers.remove(at: index) }
    }
  }

  /// Waits for work of others; nil when none has any.
  private func next() -> Offer? {
    monitor.withLock {
      idle += 1
      defer { idle -= 1 }
      while true {
        if let index = offers.firstIndex(where: { !$0.isClosed }) {
          offers[index].helpers += 1
          return offers[index]
        }
        if busy == 0 { return nil }
        monitor.wait()
      }
    }
  }

  private func close(_ number: Int) {
    monitor.withLock {
      guard let index = index(of: number) else { return }
      offers[index].isClosed = true
      offers[index].helpers -= 1
    }
    monitor.wakeAll()
  }

  private func index(of number: Int) -> Int? { offers.firstIndex { $0.number == number } }
}

/// A lock, and the threads that wait for a change of what it guards.
@safe final class Monitor: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe pthread_mutex_init(lock, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(lock)
    unsafe changed.deallocate()
    unsafe lock.deallocate()
  }

  func withLock<Value>(_ action: () -> Value) -> Value {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return action()
  }

  /// Inside of `withLock`: lets others have the lock until something has changed, perhaps.
  func wait() { unsafe pthread_cond_wait(changed, lock) }

  func wake() { unsafe pthread_cond_signal(changed) }

  func wakeAll() { unsafe pthread_cond_broadcast(changed) }
}
