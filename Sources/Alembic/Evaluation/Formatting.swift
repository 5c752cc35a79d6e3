// f-strings, `format`, `str.format` and `%`.

import PythonSyntax
import SourceText

extension Interpreter {
  func formatted(
    _ parts: NodeList<FormattedPart>, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Value {
    let code = scope.code
    var result = ""
    var gap: Unknown?
    for part in code[parts] {
      switch part {
      case .literal(let literal):
        if let text = code.string(literal) {
          result += text
        } else {
          gap = Unknown(OpaqueReason(.unsupportedSyntax, "an f-string"), range: range)
        }
      case .replacement(let id, let conversion, let nested):
        let value = try evaluate(id, in: scope)
        var specification = ""
        if let nested {
          guard case .string(let text) = try formatted(nested, at: range, in: scope) else {
            gap = gap ?? Unknown(OpaqueReason(.unsupportedSyntax, "a format"), range: range)
            continue
          }
          specification = text
        }
        let letter: UInt8? =
          switch conversion {
          case .none: nil
          case .string: UInt8(ascii: "s")
          case .representation: UInt8(ascii: "r")
          case .ascii: UInt8(ascii: "a")
          }
        if let text = try format(value, specification, conversion: letter, at: range) {
          result += text
        } else {
          gap = gap ?? value.firstUnknown() ?? notKnown(value, "text of", at: code.range(of: id))
        }
      }
      try allocate(result.utf8.count >> 3)
    }
    try allocate(result.utf8.count)
    if let gap { return unknown(gap) }
    return .string(result)
  }

  /// A value converted by `!s`, `!r` or `!a` and formatted; nil if that is not known.
  func format(
    _ value: Value, _ specification: String, conversion: UInt8? = nil, at range: SourceRange
  ) throws(Interruption) -> String? {
    var value = value
    if let conversion {
      guard
        let text = conversion == UInt8(ascii: "s") ? text(value) : representation(value)
      else { return nil }
      value = .string(conversion == UInt8(ascii: "a") ? Self.escapingNonASCII(text) : text)
    }
    if case .string(let text) = value, specification.isEmpty { return text }
    switch value {
    case .instance(let instance):
      if let method = instance.type.lookup("__format__") {
        let result = try call(
          bind(method, to: value, owner: instance.type),
          CallArguments(positional: [.string(specification)], range: range))
        if case .string(let text) = result { return text }
        return nil
      }
      guard let text = text(value) else { return nil }
      if specification.isEmpty { return text }
      if let primitive = instance.primitive {
        return try format(primitive, specification, at: range)
      }
      return try FormatSpecification(specification)?.apply(to: .string(text), self)
    case .model(let model as any ConstantObject) where !specification.isEmpty:
      return model.format(specification)
    default: break
    }
    guard !specification.isEmpty else { return text(value) }
    switch value {
    case .string, .integer, .float, .boolean:
      guard let parsed = FormatSpecification(specification) else {
        throw raise("ValueError", "Invalid format specifier", at: range)
      }
      return try parsed.apply(to: value, self)
    default: return nil
    }
  }

  static func escapingNonASCII(_ text: String) -> String {
    if text.isASCII { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else if scalar.value < 0x100 {
        result += "\\x" + Text.hex(scalar.value, 2)
      } else if scalar.value < 0x10000 {
        result += "\\u" + Text.hex(scalar.value, 4)
      } else {
        result += "\\U" + Text.hex(scalar.value, 8)
      }
    }
    return result
  }
}

/// Python Library Reference, "Format Specification Mini-Language".
struct FormatSpecification {
  private var fill: Unicode.Scalar = " "
  private var align: UInt8?
  private var sign = UInt8(ascii: "-")
  private var isAlternate = false
  private var width = 0
  private var grouping: UInt8?
  private var precision: Int?
  private var type: UInt8?

  /// Nil for one that is malformed.
  init?(_ text: String) {
    var scalars = Array(text.unicodeScalars)[...]
    func isAlign(_ scalar: Unicode.Scalar?) -> Bool {
      scalar == "<" || scalar == ">" || scalar == "^" || scalar == "="
    }
    if scalars.count >= 2, isAlign(scalars[scalars.startIndex + 1]) {
      fill = scalars.removeFirst()
      align = UInt8(ascii: scalars.removeFirst())
    } else if isAlign(scalars.first) {
      align = UInt8(ascii: scalars.removeFirst())
    }
    if let first = scalars.first, first == "+" || first == "-" || first == " " {
      sign = UInt8(ascii: scalars.removeFirst())
    }
    if scalars.first == "#" {
      isAlternate = true
      scalars.removeFirst()
    }
    if scalars.first == "0" {
      if align == nil {
        fill = "0"
        align = UInt8(ascii: "=")
      }
      scalars.removeFirst()
    }
    guard let width = Self.number(&scalars) else { return nil }
    self.width = width ?? 0
    if let first = scalars.first, first == "," || first == "_" {
      grouping = UInt8(ascii: scalars.removeFirst())
    }
    if scalars.first == "." {
      scalars.removeFirst()
      guard case .some(.some(let precision)) = Self.number(&scalars) else { return nil }
      self.precision = precision
    }
    if let first = scalars.popFirst() {
      guard first.isASCII else { return nil }
      type = UInt8(ascii: first)
    }
    guard scalars.isEmpty else { return nil }
  }

