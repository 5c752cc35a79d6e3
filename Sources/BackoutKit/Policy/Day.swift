// Days of the calendar, for acknowledgements that end.

import Glibc

/// A day as `2027-01-31`.
struct Day: Comparable {
  private let text: String

  /// Nil for a text that is no day of this form.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    self.text = String(text)
  }

  /// In UTC; `$SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org).
  static var today: Day? {
    var seconds = time(nil)
    if let given = getenv("SOURCE_DATE_EPOCH"), let number = Int(String(cString: given)) {
      seconds = number
    }
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return nil }
    var buffer = [CChar](repeating: 0, count: 16)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%d", &parts)
    return Day(String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  static func < (left: Day, right: Day) -> Bool { left.text < right.text }
}
