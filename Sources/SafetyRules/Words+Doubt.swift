// Doubts into sentences.

import PostgresSyntax
package import SchemaModel

extension Doubt.Reason {
  /// One clause, for the middle of a sentence.
  package var words: String {
    switch self {
    case .mayBeThere(let kind, let name):
      "the history does not make \(kind.rawValue) \(displayed(name)), but a database may have it"
    case .mayHaveBeenThere(let kind, let name):
      "\(kind.rawValue) \(displayed(name)) may have been there before, which the statement allows for"
    case .notCompared(let kind, let name):
      "what was changed of \(kind.rawValue) \(displayed(name)) is not compared"
    case .rereadAs(let type, let column, let kind, let name):
      "\(kind.rawValue) \(displayed(name)) may keep casts from when \(column.name) was \(type.description)"
    case .former(let kind, let name):
      "what \(kind.rawValue) \(displayed(name)) was before is not known, nor whether it is that again"
    case .privileges(let name): "the privileges and settings of \(displayed(name)) are not followed"
    case .setting(let name):
      "the setting \(name) changes what statements do, or whether they may run"
    case .attributes(let type): "values of \(displayed(type)) lose what the attribute held"
    case .refusedByDriver(let refusal, let drivers):
      "if the driver is \(drivers), it \(refusal.words)"
    case .bareText: "SQLAlchemy 2 refuses a string that is not made by text()"
    case .label(let type, let label):
      "the label '\(label)' of \(displayed(type)) stands for other rows than before"
    case .transient(let name):
      "\(name) is made and taken away again, so that nothing tells whether its definition is valid"
    case .ofCluster(let kind, let name):
      "\(kind.rawValue) \(displayed(name)) belongs to all databases of the server, and what rests on it in "
        + "others is not known"
    case .unprovedQuery:
      "it is not known whether PostgreSQL takes the query: not all of its types are followed"
    }
  }
}

extension DriverRefusal {
  /// What the driver does, after its name.
  var words: String {
    switch self {
    case .severalStatements: "refuses several statements in one text"
    case .emptyText: "refuses a text without a statement"
    case .afterCommit:
      "begins another transaction after a COMMIT in a text, where this cannot run"
    case .inBlock: "is in a transaction in autocommit_block(), where this cannot run"
    case .typedValue: "sends a string as VARCHAR, which its place does not take"
    case .valueInCommand: "sends values beside the text, which PostgreSQL takes in queries only"
    case .otherValue: "may refuse a value that is not of the type of its place"
    }
  }
}
