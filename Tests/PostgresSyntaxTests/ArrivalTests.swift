// Values that are read in their order while threads still make them.

import Testing
import Threads

@Suite struct ArrivalTests {
  @Test(arguments: 0..<20)
  func readerGetsAllInTheirOrder(round: Int) {
    let arrivals = Arrivals<Int>(count: 200)
    let makers = (0..<3).compactMap { maker in
      Thread {
        for place in stride(from: maker, to: 200, by: 3).reversed() {
          arrivals.put(place * place, at: place)
        }
      }
    }
    #expect(makers.count == 3)
    #expect(Array(arrivals) == (0..<200).map { $0 * $0 })
    for maker in makers { maker.join() }
  }

  @Test func whoWaitsInSeveralPlacesIsWoken() {
    let arrivals = Arrivals<Int>(count: 2)
    let sums = (0..<4).map { _ in Returned<Int>() }
    let readers = sums.compactMap { sum in Thread { sum.value = arrivals.reduce(0, +) } }
    arrivals.put(2, at: 1)
    arrivals.put(1, at: 0)
    for reader in readers { reader.join() }
    #expect(sums.map(\.value) == [3, 3, 3, 3])
  }

  @Test func firstValueStays() {
    let arrivals = Arrivals<String>(count: 1)
    arrivals.put("first", at: 0)
    arrivals.put("second", at: 0)
    #expect(Array(arrivals) == ["first"])
  }

  @Test func endsAtAPlaceThatIsEmptyOnceClosed() throws {
    let arrivals = Arrivals<Int>(count: 3)
    arrivals.put(1, at: 0)
    arrivals.put(3, at: 2)
    let closer = try #require(Thread { arrivals.close() })
    #expect(Array(arrivals) == [1])
    closer.join()
  }
}
