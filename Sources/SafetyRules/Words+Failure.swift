// Typed failures and conditions into sentences.

import PostgresSyntax
package import SchemaModel

extension FailureReason {
  /// What PostgreSQL would say, in one clause.
  package var words: String {
    switch self {
    case .missing(let kind, let name, let owner):
      "\(kind.rawValue) \(displayed(name))\(of(owner)) does not exist"
    case .alreadyExists(let kind, let name, let owner):
      "\(kind.rawValue) \(displayed(name))\(of(owner)) already exists"
    case .hasDependents(let kind, let name, let dependents):
      "\(kind.rawValue) \(displayed(name)) is still used"
        + (dependents.isEmpty ? "" : " by \(list(dependents.map(\.words)))")
    case .wrongKind(let name, let expected): "\(displayed(name)) is not a \(expected.rawValue)"
    case .notInTransaction(let command): "\(command) cannot run inside a transaction"
    case .needsTransaction(let command): "\(command) needs a transaction"
    case .enumValueNotUsableYet(let type, let value):
      "the value '\(value)' of \(displayed(type)) cannot be used in the transaction that adds it"
    case .cannotCast(let column, let from, let to):
      "column \(column) cannot be cast from \(from.description) to \(to.description) without USING"
    case .defaultCannotBeCast(let column, let to):
      "the default of column \(column) cannot be cast to \(to.description)"
    case .foreignKeyTypes(let constraint, let from, let to):
      "foreign key \(constraint) compares \(from.description) with \(to.description)"
    case .noUniqueKey(let table, let columns):
      "\(displayed(table)) has no unique key on (\(columns.joined(separator: ", ")))"
    case .typeUsed(let column, let dependent): "column \(column) is used by \(dependent.words)"
    case .constraintWithoutName(let table):
      "the constraint to drop from \(displayed(table)) has no name"
    case .refusedByDriver(let refusal, let drivers): "the driver \(drivers) \(refusal.words)"
    case .notSupported(let text), .invalidDefinition(let text), .syntax(let text): text
    case .inPrimaryKey(let column): "column \(column) is in a primary key"
    case .secondPrimaryKey(let table): "\(displayed(table)) has a primary key already"
    case .notIdentity(let column): "column \(column) is not an identity column"
    case .generatedAlways(let table, let column):
      "\(displayed(table)).\(column) is generated always and takes no value but DEFAULT"
    case .noSuchEnumValue(let type, let value):
      "\(displayed(type)) has no value '\(value)'"
    case .inUse(let table, let why): "\(displayed(table)) cannot be changed while \(why)"
    case .takesTooLong: "it takes longer than the statement_timeout that the step sets"
    case .nullsExist(let table, let column): "NULLs are in \(displayed(table)).\(column)"
    case .duplicatesExist(let table, let key):
      key.isEmpty
        ? "rows of \(displayed(table)) share a key"
        : "rows of \(displayed(table)) share the same (\(key.joined(separator: ", ")))"
    case .numberTaken(let table, let column):
      "the sequence stands behind values of \(displayed(table)).\(column)"
    case .orphansExist(let table, let constraint):
      "rows of \(displayed(table)) refer to rows that are not there (\(constraint))"
    case .checkViolated(let table, let constraint):
      "rows of \(displayed(table)) violate check \(constraint)"
    case .exclusionViolated(let table, let constraint):
      "rows of \(displayed(table)) conflict under \(constraint)"
    case .partitionBoundViolated(let table): "rows of \(displayed(table)) lie outside the partition"
    case .defaultPartitionHolds(let table):
      "rows of the default partition \(displayed(table)) belong into the new one"
    case .valueTooLong(let column, let type):
      "values of \(column) are too long for \(type.description)"
    case .valueOutOfRange(let column, let type):
      "values of \(column) are out of range for \(type.description)"
    case .valueNotCastable(let column, let type):
      "values of \(column) are no valid \(type.description)"
    case .sequenceBehind(let sequence): "the sequence \(displayed(sequence)) is behind its column"
    case .referencedRows(let table, let constraint):
      "rows of \(displayed(table)) still refer to the rows that go (\(constraint))"
    }
  }

  private func of(_ owner: QualifiedName?) -> String { owner.map { " of \(displayed($0))" } ?? "" }
}

extension Dependent {
  var words: String {
    "\(kind.rawValue) \(displayed(name))" + (owner.map { " of \(displayed($0))" } ?? "")
  }
}

/// At most three of the names, and how many more there are.
func list(_ names: [String]) -> String {
  let shown = names.prefix(3).joined(separator: ", ")
  return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
}

extension NotUnderstood {
  /// What it is of which the effect is not known.
  package var words: String {
    switch self {
    case .doBlock(let language): "a DO block in \(language)"
    case .routineCall(let name): "a call of \(displayed(name))()"
    case .statement(let tag): "the statement \(tag)"
    case .subcommand(let name): "ALTER TABLE with \(name)"
    case .copy: "COPY from or to a program or file"
    case .prepared(let name): "the prepared statement \(name)"
    case .trigger(let table): "a trigger or rule on \(displayed(table))"
    }
  }
}
