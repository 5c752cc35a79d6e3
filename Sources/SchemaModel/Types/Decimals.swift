// Numbers as they are written, and as they are rounded into a type.

/// A decimal number: a sign, digits, and where the point is among them.
struct Decimal {
  private var isNegative = false
  private var digits: [UInt8] = []
  /// How many digits stand before the point; negative where zeros follow it first.
  private var point = 0

  /// Nil where the text is no such number, or an extremely large or small one.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    var exponent = 0
    if let mark = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      guard let value = Int(String(decoding: rest[(mark + 1)...], as: UTF8.self)),
        value.magnitude < 1000
      else { return nil }
      exponent = value
      rest = rest[..<mark]
    }
    let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    digits = parts.flatMap { $0.map { $0 &- UInt8(ascii: "0") } }
    guard parts.count <= 2, !digits.isEmpty, digits.count < 1000, digits.allSatisfy({ $0 < 10 })
    else { return nil }
    point = parts[0].count + exponent
  }

  /// The digits of the number of times that 10^-scale goes into it, rounded half away from zero as `numeric`
  /// is (manual 8.1.2); empty for zero.
  private func units(scale: Int) -> [UInt8] {
    let kept = point + scale
    guard kept >= 0 else { return [] }
    var units = Array(digits.prefix(kept))
    if kept > digits.count { units += Array(repeating: 0, count: kept - digits.count) }
    if kept < digits.count, digits[kept] >= 5 {
      var place = units.count - 1
      while place >= 0, units[place] == 9 {
        units[place] = 0
        place -= 1
      }
      if place >= 0 { units[place] += 1 } else { units.insert(1, at: 0) }
    }
    return Array(units.drop { $0 == 0 })
  }

  func fits(precision: Int, scale: Int) -> Bool { units(scale: scale).count <= precision }

  func fits<Number: FixedWidthInteger>(_: Number.Type) -> Bool {
    let units = units(scale: 0)
    if units.isEmpty { return true }
    let text = String(decoding: units.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return Number((isNegative ? "-" : "") + text) != nil
  }
}
