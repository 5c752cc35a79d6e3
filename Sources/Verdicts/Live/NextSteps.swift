// A verdict into what to do next: exact commands in order, for a tired person.

package import DatabaseFacts
import PostgresSyntax
import SchemaModel
import SourceText

/// One thing to do.
package struct NextStep: Sendable, Hashable {
  package var text: String
  /// To be typed into a shell, as it stands.
  package var command: String?

  package init(_ text: String, _ command: String? = nil) {
    self.text = text
    self.command = command
  }
}

/// How a project runs things, from its settings.
package struct Runbook: Sendable {
  /// A switch that takes the use of tables away, without a deployment.
  package struct Flag: Sendable {
    package var name: String
    /// `schema.table`, or `table` of public.
    package var tables: [String]
    /// Where it is switched.
    package var place: String?

    package init(name: String, tables: [String], place: String?) {
      self.name = name
      self.tables = tables
      self.place = place
    }
  }
  /// What stands before a command, such as `railway run`.
  package var prefix: String?
  package var alembic = "alembic"
  package var flags: [Flag] = []

  package init() {}

  /// - Parameter setting: an environment variable of the command alone. Through `env`, so that it reaches
  ///   the command also where the prefix runs it on another machine.
  func command(_ words: String, setting: String? = nil) -> String {
    let command = setting.map { prefix == nil ? "\($0) \(words)" : "env \($0) \(words)" } ?? words
    return prefix.map { "\($0) \(command)" } ?? command
  }
}

extension CheckResult {
  /// - Parameters:
  ///   - tables: those that the downgrade is about; nil where not all of them are known.
  package func steps(_ runbook: Runbook, tables: [TableName]?) -> [NextStep] {
    let plan = StepPlan(result: self, runbook: runbook, tables: tables)
    return plan.steps
  }
}

private struct StepPlan {
  let result: CheckResult
  let runbook: Runbook
  let tables: [TableName]?

  /// How long the downgrade may wait for a lock: while it waits, everyone else queues up behind it.
  private static let lockTimeout = "5s"

  var steps: [NextStep] {
    if result.path.isEmpty {
      return result.judgement == nil ? waiting + settle + [again] : []
    }
    switch result.verdict {
    case .safe: return instead + goBack
    case .wait: return instead + wait + [again]
    case .unknown, .depends:
      return instead + waiting + settle + [again]
    case .unsafe: return instead + unsafe
    }
  }

  // MARK: Without the database

  /// Ways that leave the database alone.
  private var instead: [NextStep] {
    var steps: [NextStep] = []
    if let flag = flag {
      let place = flag.place.map { " (\($0))" } ?? ""
      steps.append(
        NextStep(
          "The migration touches only tables of the feature flag \(flag.name): turn it off\(place). That is "
            + "the quickest way, and needs no rollback."))
    }
    if result.answers.code == .works {
      steps.append(
        NextStep(
          "The code from before works on this schema: rolling back the code alone is enough, and safer than "
            + "a downgrade. \(revert) Stop here if that helps."))
    }
    return steps
  }

  private let revert =
    "Revert the change in the repository and push it too, or the next deployment brings it back."

  private var flag: Runbook.Flag? {
    guard let tables, !tables.isEmpty else { return nil }
    return runbook.flags.first { flag in
      tables.allSatisfy { table in
        let schema = table.schema ?? "public"
        return flag.tables.contains("\(schema).\(table.name)")
          || schema == "public" && flag.tables.contains(table.name)
      }
    }
  }

  // MARK: With it

  /// The target as a revision: a relative one may mean another when others migrate meanwhile.
  private var target: String { result.destination ?? result.target }

  private var goBack: [NextStep] {
    var steps = [
      NextStep(
        "Take the database back first, the code second: the image from before may lack the migration's file "
          + "(\"Can't locate revision\"). Run it in the checkout that was deployed. The lock timeout keeps it "
          + "from making everyone wait behind it; if it runs into it (55P03) nothing has changed: run it again.",
        runbook.command(
          "\(runbook.alembic) downgrade \(target.shellWord)",
          setting: "PGOPTIONS='-c lock_timeout=\(Self.lockTimeout)'"))
    ]
    steps.append(
      NextStep(
        "In another terminal, watch who waits for whom while it runs. (PGOPTIONS needs a driver on libpq and no "
          + "PgBouncer between; else env.py must SET lock_timeout.)", watch))
    steps.append(NextStep("Then roll back the code. \(revert)"))
    steps.append(
      NextStep(
        "Verify.", runbook.command("backout check --verify-at \(target.shellWord)")))
    return steps
  }

