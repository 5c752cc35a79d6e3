// Memory made usable before many threads run: what the kernel does to it later, all of them wait for.

internal import Glibc
internal import Synchronization

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

/// Gives the program its own copy of its variables. The kernel does it page by page otherwise, when one is
/// first written to, and interrupts all other processors each time; Swift has hundreds of pages of them (what
/// is made once, and what the runtime remembers of types). It is about 1 MB, for less than a millisecond.
/// Does nothing where the kernel can't (before Linux 5.14) or the linker does not tell where they are.
let programDataIsReady: Void = {
  guard let program = unsafe dlopen(nil, RTLD_NOW),
    let start = unsafe dlsym(program, "__data_start"), let end = unsafe dlsym(program, "_end")
  else { return }
  let pageSize = UInt(sysconf(Int32(_SC_PAGESIZE)))
  let first = UInt(bitPattern: start) / pageSize * pageSize
  guard first < UInt(bitPattern: end) else { return }
  let size = Int(UInt(bitPattern: end) - first)
  unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), size, MADV_POPULATE_WRITE)
}()

/// Memory for the stack of a thread. Those of threads that have ended are kept for the next: the C library gives
/// large ones back to the kernel, which interrupts all processors twice for each.
@safe struct Stack: @unchecked Sendable {
  /// The lowest address.
  let bytes: UnsafeMutableRawPointer
  let size: Int

  private static let free = Mutex<[Stack]>([])

  /// One that no thread uses; nil if there is no memory for it.
  /// - Parameter size: in bytes; pages that are not used cost nothing.
  static func take(size: Int) -> Stack? {
    let kept = free.withLock { stacks in
      stacks.lastIndex { $0.size == size }.map { stacks.remove(at: $0) }
    }
    return kept ?? Stack(size: size)
  }

  private init?(size: Int) {
    let pageSize = sysconf(Int32(_SC_PAGESIZE))
    // A page below it that nobody may touch, so that a stack that is too deep ends the program there.
    guard
      let start = unsafe mmap(
        nil, size + pageSize, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0),
      unsafe start != MAP_FAILED
    else { return nil }
    guard unsafe mprotect(start, pageSize, PROT_NONE) == 0 else {
      unsafe munmap(start, size + pageSize)
      return nil
    }
    unsafe bytes = start + pageSize
    self.size = size
  }

  /// After its thread has ended.
  func giveBack() {
    Self.free.withLock { $0.append(self) }
  }
}
