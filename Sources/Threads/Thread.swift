// A thread with a stack of a known size.

internal import Glibc
internal import Synchronization

/// A running thread; `join` it.
package struct Thread {
  private let handle: pthread_t
  private let stack: Stack

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
    programDataIsReady
    guard let stack = Stack.take(size: stackSize) else { return nil }
    guard unsafe pthread_attr_setstack(&attributes, stack.bytes, stack.size) == 0 else {
      stack.giveBack()
      return nil
    }
    let body = unsafe Unmanaged.passRetained(
      Body {
        unsafe pthread_setspecific(stackEnd, UnsafeRawPointer(stack.bytes))
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
      stack.giveBack()
      return nil
    }
    self.handle = handle
    self.stack = stack
  }

  /// How many bytes are left of the stack of the calling thread, roughly; 0 where no `Thread` started it.
  package static var remainingStack: Int {
    guard let end = unsafe pthread_getspecific(stackEnd) else { return 0 }
    return max(0, stackPlace() - Int(bitPattern: end) - reservedStack)
  }

  /// Waits for its end.
  package func join() {
    pthread_join(handle, nil)
    stack.giveBack()
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
