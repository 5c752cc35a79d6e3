// Changes of type into questions to the rows: whether every value can be cast, and is the same afterwards.
//
// A cast that raises an error would say it at once, but it would write values of rows into the server's log.
// So the text of a value is compared with forms: those that PostgreSQL is certain to take, and those that it is
// certain to refuse (manual 8, "Data Types"; held to the input functions of 15 and 16). What is between
// the two is not judged.

import DatabaseFacts
import PostgresSyntax
import SafetyRules
import SchemaModel

/// How texts are read as a type.
struct TextForms {
  /// PostgreSQL takes it.
  var taken: SafeSQL?
  /// PostgreSQL refuses it.
  var refused: SafeSQL?
  /// Nothing of it is lost when it is read.
  var kept: SafeSQL?
}

extension RowQuestions {
  /// Values that cannot be cast.
  func notCastable(
    _ column: ColumnReferent, _ type: DataType, _ using: SQLExpression?
  ) -> ProbeRequest? {
    guard let using, let (table, value, names) = text(of: column, using, to: type) else {
      return nil
    }
    if let name = type.userType {
      guard renamedLabels.isEmpty, let labels = labels(of: name), !type.isArray else { return nil }
      let isLabel = labels.map { SafeSQL.operation("=", value.byLetter, .literal($0)) }
      return .matching(
        table, .init(.all([value.isNotNull, .not(.any(isLabel.compactMap { $0 }))]), names: names))
    }
    guard let forms = TextForms(of: value, as: type), let taken = forms.taken,
      let refused = forms.refused
    else { return nil }
    return .matching(
      table, .init(refused, possible: .all([value.isNotNull, taken.isNotTrue]), names: names))
  }

  /// Values that are not the same any more after a cast.
  func changedByCast(
    _ column: ColumnReferent, _ type: DataType, _ using: SQLExpression?
  ) -> ProbeRequest? {
    guard let (table, name) = place(of: column), let from = currentColumn(column)?.type,
      from.isPlainBuiltin, type.isPlainBuiltin, typeChanges(of: column.id) == 1
    else { return nil }
    if let using, from.isText, !type.isText {
      guard let (table, value, names) = text(of: column, using, to: type),
        let forms = TextForms(of: value, as: type), let kept = forms.kept
      else { return nil }
      let others = SafeSQL.all([value.isNotNull, kept.isNotTrue])
      // What is not the column itself is changed on purpose.
      guard value.text == SafeSQL.column(name).cast(to: "text")?.text else { return nil }
      let certain = forms.taken.map { SafeSQL.all([others, $0]) } ?? .boolean(false)
      return .matching(table, .init(certain, possible: others, names: names))
    }
    guard isPlainCast(column, type, using) else { return nil }
    return .changedByCast(
      table, column: name, type: type.description, original: from.description,
      characters: using == nil && from.isString ? type.lengthLimit : nil)
  }

  /// Whether a change between built-in types is a cast of the column and nothing else, and not of a session's
  /// making.
  func isPlainCast(
    _ column: ColumnReferent, _ type: DataType, _ using: SQLExpression?
  ) -> Bool {
    guard let from = currentColumn(column)?.type, from.isPlainBuiltin, type.isPlainBuiltin else {
      return false
    }
    if let using {
      guard case .cast(.column, let written)? = using.tree, written.isBuiltin, !written.isArray,
        written.name == type.builtin?.rawValue, written.numbers?.modifiers == type.modifiers
      else { return false }
    }
    // From and to a type with a time zone the session's zone decides.
    let zoned: Set<BuiltinType> = [.timestamptz, .timetz]
    return from.builtin == type.builtin
      || ![from.builtin, type.builtin].compactMap(\.self).contains(where: zoned.contains)
  }

