// Rows that become values of composite types (`coerce_record_to_complex` in parse_coerce.c).

import PostgresSyntax

extension ExpressionTyper {
  /// Refuses what does not become a value of a composite type.
  /// - Parameter context: the most that may be needed for one field: an assignment, or a cast that is written.
  func requireRow(
    _ form: TypedForm?, _ type: ValueType, of composite: QualifiedName,
    by context: TypeCatalog.Context, depth: Int = 0
  ) throws(TypeProblem) {
    guard case .row(let values)? = form else {
      // A record, a string without a type, and what is not told apart may be one.
      if type == .record || type == .unknown { return }
      if context == .explicit, type.isString { return }
      throw TypeProblem(
        sqlState: context == .explicit ? "42846" : "42804",
        words: "\(type.description) does not become \(displayed(composite))")
    }
    guard let fields = catalog.fields(composite), !values.contains(where: \.isStar), depth < 16
    else { return }
    guard values.count == fields.count else {
      throw TypeProblem(
        sqlState: "42846",
        words: "a row of \(values.count) values does not become \(displayed(composite)), which has "
          + "\(fields.count)")
    }
    for (value, field) in zip(values, fields) {
      guard let given = try self.type(of: value), let field else { continue }
      if case .composite(let inner) = field.base, !field.isArray {
        try requireRow(value, given, of: inner, by: context, depth: depth + 1)
        continue
      }
      guard let needed = TypeCatalog.shared.context(from: given, to: field), needed <= context
      else {
        throw TypeProblem(
          sqlState: "42846",
          words:
            "\(given.description) in a row does not become \(field.description), which a field "
            + "of \(displayed(composite)) is")
      }
      try read(value, as: field)
    }
  }
}
