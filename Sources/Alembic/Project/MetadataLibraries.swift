// What libraries give to the metadata that they make or have: facts read in their sources.

import PythonSyntax

/// The naming conventions of libraries, by the dotted name of a package or of something in it. A project
/// tells of others in the setting `naming-convention`.
enum MetadataLibraries {
  /// The five templates of SQLAlchemy's documentation, which libraries take over as they are.
  private static let documented = MetadataConvention.known([
    "ix": .template("ix_%(column_0_label)s"),
    "uq": .template("uq_%(table_name)s_%(column_0_name)s"),
    "ck": .template("ck_%(table_name)s_%(constraint_name)s"),
    "fk": .template("fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"),
    "pk": .template("pk_%(table_name)s"),
  ])

  private static let airflow = MetadataConvention.known([
    "ix": .template("idx_%(column_0_N_label)s"),
    "uq": .template("%(table_name)s_%(column_0_N_name)s_uq"),
    "ck": .template("ck_%(table_name)s_%(constraint_name)s"),
    "fk": .template("%(table_name)s_%(column_0_name)s_fkey"),
    "pk": .template("%(table_name)s_pkey"),
  ])

  /// The longest name that is a beginning counts.
  private static let facts: [String: MetadataConvention] = [
    // SQLAlchemy and what makes a MetaData for an application: its default, unless told otherwise.
    "sqlalchemy": .standard, "sqlmodel": .standard, "flask_sqlalchemy": .standard,
    "flask_appbuilder": .standard, "oslo_db": .standard, "neutron_lib": .standard,
    "sqlalchemy_utils": .standard, "geoalchemy2": .standard,
    "fastapi_users_db_sqlalchemy": .standard, "fastapi_users": .standard, "gino": .standard,
    "flask_sqlalchemy_lite": .standard, "sqlalchemy_mixins": .standard, "databases": .standard,
    "ormar": .standard, "encode": .standard, "neutron": .standard,
    // Models of applications that others extend.
    "ckan.model": .standard,
    // Until 0.12, whose Base was declarative.
    "mautrix.util.db": .standard,
    "sqlalchemy_helpers": documented,
    "wuttjamaican.db": documented,
    "airflow.models.base": airflow,
  ]

  /// - Parameter path: such as `sqlalchemy.orm.declarative_base`.
  static func convention(of path: String) -> MetadataConvention? {
    var rest = path[...]
    while true {
      if let fact = facts[String(rest)] { return fact }
      guard let dot = rest.lastIndex(of: ".") else { return nil }
      rest = rest[..<dot]
    }
  }

  /// What makes a metadata, where it is given none.
  static let makers: Set<String> = ["MetaData", "SQLAlchemy", "declarative_base"]

  /// Bases whose direct subclasses get a metadata of their own (`sqlalchemy.orm`).
  static let declarativeBases: Set<String> = ["DeclarativeBase", "DeclarativeBaseNoMeta"]

  /// Packages whose classes have no metadata.
  static func isPlain(_ path: String) -> Bool {
    let plain: Set<Substring> = ["typing", "typing_extensions", "abc", "enum", "dataclasses"]
    return plain.contains(path.firstPart)
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? path
  }
}

/// A metadata that an expression leads to.
struct FollowedMetadata {
  /// What made it: two names with the same maker are the same metadata.
  enum Maker: Hashable {
    case call(path: String, ExpressionID)
    case definition(path: String, DefinitionID)
    /// One that a library has for all.
    case library(Substring)
  }
  var convention: MetadataConvention
  var maker: Maker?

  static func unknown(_ reason: String) -> FollowedMetadata {
    FollowedMetadata(convention: .unknown(reason))
  }

  /// A reason that no file of the project can settle.
  static let foreign = "the metadata comes from a library that is not known"

  /// The metadata that something in a library has.
  static func library(_ path: String) -> FollowedMetadata {
    if let fact = MetadataLibraries.convention(of: path) {
      return FollowedMetadata(convention: fact, maker: .library(path.firstPart))
    }
    // What an application makes while it runs has its metadata from the project.
    let isApplication = path.hasPrefix("flask.") || path.hasPrefix("quart.")
    return .unknown(isApplication ? "the application is made while it runs" : foreign)
  }

  /// What all agree on.
  static func agreed(_ all: [FollowedMetadata]) -> FollowedMetadata {
    guard var result = all.first else { return .unknown("nothing tells the metadata") }
    for other in all.dropFirst() {
      if other.convention != result.convention {
        let unknown = [result, other].first {
          if case .unknown = $0.convention { true } else { false }
        }
        return unknown ?? .unknown("the metadata is one of several")
      }
      if other.maker != result.maker { result.maker = nil }
    }
    return result
  }
}