  /// Values beyond the limits of a type of numbers.
  func outOfRange(_ column: ColumnReferent, _ type: DataType) -> ProbeRequest? {
    guard let (table, name) = place(of: column), let from = currentColumn(column)?.type?.builtin,
      typeChanges(of: column.id) == 1
    else { return nil }
    if from == .date { return daysWithoutTimestamp(table, name, type) }
    let isFloat = from == .float4 || from == .float8
    guard isFloat || [.int2, .int4, .int8, .numeric].contains(from) else { return nil }
    let value = SafeSQL.column(name)
    if let (low, high) = type.integerRange {
      // The greatest number that has 53 bits and is below 2^63.
      let highest = isFloat && type.builtin == .int8 ? "9223372036854774784" : high
      return .outside(table, column: name, lowest: low, highest: highest)
    }
    switch type.builtin {
    case .numeric:
      guard let number = value.cast(to: "numeric"), let limit = type.numericLimit,
        let isNumber = SafeSQL.operation("<>", number, .literal("NaN")),
        let isBeyond = number.isNotBelow(limit)
      else { return nil }
      return .matching(table, .init(.all([isNumber, isBeyond])))
    case .float4 where from == .float8:
      func size(_ comparison: String, _ limit: String) -> SafeSQL? {
        SafeSQL.literal(limit).cast(to: "double precision").flatMap {
          SafeSQL.operation(comparison, .call("abs", [value]), $0)
        }
      }
      guard let isFinite = size("<", "Infinity"), let isNotZero = size(">", "0"),
        let large = size(">", "3.5e38"), let small = size("<", "7e-46"),
        let perhapsLarge = size(">", "3.4e38"), let perhapsSmall = size("<", "1.2e-38")
      else { return nil }
      return .matching(
        table,
        .init(
          .any([.all([isFinite, large]), .all([isNotZero, small])]),
          possible: .any([.all([isFinite, perhapsLarge]), .all([isNotZero, perhapsSmall])])))
    default: return nil
    }
  }

  /// The days that have no timestamp: those after the last one's, and where it has a time zone perhaps
  /// the first of all, which begins before it in Greenwich.
  private func daysWithoutTimestamp(
    _ table: TableName, _ column: String, _ type: DataType
  ) -> ProbeRequest? {
    func days(_ comparison: String, _ limit: String) -> SafeSQL? {
      SafeSQL.literal(limit).cast(to: "date").flatMap {
        SafeSQL.operation(comparison, .column(column), $0)
      }
    }
    guard let later = days(">", "294276-12-31"), let isFinite = days("<", "infinity"),
      let first = days("<=", "4714-11-24 BC"), let isDay = days(">", "-infinity")
    else { return nil }
    let late = SafeSQL.all([later, isFinite])
    switch type.builtin {
    case .timestamp: return .matching(table, .init(late))
    case .timestamptz:
      return .matching(table, .init(late, possible: .any([late, .all([first, isDay])])))
    default: return nil
    }
  }

  /// The text that a USING clause casts: the column, or what immutable functions make of it.
  private func text(
    of column: ColumnReferent, _ using: SQLExpression, to type: DataType
  ) -> (TableName, SafeSQL, BuiltinNames)? {
    guard let (table, name) = place(of: column), let from = currentColumn(column)?.type,
      from.isText, typeChanges(of: column.id) == 1,
      case .cast(let inner, let written)? = using.tree, written.isCast(to: type),
      var writer = ValueWriter(
        [using], isEnum: isEnum,
        columns: { $0 == ColumnReference(column: column.name) ? (name, from) : nil }),
      let value = writer.sql(inner)?.cast(to: "text")
    else { return nil }
    return (table, value, writer.names)
  }

  /// As every step of the downgrade that has the type has it.
  private func labels(of name: QualifiedName) -> [String]? {
    let known = Set(trip.downgrades.compactMap { $0.after.type(name)?.labels })
    return known.count == 1 ? known.first : nil
  }
}

