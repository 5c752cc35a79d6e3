// A thread with a stack of a known size.

internal import Glibc
internal import Synchronization

/// A running thread; `join` it.
package struct Thread {
  private let handle: pthread_t

  /// How many threads there are to share work among: one a processor, eight at most.
  package static let processors = max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Nil if no thread can be started; then the caller does the work.
  /// - Parameters:
  ///   - stackSize: in bytes; 8 MB is what a program's main thread has.
  ///   - heap: how many bytes it will allocate, roughly.
  package init?(
    stackSize: Int = 8 << 20, heap: Int = 0, _ run: @escaping @Sendable () -> Void
  ) {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    guard unsafe pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return nil }
    let body = unsafe Unmanaged.passRetained(
      Body {
        unsafe pthread_setspecific(stackEnd, UnsafeRawPointer(bitPattern: stackPlace() - stackSize))
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

  /// How many bytes are left of the stack of the calling thread, roughly; 0 where no `Thread` started it.
  package static var remainingStack: Int {
    guard let end = unsafe pthread_getspecific(stackEnd) else { return 0 }
    return max(0, stackPlace() - Int(bitPattern: end) - reservedStack)
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

/// What a thread returns; nil until then.
package final class Returned<Value: Sendable>: Sendable {
  private let held = Mutex<Value?>(nil)

  package init() {}

  package var value: Value? {
    get { held.withLock(\.self) }
    set { held.withLock { $0 = newValue } }
  }
}

/// The key under which a thread finds the lowest address of its stack.
private let stackEnd: pthread_key_t = {
  var key = pthread_key_t()
  unsafe pthread_key_create(&key, nil)
  return key
}()

/// For what the thread library keeps at the top of a stack, and the guard at its end.
private let reservedStack = 1 << 16

/// Where the stack of the calling thread has got to.
@inline(never)
private func stackPlace() -> Int {
  var place = 0
  return unsafe withUnsafePointer(to: &place) { Int(bitPattern: $0) }
}

/// Makes memory for this thread usable at once. The C library does it page by page otherwise, for which all
/// threads of the program wait each time; what is not used costs nothing.
/// - Parameter bytes: what will be allocated, roughly. From 1 MB on large pages are asked for there: what is
///   allocated later in small pieces then costs one page fault in 2 MB.
package func reserveHeap(_ bytes: Int) {
  let size = min(max(bytes, leastHeap), mostTaken)
  // The C library maps the first block by itself; once that is freed it takes its like from the heap.
  unsafe free(malloc(size))
  guard let block = unsafe malloc(size) else { return }
  if bytes >= 1 << 20 {
    let pageSize = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let address = UInt(bitPattern: block)
    let first = (address + pageSize - 1) / pageSize * pageSize
    let end =
      min(address + UInt(bytes), (address / heapSize + 1) * heapSize) / pageSize * pageSize
    unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE)
  }
  unsafe free(block)
}

/// In bytes: what most projects need for a thread.
private let leastHeap = 16 << 20

/// In bytes: larger blocks the C library never takes from a heap.
private let mostTaken = 30 << 20

/// In bytes: the address space that the C library sets aside for a heap, which begins at a multiple of it.
private let heapSize: UInt = 64 << 20