  private var watch: String {
    runbook.command(
      #"psql -c "SELECT pid, pg_blocking_pids(pid), state, wait_event_type, xact_start FROM "#
        + #"pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0""#)
  }

  private var again: NextStep {
    NextStep("Then check again.", runbook.command("backout check \(target.shellWord)"))
  }

  /// Who holds a lock may be why something could not be read.
  private var waiting: [NextStep] { result.now == .wait ? wait : [] }

  private var wait: [NextStep] {
    var steps: [NextStep] = []
    for session in result.lock.sessions.prefix(3) where session.isGranted {
      let stale = session.staleness.map { " It looks stale: \($0)." } ?? ""
      steps.append(
        NextStep(
          "The migration lock is held by \(session.words).\(stale) Find out whether its deployment still runs, "
            + "and let it end; backout ends no session.", look(session)))
    }
    for blocker in result.blockers.prefix(3) {
      let stale = blocker.session.staleness.map { " It looks stale: \($0)." } ?? ""
      steps.append(
        NextStep(
          "\(blocker.words).\(stale) Let it end, or ask whose it is; backout ends no session.",
          look(blocker.session)))
    }
    if steps.isEmpty { steps = [NextStep("Wait until the lock is free.")] }
    return steps
  }

  /// How to see what a session does.
  private func look(_ session: LockSession) -> String? {
    guard let pid = session.pid else {
      return runbook.command(#"psql -c "SELECT gid, prepared, owner FROM pg_prepared_xacts""#)
    }
    return runbook.command(
      #"psql -c "SELECT state, now() - state_change AS for, left(query, 200) AS query FROM pg_stat_activity "#
        + #"WHERE pid = \#(pid)""#)
  }

  private var settle: [NextStep] {
    var steps: [NextStep] = []
    if result.server.isInRecovery {
      steps.append(NextStep("This is a standby. Ask the primary: --database-url."))
    }
    if result.judgement == nil {
      steps.append(
        result.isPlaceKnown
          ? NextStep(
            "Take the files that were deployed: go to that checkout, or name its commit as --ref.")
          : NextStep(
            "Find out at which revision the database is, with a role that may read its version table.",
            runbook.command("\(runbook.alembic) current")))
      return steps
    }
    if let range {
      steps.append(
        NextStep(
          "Read what the downgrade would run, and settle what is not known: by hand, or by running it on a copy "
            + "of the database.", "backout sql \(range)"))
    }
    return steps
  }

  private var range: String? {
    guard result.current.count == 1, let current = result.current.first else { return nil }
    return "\(current):\(target)".shellWord
  }

  private var unsafe: [NextStep] {
    var steps: [NextStep] = []
    let answers = result.answers
    if answers.code != .works {
      steps.append(
        NextStep(
          "Do not downgrade. Going forward is the way that loses nothing: a new migration, or a fix of the code "
            + "that keeps the schema."))
    }
    if answers.data == .newLost || answers.data == .oldLost, answers.executes != .no {
      var command = "pg_dump --data-only"
      for table in (tables ?? []).prefix(20) {
        command += " --table=" + pattern(table).shellWord
      }
      steps.append(
        NextStep(
          "If it must go back although rows are lost, keep a copy of them first.",
          tables?.isEmpty == false ? runbook.command(command + " > before-downgrade.sql") : nil))
    }
    if answers.executes == .no, let range {
      steps.append(
        NextStep("The downgrade fails as it stands. Read it.", "backout sql \(range)"))
    }
    return steps
  }

  /// A name as a pattern of pg_dump that means only that name.
  private func pattern(_ table: TableName) -> String {
    func quoted(_ name: String) -> String {
      let isPlain = name.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || $0 == "_" }
      return isPlain ? name : "\"" + name.doubling("\"") + "\""
    }
    return (table.schema.map { quoted($0) + "." } ?? "") + quoted(table.name)
  }
}
