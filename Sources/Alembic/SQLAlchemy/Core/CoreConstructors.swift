// The functions of SQLAlchemy Core that make expressions and statements.

enum CoreConstructors {
  /// Calls `sqlalchemy.name(…)`; nil if it makes no expression.
  static func call(
    _ name: String, _ path: String, _ arguments: CallArguments
  ) throws(NotRenderable) -> Value? {
    if let element = try value(name, path, arguments) { return .model(element) }
    if let element = try operation(name, path, arguments) {
      try element.size.check()
      return .model(element)
    }
    return try statement(name, path, arguments)
  }

  private static func value(
    _ name: String, _ path: String, _ arguments: CallArguments
  ) throws(NotRenderable) -> (any SQLElement)? {
    switch name {
    case "text":
      guard let value = arguments.argument(0, "text") else { return nil }
      return TextClause(try ArgumentReader.string(value, "text(…)"))
    case "true": return TextElement.boolean(true)
    case "false": return TextElement.boolean(false)
    case "null": return TextElement("NULL", typeName: "Null")
    case "literal_column":
      guard let value = arguments.argument(0, "text") else { return nil }
      let type = try type(arguments.argument(1, "type_"))
      return TextElement(
        try ArgumentReader.string(value, path), typeName: "ColumnClause", type: type)
    case "literal":
      guard let value = arguments.argument(0, "value") else { return nil }
      let type = try type(arguments.argument(1, "type_"))
      if case .none = value { return TextElement("NULL", typeName: "Null") }
      return LiteralElement(value, type)
    case "bindparam":
      guard let name = arguments.argument(0, "key") else { return nil }
      let type = try type(arguments.argument(2, "type_"))
      for keyword in arguments.keywords
      where !["key", "value", "type_", "required", "unique", "expanding"].contains(keyword.name) {
        return nil
      }
      var isExpanding = false
      switch arguments.keyword("expanding") {
      case nil: break
      case .boolean(let flag)?: isExpanding = flag
      default: return nil
      }
      let value = arguments.argument(1, "value")
      let first = isExpanding ? value.flatMap(ElementMethods.elements)?.first : nil
      return BindParameter(
        try ArgumentReader.string(name, path), value,
        type ?? first.flatMap(LiteralElement.inferred),
        isExpanding: isExpanding)
    default: return nil
    }
  }

  private static func type(_ value: Value?) throws(NotRenderable) -> SQLType? {
    switch value {
    case nil, .none?: return nil
    case let value?: return try TypeTable.type(of: value)
    }
  }

  private static func operation(
    _ name: String, _ path: String, _ arguments: CallArguments
  ) throws(NotRenderable) -> (any SQLElement)? {
    let values = arguments.positional
    switch name {
    case "and_", "or_":
      let flags = values.map { value -> Value in
        if case .boolean(let flag) = value { return .model(TextElement.boolean(flag)) }
        return value
      }
      return Junction.of(name == "and_" ? .and : .or, try ElementMethods.elements(flags))
    case "not_":
      guard let value = values.first else { return nil }
      return try ElementMethods.element(value, like: nil).negation
    case "cast", "type_coerce":
      guard let operand = arguments.argument(0, "expression"),
        let given = arguments.argument(1, "type_")
      else { return nil }
      let type = try TypeTable.type(of: given)
      let element: any SQLElement =
        switch operand {
        case .string, .integer, .float, .boolean, .dictionary, .list: LiteralElement(operand, type)
        default: try ElementMethods.element(operand, like: type)
        }
      return CastElement(element, type, isWritten: name == "cast")
    case "case": return try caseElement(arguments)
    case "distinct", "desc", "asc":
      guard let value = values.first else { return nil }
      let element: any SQLElement
      if case .string(let column) = value, name != "distinct" {
        // A name, looked up among the columns.
        element = TextElement(Identifiers.quoted(column), typeName: "ColumnClause")
      } else {
        element = try ElementMethods.element(value, like: nil)
      }
      return name == "distinct"
        ? UnaryElement("DISTINCT ", element)
        : UnaryElement("", element, suffix: " " + name.uppercased())
    case "extract":
      guard values.count == 2, case .string(let field) = values[0] else { return nil }
      return ExtractElement(field, try ElementMethods.element(values[1], like: nil))
    case "tuple_": return ListElement(try ElementMethods.elements(values))
    case "any_", "all_":
      guard let value = values.first else { return nil }
      return AnyElement(
        try ElementMethods.element(value, like: nil), word: name == "any_" ? "ANY" : "ALL")
    case "collate":
      guard values.count == 2 else { return nil }
      return ElementMethods.collation(
        try ElementMethods.element(values[0], like: nil),
        try ArgumentReader.string(values[1], "collate()"))
    case "dialects.postgresql.array": return try ArrayElement(arguments)
    case "exists":
      guard let value = values.first else { return ExistsElement(.star) }
      if case .model(let select as SelectStatement) = value { return ExistsElement(select) }
      return ExistsElement(try SelectStatement(values))
    case "now": return FunctionElement("now", [])
    default: return nil
    }
  }

