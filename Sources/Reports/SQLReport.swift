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

extension SQLRevision {
  /// Its place in the list of revisions, written where it was evaluated.
  package var json: JSONDocument {
    var json = JSONWriter()
    json.object { json in
      json.field("revision", revision)
      json.field("file", file)
      json.field("down_revisions", downRevisions)
      json.key("upgrade")
      json.write(upgrade)
      json.key("downgrade")
      json.write(downgrade)
    }
    return json.document
  }
}

/// The JSON form of `backout sql`.
package func sqlJSON(_ revisions: [JSONDocument]) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.write(revisions)
  }
  return json.line
}

/// What came of one of several projects.
package enum ProjectSQL: Sendable {
  /// The text of Alembic's offline mode.
  case script(String)
  case revisions([JSONDocument])
  /// Why there is neither.
  case failure(String)
}

/// The JSON form for several projects.
package func sqlJSON(_ projects: [(path: String, sql: ProjectSQL)]) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.key("projects")
    json.array { json in
      for project in projects {
        json.object { json in
          json.field("path", project.path)
          switch project.sql {
          case .revisions(let revisions): json.write(revisions)
          case .script(let text): json.field("script", text)
          case .failure(let message): json.field("failure", message)
          }
        }
      }
    }
  }
  return json.line
}

/// The scripts of several projects, each below a comment that names it.
package func sqlText(_ projects: [(path: String, sql: ProjectSQL)]) -> String {
  projects.compactMap { project in
    guard case .script(let text) = project.sql else { return nil }
    return "-- Project \(project.path.harmless)\n\n\(text)"
  }.joined(separator: "\n")
}

extension JSONWriter {
  fileprivate mutating func write(_ revisions: [JSONDocument]) {
    key("revisions")
    array { json in for revision in revisions { json.value(revision) } }
  }
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
