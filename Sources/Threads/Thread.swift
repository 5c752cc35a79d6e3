// A thread with a stack of a known size.

internal import Glibc

/// A running thread; `join` it.
package struct Thread {
  private let handle: pthread_t

  /// How many threads there are to share work among: one a processor, eight at most.
  package static let processors = max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Nil if no thread can be started; then the caller does the work.
  /// - Parameters:
  ///   - stackSize: in bytes; 8 MB is what a program's main thread has.
  ///   - heap: how many bytes it will allocate, roughly. The C library makes a thread's memory usable page
  ///     by page otherwise, for which all threads of the program wait each time.
  package init?(
    stackSize: Int = 8 << 20, heap: Int = 0, _ run: @escaping @Sendable () -> Void
  ) {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    guard unsafe pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return nil }
    let body = unsafe Unmanaged.passRetained(
      Body {
        reserve(heap)
        run()
      })
    var handle = pthread_t()
    let status = unsafe pthread_create(
      &handle, &attributes,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      unsafe body.release()
      return nil
    }
    self.handle = handle
  }

  /// Waits for its end.
  package func join() {
    pthread_join(handle, nil)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

/// Takes memory in blocks that come from the thread's own heap, and gives them back to it.
private func reserve(_ bytes: Int) {
  let size = 120 << 10
  let blocks = unsafe (0..<bytes / size).map { _ in unsafe malloc(size) }
  for index in unsafe blocks.indices.reversed() { unsafe free(blocks[index]) }
}
