// Works out expressions of literals and constants; everything else is unknown, with a reason.

import PythonSyntax
import SourceText

/// Evaluates expressions of one module. `name` and `other` say what names, and attributes and calls
/// that are not plain Python, stand for.
struct ConstantEvaluator {
  /// Deeper expressions are no constants that a person writes.
  private static let depthLimit = 200
  /// Longer texts and lists are not built.
  private static let sizeLimit = ConstantValue.partLimit

  let module: PythonModule
  /// The value of a name; nil if nothing binds it.
  let name: (String) -> ConstantValue?
  /// The value of an attribute or call that the environment knows; nil for others.
  let other: (ExpressionID) -> ConstantValue?

  func value(_ id: ExpressionID) -> ConstantValue { value(id, depth: 0) }

  private func value(_ id: ExpressionID, depth: Int) -> ConstantValue {
    if depth > Self.depthLimit { return .unknown("an expression nested too deeply") }
    let next = depth + 1
    switch module[id] {
    case .none: return .none
    case .true: return .boolean(true)
    case .false: return .boolean(false)
    case .integer:
      return module.integer(id).map(ConstantValue.integer) ?? .unknown("a number that large")
    case .string(let string):
      return module.string(string).map(bounded) ?? .unknown("a string with an unusual escape")
    case .formatted(let parts): return formatted(parts, depth: next)
    case .name(let identifier):
      let name = module.text(of: identifier)
      return self.name(name) ?? .unknown("the name '\(name)' is not a constant of the file")
    case .list(let elements), .tuple(let elements), .set(let elements):
      return sequence(module[elements], depth: next)
    case .dictionary(let items): return dictionary(module[items], depth: next)
    case .unary(let unary, let operand): return apply(unary, value(operand, depth: next))
    case .binary(let binary, let left, let right):
      return apply(binary, value(left, depth: next), value(right, depth: next))
    case .boolean(let boolean, let operands):
      return apply(boolean, module[operands], depth: next)
    case .comparison(let first, let rest): return compare(first, module[rest], depth: next)
    case .conditional(let test, let body, let otherwise):
      guard let truth = value(test, depth: next).truth else { return unknown(test) }
      return value(truth ? body : otherwise, depth: next)
    case .subscript(let base, let index):
      return element(value(base, depth: next), value(index, depth: next), of: id)
    case .assignment(_, let assigned): return value(assigned, depth: next)
    case .attribute: return other(id) ?? unknown(id)
    case .call(let function, let arguments):
      return other(id) ?? call(function, module[arguments], of: id, depth: next)
    default: return unknown(id)
    }
  }

  private func unknown(_ id: ExpressionID) -> ConstantValue {
    .unknown("'\(module.excerpt(of: id))' is known only when it runs")
  }

  private func bounded(_ text: String) -> ConstantValue {
    text.utf8.count > Self.sizeLimit ? .unknown("a very long text") : .string(text)
  }

  private func sequence(
    _ elements: ArraySlice<ExpressionID>, depth: Int
  ) -> ConstantValue {
    if elements.count > Self.sizeLimit { return .unknown("a very long list") }
    var values: [ConstantValue] = []
    for element in elements {
      if case .starred(let inner) = module[element] {
        guard case .sequence(let unpacked) = value(inner, depth: depth) else {
          return unknown(inner)
        }
        values += unpacked
      } else {
        values.append(value(element, depth: depth))
      }
    }
    return .collection(values)
  }

  private func dictionary(
    _ items: ArraySlice<DictionaryItem>, depth: Int
  ) -> ConstantValue {
    var entries: [String: ConstantValue] = [:]
    for item in items {
      let value = value(item.value, depth: depth)
      if let key = item.key {
        guard case .string(let name) = self.value(key, depth: depth) else { return unknown(key) }
        entries[name] = value
      } else {
        guard case .dictionary(let others) = value else { return unknown(item.value) }
        entries.merge(others) { _, new in new }
      }
    }
    return .collection(entries)
  }

  private func formatted(_ parts: NodeList<FormattedPart>, depth: Int) -> ConstantValue {
    var text = ""
    for part in module[parts] {
      switch part {
      case .literal(let string):
        guard let piece = module.string(string) else { return .unknown("an unusual escape") }
        text += piece
      case .replacement(let expression, .none, nil), .replacement(let expression, .string, nil):
        let value = value(expression, depth: depth)
        guard let piece = value.text else { return value.isUnknown ? value : unknown(expression) }
        text += piece
      case .replacement(let expression, _, _): return unknown(expression)
      }
      if text.utf8.count > Self.sizeLimit { return .unknown("a very long text") }
    }
    return .string(text)
  }

  private func apply(_ unary: UnaryOperator, _ operand: ConstantValue) -> ConstantValue {
    switch (unary, operand) {
    case (_, .unknown): operand
    case (.not, _): operand.truth.map { .boolean(!$0) } ?? operand
    case (.minus, .integer(let value)): .integer(0 &- value)
    case (.plus, .integer): operand
    default: .unknown("an operator that no constant needs")
    }
  }

