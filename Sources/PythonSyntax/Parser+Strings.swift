// String literals that stand side by side into one node; f-strings and t-strings into parts.

import SourceText

extension Parser {
  /// What the literals of one concatenation have been so far.
  private struct Concatenation {
    var isBytes = false
    var isText = false
    var isFormatted = false
    var isTemplate = false
    /// The pieces on the scratch stack from here on belong to the literal that is being read.
    var pieces: Int
    var parts: Int
  }

  mutating func strings() -> ExpressionID {
    let start = tokenStart
    var literal = Concatenation(
      pieces: scratch.stringPieces.count, parts: scratch.formattedParts.count)
    while true {
      switch kind {
      case .string: literal.isText = true
      case .bytes: literal.isBytes = true
      case .formattedStart: literal.isFormatted = true
      case .templateStart: literal.isTemplate = true
      default: return concatenated(literal, from: start)
      }
      if kind == .string || kind == .bytes {
        plainString()
      } else {
        formattedString(&literal)
      }
    }
  }

  private mutating func concatenated(
    _ literal: Concatenation, from start: UInt32
  ) -> ExpressionID {
    let place = SourceRange(start: start, end: previousEnd)
    if literal.isBytes, literal.isText || literal.isFormatted || literal.isTemplate {
      fail(at: place, "bytes and text literals cannot be joined")
    } else if literal.isTemplate, literal.isText || literal.isFormatted {
      fail(at: place, "t-strings and other literals cannot be joined")
    }
    if literal.isFormatted || literal.isTemplate {
      let parts = takeParts(literal)
      return add(literal.isTemplate ? .template(parts) : .formatted(parts), from: start)
    }
    let id = takePieces(from: literal.pieces)
    return add(literal.isBytes ? .bytes(id) : .string(id), from: start)
  }

  private mutating func plainString() {
    let token = token
    let shape = StringShape(rawValue: token.value)
    let opening = shape.prefixLength + shape.quoteLength
    let content = SourceRange(start: token.start + opening, end: token.end - shape.quoteLength)
    if kind == .bytes { checkASCII(content) }
    if shape.hasBackslash, !shape.isRaw { checkEscapes(content, isBytes: kind == .bytes) }
    scratch.stringPieces.append(
      StringPiece(
        range: content, isRaw: shape.isRaw, openingLength: UInt8(opening),
        closingLength: UInt8(shape.quoteLength)))
    advance()
  }

  private mutating func formattedString(_ literal: inout Concatenation) {
    advance()
    formattedText(&literal)
    expect(.formattedEnd, "the end of the f-string")
  }

  /// Text and replacement fields up to the closing quote, or the `}` behind a specification.
  private mutating func formattedText(_ literal: inout Concatenation) {
    while true {
      switch kind {
      case .formattedMiddle:
        let shape = StringShape(rawValue: token.value)
        let content = SourceRange(start: token.start, end: token.end)
        if shape.hasBackslash, !shape.isRaw { checkEscapes(content, isBytes: false) }
        scratch.stringPieces.append(
          StringPiece(
            range: content, isRaw: shape.isRaw, openingLength: 0,
            closingLength: isDoubledBrace(before: content.end) ? 1 : 0))
        advance()
      case .leftBrace: replacementField(&literal)
      default: return
      }
    }
  }

  private func isDoubledBrace(before end: UInt32) -> Bool {
    let brace = bytes[Int(end) - 1]
    guard brace == UInt8(ascii: "{") || brace == UInt8(ascii: "}") else { return false }
    return Int(end) < bytes.count && bytes[Int(end)] == brace
  }

  /// `{value = !conversion :specification}`.
  private mutating func replacementField(_ literal: inout Concatenation) {
    guard enter() else { return }
    defer { leave() }
    let start = tokenStart
    let opening = index
    advance()
    let value = assignedValue()
    let isSelfDocumenting = accept(.equal)
    if isSelfDocumenting { appendFieldText(from: opening) }
    flushPieces(&literal)
    var conversion = kind == .exclamation ? conversion() : .none
    let colon = tokenStart
    let format = kind == .colon ? formatSpecification() : nil
    if isSelfDocumenting, conversion == .none, format == nil { conversion = .representation }
    expect(.rightBrace, "'}' behind the replacement field")
    scratch.formattedParts.append(.replacement(value, conversion: conversion, format: format))
    scratch.formattedPlaces.append(
      FormattedPlace(range: SourceRange(start: start, end: previousEnd), colon: colon))
  }

