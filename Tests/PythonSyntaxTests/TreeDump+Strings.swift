// String literals, f-strings and t-strings in the canonical text.

import PythonSyntax
import SourceText

extension TreeDump {
  mutating func string(_ range: SourceRange, _ id: StringID) {
    withinLiteral(range) { dump in
      dump.open("Constant", range)
      dump.value(of: id)
      dump.kind(of: id)
      dump.write(")")
    }
  }

  mutating func bytes(_ range: SourceRange, _ id: StringID) {
    open("Constant", range)
    if let value = module.bytes(id) {
      write(text: "bytes:\(value.count):")
      for byte in value { write(text: String(byte, radix: 16) + ".") }
    } else {
      write("bytes:?")
    }
    write(")")
  }

  private mutating func value(of id: StringID) {
    guard !hasNamedEscape, let value = module.string(id) else { return write("str:?") }
    write(text: "str:\(value.utf8.count):")
    write(text: value)
  }

  /// The `u` of the first literal, which CPython keeps as `kind`.
  private mutating func kind(of id: StringID) {
    guard let first = module.pieces(of: id).first, first.openingLength > 0 else { return }
    let letter = byte(at: first.range.start - UInt32(first.openingLength))
    if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "U") { write(",u") }
  }

  private mutating func withinLiteral(_ range: SourceRange, _ body: (inout TreeDump) -> Void) {
    let outer = hasNamedEscape
    if !outer {
      let text = module.source.bytes(in: range)
      hasNamedEscape = zip(text, text.dropFirst()).contains {
        $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "N")
      }
    }
    body(&self)
    hasNamedEscape = outer
  }

  mutating func formatted(
    _ type: StaticString, _ range: SourceRange, _ parts: NodeList<FormattedPart>
  ) {
    withinLiteral(range) { dump in
      dump.open(type, range)
      let outer = dump.insideString
      dump.insideString = true
      dump.parts(parts, isTemplate: type.description == "TemplateStr")
      dump.insideString = outer
      dump.write(")")
    }
  }

  private mutating func parts(_ parts: NodeList<FormattedPart>, isTemplate: Bool) {
    let kept = zip(module[parts], module.places(of: parts)).filter { part, _ in
      guard case .literal(let id) = part else { return true }
      return module.string(id) != ""
    }
    list(kept) { dump, element in
      switch element.0 {
      case .literal(let id): dump.literal(id)
      case .replacement(let value, let conversion, let format):
        dump.replacement(value, conversion, format, element.1, isTemplate: isTemplate)
      }
    }
  }

  private mutating func literal(_ id: StringID) {
    let pieces = module.pieces(of: id)
    guard let first = pieces.first, let last = pieces.last else { return }
    open(
      "Constant",
      SourceRange(
        start: first.range.start - UInt32(first.openingLength),
        end: last.range.end + UInt32(last.closingLength)))
    value(of: id)
    kind(of: id)
    write(")")
  }

  private mutating func replacement(
    _ value: ExpressionID, _ conversion: FormattedPart.Conversion,
    _ format: NodeList<FormattedPart>?, _ place: FormattedPlace, isTemplate: Bool
  ) {
    open(isTemplate ? "Interpolation" : "FormattedValue", place.range)
    expression(value)
    let codes = [-1, 115, 114, 97]
    write(text: ",\(codes[Int(conversion.rawValue)]),")
    if let format {
      open("JoinedStr", SourceRange(start: place.colon, end: place.range.end - 1))
      parts(format, isTemplate: false)
      write(")")
    } else {
      write("-")
    }
    write(")")
  }
}