  private func apply(
    _ binary: BinaryOperator, _ left: ConstantValue, _ right: ConstantValue
  ) -> ConstantValue {
    switch (binary, left, right) {
    case (_, .unknown, _): return left
    case (_, _, .unknown): return right
    case (.add, .string(let left), .string(let right)): return bounded(left + right)
    case (.add, .sequence(let left), .sequence(let right))
    where left.count + right.count <= Self.sizeLimit:
      return .collection(left + right)
    case (.bitOr, .dictionary(let left), .dictionary(let right)):
      return .collection(left.merging(right) { _, new in new })
    case (.modulo, .string(let format), _): return percentFormat(format, right)
    case (.add, .integer(let left), .integer(let right)):
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? .unknown("a number that large") : .integer(sum)
    default: return .unknown("an operator that no constant needs")
    }
  }

  /// `"%s_%s" % values` with plain `%s` and `%d`.
  private func percentFormat(_ format: String, _ operand: ConstantValue) -> ConstantValue {
    var values: [ConstantValue] = [operand]
    if case .sequence(let elements) = operand { values = elements }
    var result = ""
    var rest = format[...]
    var index = 0
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      let kind = rest[percent...].dropFirst().first
      rest = rest[percent...].dropFirst(2)
      if kind == "%" {
        result += "%"
        continue
      }
      guard kind == "s" || kind == "d", index < values.count, let text = values[index].text
      else { return .unknown("a format that is known only when it runs") }
      result += text
      index += 1
      if result.utf8.count > Self.sizeLimit { return .unknown("a very long text") }
    }
    return index == values.count ? bounded(result + rest) : .unknown("a format with other values")
  }

  private func apply(
    _ boolean: BooleanOperator, _ operands: ArraySlice<ExpressionID>, depth: Int
  ) -> ConstantValue {
    var last = ConstantValue.none
    for operand in operands {
      last = value(operand, depth: depth)
      guard let truth = last.truth else { return last }
      if truth == (boolean == .or) { return last }
    }
    return last
  }

  private func compare(
    _ first: ExpressionID, _ rest: ArraySlice<Comparison>, depth: Int
  ) -> ConstantValue {
    let left = value(first, depth: depth)
    guard rest.count == 1, let comparison = rest.first else { return unknown(first) }
    let right = value(comparison.operand, depth: depth)
    guard left.isWhollyKnown, right.isWhollyKnown else {
      return left.isUnknown ? left : right.isUnknown ? right : unknown(first)
    }
    switch comparison.comparison {
    case .equal, .is: return .boolean(left == right)
    case .notEqual, .isNot: return .boolean(left != right)
    case .in, .notIn:
      guard case .sequence(let elements) = right else { return unknown(first) }
      return .boolean(elements.contains(left) == (comparison.comparison == .in))
    default: return unknown(first)
    }
  }

  private func element(
    _ base: ConstantValue, _ index: ConstantValue, of id: ExpressionID
  ) -> ConstantValue {
    switch (base, index) {
    case (.unknown, _): return base
    case (.dictionary(let entries), .string(let key)): return entries[key] ?? unknown(id)
    case (.sequence(let elements), .integer(let index)):
      let place = index < 0 ? elements.count &+ index : index
      return elements.indices.contains(place) ? elements[place] : unknown(id)
    default: return unknown(id)
    }
  }

  /// The constructors of plain values.
  private func call(
    _ function: ExpressionID, _ arguments: ArraySlice<Argument>, of id: ExpressionID, depth: Int
  ) -> ConstantValue {
    guard case .name(let identifier) = module[function] else { return unknown(id) }
    switch (module.text(of: identifier), arguments.first, arguments.count) {
    case ("dict", _, _): return keywords(arguments, of: id, depth: depth)
    case ("str", .some(let argument), 1):
      return value(argument.value, depth: depth).text.map(ConstantValue.string) ?? unknown(id)
    case ("tuple", .some(let argument), 1), ("list", .some(let argument), 1),
      ("set", .some(let argument), 1), ("frozenset", .some(let argument), 1):
      let value = value(argument.value, depth: depth)
      if case .sequence = value { return value }
      return unknown(id)
    case ("tuple", nil, 0), ("list", nil, 0), ("set", nil, 0), ("frozenset", nil, 0):
      return .sequence([])
    default: return unknown(id)
    }
  }

  private func keywords(
    _ arguments: ArraySlice<Argument>, of id: ExpressionID, depth: Int
  ) -> ConstantValue {
    var entries: [String: ConstantValue] = [:]
    for argument in arguments {
      let value = value(argument.value, depth: depth)
      switch argument.kind {
      case .keyword(let name): entries[module.text(of: name)] = value
      case .positional, .unpackedMapping:
        guard let others = value.entries else { return unknown(id) }
        entries.merge(others) { _, new in new }
      case .unpacked: return unknown(id)
      }
    }
    return .collection(entries)
  }
}

extension PythonModule {
  /// The source of an expression on one line, cut to what a message can hold.
  func excerpt(of id: ExpressionID) -> String {
    let range = range(of: id)
    if let text = plainExcerpt(in: range) { return text }
    let text = source.text(in: range).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return text.count > 60 ? text.prefix(57) + "..." : text
  }

  /// The same as far as it is ASCII; nil where it is not. A long expression is not read to its end.
  private func plainExcerpt(in range: SourceRange) -> String? {
    var text: [UInt8] = []
    var isBetween = false
    for byte in source.bytes(in: range) {
      guard byte < 0x80 else { return nil }
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        isBetween = !text.isEmpty
        continue
      }
      if isBetween { text.append(0x20) }
      isBetween = false
      text.append(byte)
      if text.count > 60 { return String(decoding: text[..<57], as: UTF8.self) + "..." }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