  /// The text of a self-documenting field from its `{` to the current token, comments left out.
  private mutating func appendFieldText(from opening: Int) {
    var start = tokens[opening].end
    for next in opening + 1...max(opening + 1, index) {
      let gap = Int(tokens[next - 1].end)..<Int(max(tokens[next - 1].end, tokens[next].start))
      guard var comment = gap.first(where: { bytes[$0] == UInt8(ascii: "#") }) else { continue }
      appendRawPiece(start, UInt32(comment))
      while comment < gap.upperBound, bytes[comment] != 0x0A, bytes[comment] != 0x0D {
        comment += 1
      }
      start = UInt32(comment)
    }
    appendRawPiece(start, max(start, tokenStart))
  }

  private mutating func appendRawPiece(_ start: UInt32, _ end: UInt32) {
    scratch.stringPieces.append(
      StringPiece(
        range: SourceRange(start: start, end: end), isRaw: true, openingLength: 0,
        closingLength: 0))
  }

  private mutating func conversion() -> FormattedPart.Conversion {
    advance()
    guard kind == .name, tokenStart == previousEnd, token.end == tokenStart + 1 else {
      fail("expected 's', 'r' or 'a' right behind '!'")
      return .none
    }
    let letter = bytes[Int(tokenStart)]
    switch letter {
    case UInt8(ascii: "s"), UInt8(ascii: "r"), UInt8(ascii: "a"): advance()
    default: fail("expected 's', 'r' or 'a' right behind '!'")
    }
    return letter == UInt8(ascii: "s")
      ? .string : letter == UInt8(ascii: "r") ? .representation : .ascii
  }

  private mutating func formatSpecification() -> NodeList<FormattedPart> {
    advance()
    var specification = Concatenation(
      pieces: scratch.stringPieces.count, parts: scratch.formattedParts.count)
    formattedText(&specification)
    return takeParts(specification)
  }

  private mutating func takeParts(_ literal: Concatenation) -> NodeList<FormattedPart> {
    var literal = literal
    flushPieces(&literal)
    let places = scratch.formattedPlaces.suffix(scratch.formattedPlaces.count - literal.parts)
    module.formattedPlaces.append(contentsOf: places)
    scratch.formattedPlaces.removeSubrange(literal.parts...)
    return scratch.formattedParts.move(from: literal.parts, to: &module.formattedParts)
  }

  /// Makes the pending pieces one literal part; CPython has no empty ones.
  private mutating func flushPieces(_ literal: inout Concatenation) {
    let pieces = scratch.stringPieces[literal.pieces...]
    guard pieces.contains(where: { $0.range.start < $0.range.end }) else {
      scratch.stringPieces.removeSubrange(literal.pieces...)
      return
    }
    let id = takePieces(from: literal.pieces)
    scratch.formattedParts.append(.literal(id))
    let nowhere = FormattedPlace(range: SourceRange(start: 0, end: 0), colon: 0)
    scratch.formattedPlaces.append(nowhere)
  }

  private mutating func takePieces(from mark: Int) -> StringID {
    let pieces = scratch.stringPieces.move(from: mark, to: &module.stringPieces)
    module.strings.append(pieces)
    return StringID(index: UInt32(module.strings.count - 1))
  }

  private mutating func checkASCII(_ content: SourceRange) {
    for offset in Int(content.start)..<Int(content.end) where bytes[offset] >= 0x80 {
      return fail("a bytes literal holds ASCII characters only")
    }
  }

  /// Escapes that CPython refuses: a wrong number of digits, or a code point that is none.
  private mutating func checkEscapes(_ content: SourceRange, isBytes: Bool) {
    let text = UnsafeBufferPointer(rebasing: bytes[Int(content.start)..<Int(content.end)])
    var escapes = EscapeReader(text: text, isBytes: isBytes)
    while let piece = escapes.next() {
      guard case .malformed(let start) = piece else { continue }
      let place = content.start + UInt32(start)
      return fail(
        at: SourceRange(start: place, end: min(place + 2, content.end)),
        "a malformed escape sequence in a \(isBytes ? "bytes" : "string") literal")
    }
  }
}
