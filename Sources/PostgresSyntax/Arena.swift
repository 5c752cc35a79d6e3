// Memory that is taken piece by piece and given back all at once.

internal import CPGQuery
internal import Glibc

/// Holds one tree of protobuf messages. Freeing them one by one takes as long as building them,
/// because protobuf-c looks at each of the 238 cases of every Node.
@safe final class Arena {
  private var chunks: [UnsafeMutableRawPointer] = unsafe []
  private var free: UnsafeMutableRawBufferPointer = unsafe .init(start: nil, count: 0)
  private var nextChunk = 8 << 10

  deinit {
    let chunks = unsafe chunks
    for index in unsafe chunks.indices { unsafe Glibc.free(chunks[index]) }
  }

  /// Nil when memory is exhausted.
  func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    let (padded, overflow) = size.addingReportingOverflow(15)
    guard size >= 0, !overflow else { return nil }
    let aligned = padded & ~15
    if unsafe aligned > free.count {
      guard addChunk(for: aligned) else { return nil }
    }
    let start = unsafe free.baseAddress
    unsafe free = UnsafeMutableRawBufferPointer(rebasing: free[aligned...])
    return unsafe start
  }

  private func addChunk(for size: Int) -> Bool {
    let capacity = max(size, nextChunk)
    guard let chunk = unsafe malloc(capacity) else { return false }
    unsafe chunks.append(chunk)
    unsafe free = UnsafeMutableRawBufferPointer(start: chunk, count: capacity)
    nextChunk = min(nextChunk * 2, 1 << 20)
    return true
  }

  /// Runs `body` with protobuf-c's view of this memory.
  func withAllocator<Result>(
    _ body: (UnsafeMutablePointer<ProtobufCAllocator>) -> Result
  ) -> Result {
    var allocator = unsafe ProtobufCAllocator(
      alloc: { arena, size in
        guard let arena = unsafe arena else { return nil }
        // Without counting a reference for each of a message's pieces.
        return unsafe Unmanaged<Arena>.fromOpaque(arena)._withUnsafeGuaranteedRef {
          unsafe $0.allocate(size)
        }
      }, free: { _, _ in }, allocator_data: Unmanaged.passUnretained(self).toOpaque())
    return withExtendedLifetime(self) { unsafe body(&allocator) }
  }
}
