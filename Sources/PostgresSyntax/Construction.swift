// Parts of statements made by others than the parser: what PostgreSQL itself adds to a definition.

extension SQLExpression {
  /// An expression of which no more is known than its text and the functions and types in it.
  package init(text: String, functions: [FunctionCall] = [], casts: [TypeName] = []) {
    self.init(text: text, constant: nil)
    self.functions = functions
    self.casts = casts
  }
}

extension IndexElement {
  /// A plain column in ascending order.
  package init(column: String) {
    self.init(key: .column(column))
  }
}

extension SequenceOptions {
  /// What serial and identity columns write: at most the type.
  package init(ofType type: TypeName?) {
    self.init(type: type)
  }
}

extension Identity {
  package init(always isAlways: Bool) {
    self.init(isAlways: isAlways, options: SequenceOptions())
  }
}

extension CreateExtension {
  /// One that another extension requires, by CASCADE.
  package init(required name: String, schema: String?) {
    self.init(name: name, schema: schema, cascade: true)
  }
}

extension Assignment {
  /// A value of which nothing is known.
  package init(column: String) {
    self.init(column: column, value: nil)
  }
}