extension TextForms {
  /// Nil for a type that is not judged.
  init?(of value: SafeSQL, as type: DataType) {
    func has(_ pattern: String) -> SafeSQL? { SafeSQL.operation("~", value, .literal(pattern)) }
    func hasNot(_ pattern: String) -> SafeSQL? { SafeSQL.operation("!~", value, .literal(pattern)) }
    func both(_ first: SafeSQL?, _ second: SafeSQL?) -> SafeSQL? {
      guard let first, let second else { return nil }
      return .all([first, second])
    }
    func either(_ first: SafeSQL?, _ second: SafeSQL?) -> SafeSQL? {
      guard let first, let second else { return nil }
      return .any([first, second])
    }
    let number = value.cast(to: "numeric")
    let digits = "[0-9]{1,100}"
    // Before 16 blanks may stand behind the e of an exponent.
    let isTwo = "[^[:space:]eE][[:space:]]+[^[:space:]]"
    // Hexadecimal digits and underscores are taken since 16.
    let noNumber = either(hasNot("[0-9]"), has("[^-+0-9A-Fa-fxXoO_[:space:]]|\(isTwo)"))
    switch type.builtin {
    case .int2, .int4, .int8:
      guard let (low, high) = type.integerRange, let number,
        let isNotBelow = SafeSQL.number(low).flatMap({ SafeSQL.operation(">=", number, $0) }),
        let isNotAbove = SafeSQL.number(high).flatMap({ SafeSQL.operation("<=", number, $0) }),
        let isPlain = has("^ *[-+]?\(digits) *$")
      else { return nil }
      let isInside = SafeSQL.all([isNotBelow, isNotAbove])
      taken = .if(isPlain, isInside)
      refused = either(noNumber, .if(isPlain, .not(isInside)))
      kept = has("^(0|-?[1-9][0-9]*)$")
    case .numeric:
      let isPlain = has("^ *[-+]?\(digits)([.]\(digits))? *$")
      let isNone = either(
        both(hasNot("[0-9]"), hasNot("[nN]")),
        has("[^-+0-9A-Fa-fxXoOiInNtTyY._[:space:]]|\(isTwo)"))
      let start = "^-?(0|[1-9][0-9]{0,99})"
      if type.modifiers == .none {
        taken = isPlain
        refused = isNone
        kept = both(has("\(start)([.]\(digits))?$"), hasNot("^-0([.]0*)?$"))
      } else {
        guard let limit = type.numericLimit, let isPlain, let number,
          let isBeyond = number.isNotBelow(limit)
        else { return nil }
        taken = .if(isPlain, .not(isBeyond))
        refused = either(isNone, .if(isPlain, isBeyond))
        let scale = limit.scale == 0 ? "" : "([.][0-9]{1,\(limit.scale)})?"
        kept = both(has("\(start)\(scale)$"), hasNot("^-0([.]0*)?$"))
      }
    case .float4, .float8:
      let isDouble = type.builtin == .float8
      // Neither too large nor too near to 0.
      let few = isDouble ? digits : "[0-9]{1,30}"
      taken = has("^ *[-+]?\(few)([.]\(few))? *$")
      refused = either(
        both(hasNot("[0-9]"), hasNot("[nN]")), has("[^-+0-9A-Fa-fxXpPiInNtTyY._[:space:]]|\(isTwo)")
      )
      // As many digits as are always kept (manual 8.1.3), and written as they are read.
      let (whole, before, after) = isDouble ? (14, 6, 7) : (5, 2, 2)
      kept = either(
        has("^(0|-?[1-9][0-9]{0,\(whole)})$"),
        has("^-?(0[.](?!0000)|[1-9][0-9]{0,\(before)}[.])[0-9]{0,\(after)}[1-9]$"))
    case .inet, .cidr:
      // Of a network only the one that is a single address: no bit is right of its mask.
      let masks =
        type.builtin == .inet
        ? ("(3[0-2]|[12]?[0-9])", "(12[0-8]|1[01][0-9]|[1-9]?[0-9])") : ("32", "128")
      let octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
      let group = "[0-9a-fA-F]{1,4}"
      let groups = "(\(group)(:\(group))*)?"
      taken = has(
        "^\(octet)([.]\(octet)){3}(/\(masks.0))?$|^\(group)(:\(group)){7}(/\(masks.1))?$"
          + "|^(?!([^:]*:){8})\(groups)::\(groups)(/\(masks.1))?$")
      refused = either(hasNot("[0-9:]"), has("[^0-9a-fA-FxX:./[:space:]]"))
      kept = taken
    case .uuid:
      let group = "[0-9a-fA-F]"
      taken = has("^(\(group){8}(-\(group){4}){3}-\(group){12}|\(group){32})$")
      refused = has("[^-0-9a-fA-F{}]|^\(group)*$").flatMap { odd in
        taken.map { .all([odd, .not($0)]) }
      }
      kept = taken
    case .bool:
      let words = "(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0)"
      taken = SafeSQL.operation("~*", value, .literal("^ *\(words) *$"))
      refused = SafeSQL.operation("!~*", value, .literal("^[[:space:]]*\(words)[[:space:]]*$"))
      kept = taken
    case .date:
      taken = has("^\(Self.day)([ T]\(Self.time))?$")
      refused = both(hasNot("[0-9]"), hasNot("[iInNeEtTyYaAjJ]"))
      kept = has("^\(Self.day)$")
    case .timestamp:
      guard type.modifiers == .none else { return nil }
      taken = has("^\(Self.day)([ T]\(Self.time))?$")
      refused = both(hasNot("[0-9]"), hasNot("[iInNeEtTyYaAjJ]"))
      kept = taken
    default: return nil
    }
  }

