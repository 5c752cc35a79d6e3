// Numbers as Python writes and reads them.

import Glibc

enum Numbers {
  /// `repr` of a float: the shortest digits that read back as the same number, with an exponent
  /// below 1e-04 and from 1e+16 on.
  static func representation(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    if number == 0 { return number.sign == .minus ? "-0.0" : "0.0" }
    let (digits, exponent) = decimal(number.magnitude)
    let sign = number < 0 ? "-" : ""
    return sign
      + (exponent < -4 || exponent >= 16
        ? scientific(digits, exponent) : positional(digits, exponent))
  }

  /// The shortest significant digits and the power of ten of the first.
  private static func decimal(_ number: Double) -> (digits: [UInt8], exponent: Int) {
    let text = Array("\(number)".utf8)
    let mark = text.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    let mantissa = text[..<(mark ?? text.count)]
    var exponent = 0
    if let mark {
      let digits = text[(mark + 1)...].drop { $0 == UInt8(ascii: "+") }
      exponent = Int(String(decoding: digits, as: UTF8.self)) ?? 0
    }
    let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.endIndex
    var digits = mantissa.filter { $0 != UInt8(ascii: ".") }
    exponent += point - 1
    while digits.count > 1, digits.first == UInt8(ascii: "0") {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, exponent)
  }

  private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
    let first = String(decoding: digits.prefix(1), as: UTF8.self)
    let rest = String(decoding: digits.dropFirst(), as: UTF8.self)
    let power = String(exponent.magnitude)
    return first + (rest.isEmpty ? "" : "." + rest) + "e" + (exponent < 0 ? "-" : "+")
      + (power.utf8.count < 2 ? "0" : "") + power
  }

  private static func positional(_ digits: [UInt8], _ exponent: Int) -> String {
    if exponent < 0 {
      return "0." + String(repeating: "0", count: -exponent - 1)
        + String(decoding: digits, as: UTF8.self)
    }
    let whole = digits.prefix(exponent + 1)
    let rest = String(decoding: digits.dropFirst(exponent + 1), as: UTF8.self)
    return String(decoding: whole, as: UTF8.self)
      + String(repeating: "0", count: max(0, exponent + 1 - whole.count)) + "."
      + (rest.isEmpty ? "0" : rest)
  }

  /// `printf("%.*<conversion>")` of a float; the precision is bounded by the caller.
  static func format(_ number: Double, _ conversion: Character, precision: Int) -> String {
    let template = "%.\(precision)\(conversion)"
    return withVaList([number]) { arguments in
      var buffer = [CChar](repeating: 0, count: precision + 400)
      let length = vsnprintf(&buffer, buffer.count, template, arguments)
      let count = min(max(0, Int(length)), buffer.count - 1)
      return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// `int(text, base)`; nil where Python raises, or where the number does not fit.
  static func integer(_ text: String, base: Int) -> Int? {
    var bytes = Text.stripped(Array(text.utf8))
    var isNegative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      bytes.removeFirst()
    }
    var base = base
    if bytes.count > 2, bytes[0] == UInt8(ascii: "0") {
      let mark: [UInt8: Int] = [0x78: 16, 0x6F: 8, 0x62: 2]
      if let found = mark[bytes[1] | 0x20], base == 0 || base == found {
        base = found
        bytes.removeFirst(2)
      }
    }
    if base == 0 { base = 10 }
    guard (2...36).contains(base), bytes.first != UInt8(ascii: "_"),
      bytes.last != UInt8(ascii: "_"), bytes.first != UInt8(ascii: "-"),
      bytes.first != UInt8(ascii: "+")
    else { return nil }
    let digits = String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    return Int((isNegative ? "-" : "") + digits, radix: base)
  }

  /// `float(text)`; nil where Python raises.
  static func float(_ text: String) -> Double? {
    let trimmed = String(decoding: Text.stripped(Array(text.utf8)), as: UTF8.self)
    let digits = Array(trimmed.utf8)
    guard !digits.isEmpty, digits.count < 400 else { return nil }
    let allowed = digits.allSatisfy { byte in
      (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
    }
    if allowed { return Double(trimmed) }
    switch Text.lowercased(trimmed) {
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    case "nan", "+nan", "-nan": return .nan
    default: return nil
    }
  }
}
