// Runs work on a thread whose stack is known, because libpg_query recurses without a stack check.

internal import CPGQuery
internal import Glibc

/// Stack for the deepest tree that `StatementBounds` lets through. Measured with libpg_query 15-4:
/// writing, reading, freeing and printing a tree takes at most 2 kB a token (`NOT NOT …`, `- - …`,
/// `ARRAY[[[…`), 4,000 tokens thus 8 MB; our own walk takes less. The thread library caches stacks
/// up to 40 MB, which makes a thread cost 20 µs instead of an `mmap` and its page faults.
enum ParserThread {
  static let stackSize = 32 << 20

  /// Runs `bodies` side by side and returns when all have ended. Nil entries are bodies whose
  /// thread could not be created.
  static func run<Result: Sendable>(_ bodies: [@Sendable () -> Result]) -> [Result?] {
    let tasks = bodies.map { Task($0) }
    let threads = tasks.map { start($0) }
    for case .some(let thread) in threads { pthread_join(thread, nil) }
    return tasks.map { $0.result }
  }

  private static func start<Result>(_ task: Task<Result>) -> pthread_t? {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    guard unsafe pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return nil }
    var thread = pthread_t()
    let context = unsafe Unmanaged<AnyTask>.passRetained(task)
    let code = unsafe pthread_create(
      &thread, &attributes,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<AnyTask>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      unsafe context.release()
      return nil
    }
    return thread
  }

  private class AnyTask {
    func run() {}
  }

  private final class Task<Result>: AnyTask {
    private let body: @Sendable () -> Result
    /// Written by the thread, read after it was joined.
    private(set) var result: Result?

    init(_ body: @escaping @Sendable () -> Result) { self.body = body }

    override func run() { result = body() }
  }
}
