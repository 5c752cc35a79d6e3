// Defaults and literals that do not fit the type of a column.

import HashTreeCollections
import PostgresSyntax

/// What becomes of a value that is assigned to a type.
private enum Fit {
  case fits
  case fails(sqlState: String)
  case unknown
}

/// How many characters the values of functions have at most.
private let longestValues = [
  "md5": 32, "gen_random_uuid": 36, "uuid_generate_v1": 36, "uuid_generate_v4": 36,
  "current_user": 63, "session_user": 63, "user": 63, "current_role": 63, "current_schema": 63,
  "current_catalog": 63, "current_database": 63,
]

extension Replay {
  /// Refuses a default that does not become a value of the column: ADD COLUMN computes one that is not
  /// volatile at once, without any rows too (`StoreAttrDefault` in PostgreSQL's heap.c), where CREATE TABLE and
  /// SET DEFAULT only store it. A partitioned table leaves it to its partitions.
  mutating func requireFit(of column: Column, in table: Table) throws(Refused) {
    guard let value = column.default.expression, let written = column.type else { return }
    let type = baseType(of: written)
    if isKnownEmpty(table), volatility(of: value) == .volatile { return }
    let isCertain = !table.isPartitioned && isSettled(table.id) && type.userType == nil
    switch fit(of: value, into: type) {
    case .fits: return
    case .fails(let sqlState):
      try fail(sqlState, reason(sqlState, value, column, type), ifCertain: isCertain)
    case .unknown:
      mayFail(
        "22000", .invalidDefinition("\(value.text) does not fit into \(column.name)"))
    }
  }

  /// Refuses a literal beyond the limits of a column's type: it becomes a value of the type before any row is
  /// looked at.
  mutating func requireFit(
    of constant: SQLConstant, in column: Column, of table: Table
  ) throws(Refused) {
    guard let type = column.type, type.userType == nil,
      case .fails(let sqlState) = constant.fit(into: type), ["22001", "22003"].contains(sqlState)
    else { return }
    let reason: FailureReason =
      sqlState == "22001"
      ? .valueTooLong(column: column.name, type: type)
      : .valueOutOfRange(column: column.name, type: type)
    try fail(sqlState, reason, ifCertain: isSettled(table.id))
  }

  private func reason(
    _ sqlState: String, _ value: SQLExpression, _ column: Column, _ type: DataType
  ) -> FailureReason {
    switch sqlState {
    case "22001", "22026": .valueTooLong(column: column.name, type: type)
    case "22003": .valueOutOfRange(column: column.name, type: type)
    default: .invalidDefinition("\(value.text) is no value of \(column.name)")
    }
  }

  /// The type that a domain is of, over any number of domains.
  private func baseType(of type: DataType) -> DataType {
    var type = type
    var steps = 0
    while !type.isArray, let domain = type.userType.flatMap({ catalog.type($0)?.domain }),
      steps < Self.maximumDepth
    {
      type = domain.type
      steps += 1
    }
    return type
  }

  private mutating func fit(of value: SQLExpression, into type: DataType) -> Fit {
    guard let constant = value.constant else { return fitOfComputed(value, into: type) }
    guard let outer = value.casts.first else { return constant.fit(into: type) }
    let cast = namedType(outer)
    // What is within the outermost cast: a bare literal, or a text.
    guard constant != .null else { return .fits }
    guard value.casts.dropFirst().allSatisfy({ namedType($0).isText }) else { return .unknown }
    if cast.isString {
      guard var text = constant.text else { return .unknown }
      if case .one(let limit) = cast.modifiers { text = String(text.unicodeScalars.prefix(limit)) }
      return type.isString ? SQLConstant.string(text).fit(into: type) : .fits
    }
    if cast.isArray, cast.element.isText, cast.modifiers == .none {
      return constant.fit(into: type)
    }
    if case .string(let text) = constant, value.casts.count > 1 {
      switch cast.reading(of: text) {
      case .invalid(let sqlState): return .fails(sqlState: sqlState)
      case .unknown:
        let labels = cast.userType.flatMap { catalog.type($0)?.labels }
        if cast.isArray || labels?.contains(text) != true { return .unknown }
      case .valid: break
      }
    }
    if case .fails(let sqlState) = constant.fit(into: cast) { return .fails(sqlState: sqlState) }
    if cast.isNumber, let text = constant.text { return SQLConstant.number(text).fit(into: type) }
    return cast == type || !type.isLimited ? .fits : .unknown
  }