  /// A day of the calendar in ISO 8601, which every `DateStyle` reads (manual 8.5.1.1); without
  /// February 29.
  private static let day =
    "(?!0000)[0-9]{4}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)"
    + "|(0[13578]|1[02])-31)"
}

extension TextForms {
  private static let time = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
}

/// Below which the size of a number has to be, when it is rounded to some digits after the point.
private struct NumericLimit {
  var limit: String
  var scale: Int
}

extension SafeSQL {
  fileprivate func isNotBelow(_ limit: NumericLimit) -> SafeSQL? {
    guard let scale = SafeSQL.number(String(limit.scale)), let most = SafeSQL.number(limit.limit)
    else { return nil }
    return .operation(">=", .call("abs", [.call("round", [self, scale])]), most)
  }
}

extension TypeName {
  fileprivate func isCast(to type: DataType) -> Bool {
    guard !isArray else { return false }
    switch type.base {
    case .builtin(let builtin):
      return isBuiltin && name == builtin.rawValue && numbers?.modifiers == type.modifiers
    case .user(let user):
      return name == user.name && (schema ?? "public") == user.schema ?? "public"
    case .other: return false
    }
  }
}

extension [Int] {
  fileprivate var modifiers: TypeModifiers? {
    switch count {
    case 0: TypeModifiers.none
    case 1: .one(self[0])
    case 2: .two(self[0], self[1])
    default: nil
    }
  }
}

extension DataType {
  /// The limits of an integer type (manual, Table 8.2).
  var integerRange: (String, String)? {
    switch builtin {
    case .int2?: ("-32768", "32767")
    case .int4?: ("-2147483648", "2147483647")
    case .int8?: ("-9223372036854775808", "9223372036854775807")
    default: nil
    }
  }

  /// Of `numeric(precision, scale)` (manual 8.1.2).
  fileprivate var numericLimit: NumericLimit? {
    let (precision, scale): (Int, Int)
    switch modifiers {
    case .one(let value): (precision, scale) = (value, 0)
    case .two(let first, let second): (precision, scale) = (first, second)
    case .none, .text: return nil
    }
    guard builtin == .numeric, scale >= 0, precision >= scale, precision <= 1000 else { return nil }
    return NumericLimit(limit: "1" + String(repeating: "0", count: precision - scale), scale: scale)
  }
}
