// A live check as JSON: the contract of format 1, with the database.

import DatabaseFacts
import SourceText
package import Verdicts

/// The JSON form of `backout check`: that of `analyze`, with the database.
package func checkJSON(_ result: CheckResult) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.field("verdict", result.verdict.rawValue)
    json.write(result.answers)
    json.field("now", result.now.rawValue)
    json.field("schema_differences", result.judgement?.schemaDifferences ?? [])
    json.field("code_breaks", result.judgement?.codeBreaks ?? [])
    json.write(reasons: result.reasons)
    json.key("next")
    json.array { json in
      for step in result.next {
        json.object { json in
          json.field("text", step.text)
          json.field("command", step.command)
        }
      }
    }
    json.key("database")
    json.object { json in json.write(database: result) }
    json.writePlaces(
      coverage: result.coverage, findings: result.findings, opaque: result.opaque,
      diagnostics: result.diagnostics)
  }
  return json.line
}

extension JSONWriter {
  fileprivate mutating func write(database result: CheckResult) {
    field("current", result.current)
    field("target", result.target)
    field("resolved_target", result.destination)
    field("path", result.path)
    write(result.server)
    field("role", result.runningRole)
    field("drift", result.drift)
    field("notes", result.notes)
    key("tables")
    array { json in
      for size in result.sizes {
        json.object { json in
          json.field("schema", size.table.schema)
          json.field("name", size.table.name)
          json.field("estimated_rows", size.rows)
          json.field("bytes", size.bytes)
        }
      }
    }
    key("blockers")
    array { json in
      for blocker in result.blockers {
        json.object { json in
          json.field("schema", blocker.relation?.schema)
          json.field("relation", blocker.relation?.name)
          json.field("mode", blocker.mode)
          json.write(fields: blocker.session)
        }
      }
    }
    write(result.lock)
  }

  mutating func write(reasons: [Reason]) {
    key("reasons")
    array { json in
      for reason in reasons {
        json.object { json in
          json.field("question", reason.question.rawValue)
          json.field("verdict", reason.verdict.rawValue)
          json.field("message", reason.text)
          json.field("file", reason.location?.file)
          json.field("line", reason.location?.start.line)
          json.field("sql", reason.sql)
        }
      }
    }
  }

  mutating func write(_ server: ServerFacts) {
    field("server_version", server.version)
    field("database", server.database)
    field("user", server.user)
    field("host", server.host)
    field("in_recovery", server.isInRecovery)
  }

  mutating func write(_ lock: AdvisoryLockFacts) {
    key("advisory_lock")
    object { json in
      switch lock.key {
      case .single(let key): json.field("key", Int(key))
      case .pair: json.field("key", lock.key.text)
      }
      json.field("held", lock.unreadable == nil ? lock.isHeld : nil)
      json.key("holders")
      json.array { json in
        for session in lock.sessions { json.object { json in json.write(fields: session) } }
      }
      json.field("gap", lock.unreadable ?? lock.gap)
    }
  }

  private mutating func write(fields session: LockSession) {
    field("pid", session.pid)
    field("application", session.application)
    field("user", session.user)
    field("client", session.client)
    field("since", session.since)
    field("state", session.state)
    field("granted", session.isGranted)
    field("transaction_seconds", session.age)
    field("idle_seconds", session.idle)
    field("prepared", session.prepared)
    field("stale", session.staleness)
  }
}
