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
        reserveHeap(heap)
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

/// Grows the heap of this thread at once and asks for large pages there: what is allocated later in
/// small pieces then costs one page fault in 2 MB.
/// - Parameter bytes: what will be allocated, roughly; below 1 MB nothing is done.
package func reserveHeap(_ bytes: Int) {
  guard bytes >= 1 << 20 else { return }
  // The C library maps the first block by itself; once that is freed it takes its like from the heap.
  for _ in 0..<2 {
    guard let block = unsafe malloc(bytes) else { return }
    let pageSize = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let address = UInt(bitPattern: block)
    let first = (address + pageSize - 1) / pageSize * pageSize
    let end = (address + UInt(bytes)) / pageSize * pageSize
    unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE)
    unsafe free(block)
  }
}