  /// A value that is no literal: whether it is short enough, where its type has a length or precision.
  private func fitOfComputed(_ value: SQLExpression, into type: DataType) -> Fit {
    if !value.operators.isEmpty, value.functions.isEmpty, value.casts.isEmpty, type.isNumber {
      guard let bound = value.boundOfSum, case .fits = SQLConstant.integer(bound).fit(into: type)
      else { return .unknown }
      return .fits
    }
    guard type.isLimited else { return .fits }
    if value.text.hasPrefix("ARRAY[]") { return .fits }
    guard type.isString, !type.isArray, case .one(let limit) = type.modifiers,
      value.operators.isEmpty, let call = value.functions.first,
      let longest = longestValues[call.name.name],
      value.text.lowercased().hasPrefix(call.name.name)
        || value.text.hasPrefix("(" + call.name.name)
    else { return .unknown }
    return longest <= limit ? .fits : .unknown
  }
}

extension SQLConstant {
  /// A literal as text, as its type prints it; nil for NULL and numbers that are printed otherwise.
  fileprivate var text: String? {
    switch self {
    case .null, .bits: nil
    case .boolean(let value): value ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let text), .string(let text): text
    }
  }

  /// What an assignment makes of a literal without casts; whether a string is read at all is asked elsewhere.
  fileprivate func fit(into type: DataType) -> Fit {
    if self == .null { return .fits }
    if type.isArray { return fitOfElements(into: type) }
    switch type.builtin {
    case .varchar, .bpchar: return fitAsText(into: type)
    case .bit, .varbit: return fitAsBits(into: type)
    case .int2, .int4, .int8, .numeric, .float4, .float8, .money: return fitAsNumber(into: type)
    default: return .fits
    }
  }

  /// Spaces at the end are cut off (manual 8.3).
  private func fitAsText(into type: DataType) -> Fit {
    guard case .one(let limit) = type.modifiers else { return .fits }
    guard let text else { return .unknown }
    if case .number = self {
      let isPlain =
        text.utf8.allSatisfy {
          UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == 0x2D || $0 == 0x2E
        }
        && text.first?.isASCIIDigit == true && text.last?.isASCIIDigit == true
      guard isPlain, !text.hasPrefix("00") else { return .unknown }
    }
    var characters = text.unicodeScalars[...]
    while characters.last == " " { characters.removeLast() }
    return characters.count <= limit ? .fits : .fails(sqlState: "22001")
  }

  private func fitAsBits(into type: DataType) -> Fit {
    guard case .one(let limit) = type.modifiers else { return .fits }
    let count: Int
    switch self {
    case .bits(let text): count = (text.utf8.count - 1) * (text.lowercased().hasPrefix("x") ? 4 : 1)
    case .string(let text) where text.utf8.allSatisfy({ $0 == 0x30 || $0 == 0x31 }):
      count = text.utf8.count
    case .string: return .unknown
    default: return .fits
    }
    if type.builtin == .bit { return count == limit ? .fits : .fails(sqlState: "22026") }
    return count <= limit ? .fits : .fails(sqlState: "22001")
  }

  private func fitAsNumber(into type: DataType) -> Fit {
    switch self {
    case .integer, .number: break
    // The input of a string is checked where it is read, but for the precision.
    case .string where type.builtin == .numeric && type.modifiers != .none: break
    default: return .fits
    }
    guard let text, let number = Decimal(text.filter { $0 != " " }) else { return .unknown }
    let isHeld: Bool
    switch (type.builtin, type.modifiers) {
    case (.int2, _): isHeld = number.fits(Int16.self)
    case (.int4, _): isHeld = number.fits(Int32.self)
    case (.int8, _): isHeld = number.fits(Int64.self)
    case (.numeric, .one(let precision)): isHeld = number.fits(precision: precision, scale: 0)
    case (.numeric, .two(let precision, let scale)):
      // PostgreSQL has no type of another scale.
      guard scale.magnitude <= 1000 else { return .unknown }
      isHeld = number.fits(precision: precision, scale: scale)
    case (.money, _): return number.fits(precision: 16, scale: 2) ? .fits : .unknown
    case (.float4, _), (.float8, _):
      // Near the edges of what a float holds it is left open.
      return number.fits(precision: 30, scale: 0) && !text.lowercased().contains("e")
        ? .fits : .unknown
    default: return .fits
    }
    return isHeld ? .fits : .fails(sqlState: "22003")
  }

  private func fitOfElements(into type: DataType) -> Fit {
    guard type.isLimited, case .string(let text) = self else { return .fits }
    guard let elements = text.arrayElements else { return .unknown }
    var found = Fit.fits
    for element in elements where element.uppercased() != "NULL" {
      switch SQLConstant.string(element).fit(into: type.element) {
      case .fits: continue
      case .fails(let sqlState): return .fails(sqlState: sqlState)
      case .unknown: found = .unknown
      }
    }
    return found
  }
}

extension DataType {
  /// Whether values of the kind may be too long or large for it: a length or precision.
  fileprivate var isLimited: Bool {
    switch element.builtin {
    case .varchar, .bpchar, .numeric, .bit, .varbit: modifiers != .none
    default: false
    }
  }
}