  /// `case((condition, result), …, else_=…)` and `case({value: result}, value=…)`.
  private static func caseElement(
    _ arguments: CallArguments
  ) throws(NotRenderable) -> (any SQLElement)? {
    var reader = try ArgumentReader(arguments, "case")
    let subject = try reader.value("value").map { value throws(NotRenderable) in
      try ElementMethods.element(value, like: nil)
    }
    let otherwise = try reader.value("else_").flatMap {
      value throws(NotRenderable) -> (any SQLElement)? in
      if case .none = value { return nil }
      return try ElementMethods.element(value, like: nil)
    }
    try reader.finish()
    var branches: [(condition: any SQLElement, result: any SQLElement)] = []
    for value in arguments.positional {
      if case .dictionary(let dictionary) = value, dictionary.taint == nil, let subject {
        for entry in dictionary.entries {
          branches.append(
            (
              try ElementMethods.element(entry.key, like: subject.elementType),
              try ElementMethods.element(entry.value, like: nil)
            ))
        }
        continue
      }
      guard case .tuple(let parts) = value, parts.count == 2 else { return nil }
      branches.append(
        (
          try ElementMethods.element(parts[0], like: subject?.elementType),
          try ElementMethods.element(parts[1], like: nil)
        ))
    }
    return branches.isEmpty ? nil : CaseElement(subject, branches, otherwise)
  }

  private static func statement(
    _ name: String, _ path: String, _ arguments: CallArguments
  ) throws(NotRenderable) -> Value? {
    switch name {
    case "insert", "update", "delete", "dialects.postgresql.insert":
      guard case .model(let table as TableModel)? = arguments.argument(0, "table") else {
        return nil
      }
      if name == "dialects.postgresql.insert" {
        guard !table.isAlias else { throw NotRenderable("insert() of an alias") }
        return .model(DataStatement(.insert, table, hasConflicts: true))
      }
      return try DataStatement.start(name, on: table, CallArguments(range: arguments.range))
        .map { .model($0) }
    case "select":
      guard arguments.keywords.isEmpty else { return nil }
      return .model(try SelectStatement(arguments.positional))
    case "join", "outerjoin":
      guard case .model(let table as TableModel)? = arguments.positional.first else { return nil }
      var rest = arguments
      rest.positional.removeFirst()
      return .model(JoinModel(try JoinModel.join(.table(table), name, rest)))
    case "conv", "quoted_name":
      guard let name = arguments.positional.first else { return nil }
      switch arguments.argument(1, "quote") {
      case nil, .none?: break
      // A name that is quoted, or not, whatever it is.
      default: throw NotRenderable("quoted_name(quote=…)")
      }
      return .model(ConventionName(try ArgumentReader.string(name, path)))
    default: return nil
    }
  }
}
