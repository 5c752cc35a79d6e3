// The SQL of every revision in both directions as JSON, by the contract of format 1.

/// One direction of one revision, as it is reported.
package struct SQLStep: Sendable {
  package struct Statement: Sendable {
    package var sql: String
    /// In the migration file, from 1.
    package var line: Int
    package var autocommit: Bool

    package init(sql: String, line: Int, autocommit: Bool) {
      self.sql = sql
      self.line = line
      self.autocommit = autocommit
    }
  }

  /// A place with what is said about it.
  package struct Note: Sendable {
    package var line: Int
    package var text: String?

    package init(line: Int, text: String?) {
      self.line = line
      self.text = text
    }
  }

  package var isComplete: Bool
  package var statements: [Statement]
  package var opaque: [Note]
  package var raises: Note?

  package init(isComplete: Bool, statements: [Statement], opaque: [Note], raises: Note?) {
    self.isComplete = isComplete
    self.statements = statements
    self.opaque = opaque
    self.raises = raises
  }
}

package struct SQLRevision: Sendable {
  package var revision: String?
  package var file: String
  package var downRevisions: [String]
  package var upgrade: SQLStep
  package var downgrade: SQLStep

  package init(
    revision: String?, file: String, downRevisions: [String], upgrade: SQLStep,
    downgrade: SQLStep
  ) {
    self.revision = revision
    self.file = file
    self.downRevisions = downRevisions
    self.upgrade = upgrade
    self.downgrade = downgrade
  }
}

/// The JSON form of `backout sql`.
package func sqlJSON(_ revisions: [SQLRevision]) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.key("revisions")
    json.array { json in
      for revision in revisions {
        json.object { json in
          json.field("revision", revision.revision)
          json.field("file", revision.file)
          json.field("down_revisions", revision.downRevisions)
          json.key("upgrade")
          json.write(revision.upgrade)
          json.key("downgrade")
          json.write(revision.downgrade)
        }
      }
    }
  }
  return json.text + "\n"
}

extension JSONWriter {
  fileprivate mutating func write(_ step: SQLStep) {
    object { json in
      json.field("complete", step.isComplete)
      json.key("statements")
      json.array { json in
        for statement in step.statements {
          json.object { json in
            json.field("sql", statement.sql)
            json.field("line", statement.line)
            json.field("autocommit", statement.autocommit)
          }
        }
      }
      json.key("opaque")
      json.array { json in for note in step.opaque { json.write(note, "reason") } }
      json.key("raises")
      if let raises = step.raises { json.write(raises, "message") } else { json.null() }
    }
  }

  private mutating func write(_ note: SQLStep.Note, _ name: String) {
    object { json in
      json.field("line", note.line)
      json.field(name, note.text)
    }
  }
}
