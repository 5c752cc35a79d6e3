// What is known of the naming convention that operations work with.

import Synchronization

/// The `naming_convention` of `target_metadata`: Alembic's operations name constraints by it
/// (`alembic.operations.schemaobj.SchemaObjects.metadata`).
package enum MetadataConvention: Sendable, Hashable {
  package enum Entry: Sendable, Hashable {
    case template(String)
    /// A token of the project's own: a function of a module.
    case function(path: String, name: String)
    case other
  }
  /// SQLAlchemy's default.
  case standard
  case known([String: Entry])
  case unknown(String)
}

/// Something about a project that is worked out when it is first asked for.
package final class Lookup<Value: Sendable>: Sendable {
  private let find: @Sendable () -> Value
  private let found = Mutex<Value?>(nil)

  package init(_ find: @escaping @Sendable () -> Value) { self.find = find }

  package convenience init(_ value: Value) { self.init { value } }

  package var value: Value {
    found.withLock { known in
      if let known { return known }
      let result = find()
      known = result
      return result
    }
  }
}

/// The convention of a project, found when a constraint first asks for its name.
package typealias ConventionSource = Lookup<MetadataConvention>

extension MetadataConvention {
  /// `MetaData(naming_convention=…)`: an empty one is none.
  init(_ templates: [String: ConstantValue]) {
    self.init(
      entries: templates.mapValues { value in
        if case .string(let text) = value { .template(text) } else { .other }
      })
  }

  init(entries: [String: Entry]) {
    self = entries.isEmpty || entries == Self.standardEntries ? .standard : .known(entries)
  }

  /// `DEFAULT_NAMING_CONVENTION` of `sqlalchemy.sql.schema`.
  private static let standardEntries = ["ix": Entry.template("ix_%(column_0_label)s")]

  /// Nil where they are not known.
  var entries: [String: Entry]? {
    switch self {
    case .standard: Self.standardEntries
    case .known(let entries): entries
    case .unknown: nil
    }
  }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
