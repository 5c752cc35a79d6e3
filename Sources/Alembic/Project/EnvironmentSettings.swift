// What env.py tells Alembic in `context.configure(…)`, read without running it.

package import SourceText

/// A setting as far as it can be known without running env.py.
package enum Setting<Value: Sendable & Hashable>: Sendable, Hashable {
  /// Not set: Alembic's default holds.
  case standard(Value)
  case set(Value, SourceLocation)
  /// Set to something that only running env.py would tell.
  case unknown(reason: String, SourceLocation)

  /// The value where it is known.
  package var value: Value? {
    switch self {
    case .standard(let value), .set(let value, _): value
    case .unknown: nil
    }
  }
}

/// The settings of one `context.configure(…)` that change what Alembic does to a database.
package struct ContextSettings: Sendable, Hashable {
  /// `version_table`; Alembic's default is `alembic_version`.
  package var versionTable: Setting<String> = .standard("alembic_version")
  /// `version_table_schema`; nil: found by the search path.
  package var versionTableSchema: Setting<String?> = .standard(nil)
  /// `version_table_pk`: the version table has a primary key.
  package var versionTablePrimaryKey: Setting<Bool> = .standard(true)
  package var transactionPerMigration: Setting<Bool> = .standard(false)
  /// `transactional_ddl`; nil: as the dialect says, which is true for PostgreSQL.
  package var transactionalDDL: Setting<Bool?> = .standard(nil)
  package var includeSchemas: Setting<Bool> = .standard(false)
  package var renderAsBatch: Setting<Bool> = .standard(false)
  package var literalBinds: Setting<Bool> = .standard(false)
  package init() {}

  /// A setting that only running env.py would tell.
  package struct UnknownSetting: Sendable, Hashable {
    package var name: String
    package var reason: String
    package var location: SourceLocation
  }

  /// Those that decide the text of offline mode.
  var unknownInScript: [UnknownSetting] {
    func unknown<Value>(_ name: String, _ setting: Setting<Value>) -> UnknownSetting? {
      guard case .unknown(let reason, let location) = setting else { return nil }
      return UnknownSetting(name: name, reason: reason, location: location)
    }
    return [
      unknown("version_table", versionTable),
      unknown("version_table_schema", versionTableSchema),
      unknown("version_table_pk", versionTablePrimaryKey),
      unknown("transaction_per_migration", transactionPerMigration),
      unknown("transactional_ddl", transactionalDDL),
    ].compactMap(\.self)
  }
}

/// What env.py says.
package struct EnvironmentSettings: Sendable {
  /// The settings against a database.
  package var online = ContextSettings()
  /// The settings of `--sql`.
  package var offline = ContextSettings()
  /// In source order.
  package var advisoryLocks: [AdvisoryLock] = []
  /// What env.py executes itself, in source order.
  package var statements: [EnvironmentStatement] = []
  /// Where it gives a connection a `schema_translate_map`, which replaces schemas in what is executed.
  package var schemaTranslation: SourceLocation?
  /// Where it gives a driver a search path to begin sessions with.
  package var connectionPath: SourceLocation?
  /// Where it has code of its own run with each step or statement, and by what.
  package var callbacks: [EnvironmentCallback] = []
  /// Whether it, or alembic.ini, gives a connection or engine an isolation level, such as AUTOCOMMIT.
  package var setsIsolation = false
  /// Those that migrations may run by, as far as env.py and alembic.ini tell.
  package var drivers = Drivers.all
  /// The naming convention of `target_metadata`.
  package var naming = ConventionSource(.standard)

  package init() {}
}

/// SQL that env.py hands to `execute()` or `exec_driver_sql()`.
package struct EnvironmentStatement: Sendable, Hashable {
  /// As far as it is known; `{…}` stands for parts of an f-string that are not.
  package var text: String
  package var isKnown: Bool
  package var location: SourceLocation
}

/// A PostgreSQL advisory lock that env.py takes around the migrations.
package struct AdvisoryLock: Sendable, Hashable {
  package enum Key: Sendable, Hashable {
    /// `pg_advisory_lock(bigint)`
    case single(Int64)
    /// `pg_advisory_lock(integer, integer)`
    case pair(Int32, Int32)
    /// Worked out when it runs, such as `hashtext('…')`; the text as written.
    case unknown(String)
  }
  package enum Scope: Sendable, Hashable {
    case session, transaction
  }
  package var key: Key
  package var scope: Scope
  /// `pg_try_advisory_…`: does not wait for the lock.
  package var isTry: Bool
  /// `…_shared`
  package var isShared: Bool
  /// The function as called, such as `pg_advisory_lock`.
  package var function: String
  package var location: SourceLocation
}