  /// Nil for a number that is too large; `.some(nil)` where there is none.
  private static func number(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Int?? {
    var value: Int?
    while let first = scalars.first, let digit = Int(String(first)) {
      let next = (value ?? 0) * 10 + digit
      guard next < 1_000_000 else { return nil }
      value = next
      scalars.removeFirst()
    }
    return .some(value)
  }

  /// Nil where the type does not go with the value.
  func apply(to value: Value, _ interpreter: Interpreter) throws(Interruption) -> String? {
    try interpreter.allocate(width + (precision ?? 0))
    switch value {
    case .string(let text):
      guard type == nil || type == UInt8(ascii: "s") else { return nil }
      var text = text
      if let precision {
        text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(precision)))
      }
      return pad(text, sign: "", defaultAlign: UInt8(ascii: "<"))
    case .boolean(let flag):
      if type == nil || type == UInt8(ascii: "s") {
        return try apply(to: .string(flag ? "True" : "False"), interpreter)
      }
      return integer(flag ? 1 : 0)
    case .integer(let number): return integer(number)
    case .float(let number): return float(number)
    default: return nil
    }
  }

  private func integer(_ number: Int) -> String? {
    let digits: String
    let prefix: String
    switch type {
    case nil, UInt8(ascii: "d"), UInt8(ascii: "n"):
      (digits, prefix) = (String(number.magnitude), "")
    case UInt8(ascii: "x"): (digits, prefix) = (String(number.magnitude, radix: 16), "0x")
    case UInt8(ascii: "X"):
      (digits, prefix) = (String(number.magnitude, radix: 16, uppercase: true), "0X")
    case UInt8(ascii: "o"): (digits, prefix) = (String(number.magnitude, radix: 8), "0o")
    case UInt8(ascii: "b"): (digits, prefix) = (String(number.magnitude, radix: 2), "0b")
    case UInt8(ascii: "c"):
      guard let value = UInt32(exactly: number), let scalar = Unicode.Scalar(value) else {
        return nil
      }
      return pad(String(scalar), sign: "", defaultAlign: UInt8(ascii: "<"))
    default: return float(Double(number))
    }
    let size = type == nil || type == UInt8(ascii: "d") ? 3 : 4
    return pad(
      grouped(digits, size), sign: signText(number < 0) + (isAlternate ? prefix : ""),
      defaultAlign: UInt8(ascii: ">"))
  }

  private func float(_ number: Double) -> String? {
    let text: String
    let magnitude = number.magnitude
    let precision = min(precision ?? 6, 1000)
    switch type {
    case nil:
      text =
        self.precision == nil
        ? Numbers.representation(magnitude) : shortened(magnitude, max(1, precision))
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      text = Numbers.format(magnitude, "f", precision: precision)
    case UInt8(ascii: "e"): text = Numbers.format(magnitude, "e", precision: precision)
    case UInt8(ascii: "E"): text = Numbers.format(magnitude, "E", precision: precision)
    case UInt8(ascii: "g"): text = Numbers.format(magnitude, "g", precision: max(1, precision))
    case UInt8(ascii: "G"): text = Numbers.format(magnitude, "G", precision: max(1, precision))
    case UInt8(ascii: "%"):
      text = Numbers.format(magnitude * 100, "f", precision: precision) + "%"
    default: return nil
    }
    let end = text.utf8.firstIndex { !(0x30...0x39).contains($0) } ?? text.endIndex
    let whole = grouped(String(text[..<end]), 3) + text[end...]
    let isNegative = number.sign == .minus && !number.isNaN
    return pad(whole, sign: signText(isNegative), defaultAlign: UInt8(ascii: ">"))
  }

  /// No type with a precision: as `g`, but with at least one digit behind the point.
  private func shortened(_ number: Double, _ precision: Int) -> String {
    let text = Numbers.format(number, "g", precision: precision)
    return text.utf8.contains { $0 == 0x2E || $0 == 0x65 || $0 == 0x6E || $0 == 0x69 }
      ? text : text + ".0"
  }

  private func signText(_ isNegative: Bool) -> String {
    if isNegative { return "-" }
    return sign == UInt8(ascii: "-") ? "" : String(UnicodeScalar(sign))
  }

  private func grouped(_ digits: String, _ size: Int) -> String {
    guard let grouping else { return digits }
    let bytes = Array(digits.utf8)
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if index > 0, (bytes.count - index) % size == 0 { result.append(grouping) }
      result.append(byte)
    }
    return Text.string(result)
  }

  private func pad(_ text: String, sign: String, defaultAlign: UInt8) -> String {
    let missing = width - text.unicodeScalars.count - sign.unicodeScalars.count
    guard missing > 0 else { return sign + text }
    func filling(_ count: Int) -> String { String(repeating: String(fill), count: count) }
    switch align ?? defaultAlign {
    case UInt8(ascii: "<"): return sign + text + filling(missing)
    case UInt8(ascii: "^"):
      return filling(missing / 2) + sign + text + filling(missing - missing / 2)
    case UInt8(ascii: "="): return sign + filling(missing) + text
    default: return filling(missing) + sign + text
    }
  }
}
