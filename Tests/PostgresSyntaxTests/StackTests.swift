// Where SQL is parsed: on the thread of the caller if its stack is large enough, else on one of its own.

import PostgresSyntax
import Testing
import Threads

@Suite struct StackTests {
  /// As deep as the bounds allow.
  private static let deepest = "SELECT " + String(repeating: "NOT ", count: 3900) + "true"

  @Test(arguments: [1 << 20, 4 << 20, 31 << 20, 33 << 20, 64 << 20, 256 << 20])
  func deepestStatementIsParsedOnAnyThread(stackSize: Int) {
    let parsed = result(of: { try? parseStatements(Self.deepest).get().count }, on: stackSize)
    #expect(parsed == 1)
  }

  @Test func whatIsUsedOfAStackIsNotLeft() throws {
    let size = 64 << 20
    let found = result(
      of: { [Thread.remainingStack, descend(levels: 1000) { Thread.remainingStack }] }, on: size)
    let before = try #require(found?.first)
    let after = try #require(found?.last)
    #expect((size - (1 << 20)...size).contains(before))
    // Each level holds 1 KB at least.
    #expect(after <= before - 1_000_000)
  }

  @Test func threadsOfOthersHaveNoKnownStack() {
    #expect(Thread.remainingStack == 0)
  }

  private func result<Value: Sendable>(
    of body: @escaping @Sendable () -> Value?, on stackSize: Int
  ) -> Value? {
    let returned = Returned<Value>()
    let thread = Thread(stackSize: stackSize) { returned.value = body() }
    thread?.join()
    return returned.value
  }
}

@inline(never)
private func descend(levels: Int, _ body: () -> Int) -> Int {
  var room = InlineArray<128, Int>(repeating: levels)
  let found = levels == 0 ? body() : descend(levels: levels - 1, body)
  // Used after the call, so that it stays on the stack meanwhile.
  room[levels % 128] = found
  return room[levels % 128]
}
