// What the role that runs a downgrade must own, and where it must be allowed to create.

package import DatabaseFacts
package import PostgresSyntax

extension DriftCheck {
  /// - Parameters:
  ///   - role: that will run the downgrade; nil for the one that asks.
  ///   - longestIdentifier: that goes into the version table, in characters.
  package func rights(
    of role: String?, versionTable: TableName, longestIdentifier: Int
  ) -> RightsRequest {
    var relations: Set<QualifiedName> = plan.altered
    var types: Set<QualifiedName> = []
    var routines: Set<QualifiedName> = []
    for object in plan.needs.map(\.object) + plan.owned {
      switch object {
      case .relation(let name) where !plan.written.contains(name): relations.insert(name)
      case .type(let name): types.insert(name)
      case .routine(let name): routines.insert(name)
      default: break
      }
    }
    var schemas: Set<String> = []
    for object in plan.creates.map(\.object) {
      switch object {
      case .relation(let name), .type(let name), .routine(let name):
        if let schema = name.schema { schemas.insert(schema) }
      default: break
      }
    }
    var request = RightsRequest(versionTable: versionTable)
    request.role = role
    request.demands = plan.demands
    request.longestIdentifier = longestIdentifier
    request.relations = relations.sorted().map(TableName.init)
    request.types = types.sorted().map(TableName.init)
    request.routines = routines.sorted().map(TableName.init)
    request.schemas = schemas.sorted()
    request.written = plan.written.subtracting(plan.altered).sorted().map(TableName.init)
    return request
  }

  /// The roles that the server is asked for; those that it does not have are reasons of their own.
  package var askedRoles: Set<String> {
    Set(plan.demands.filter { $0.kind == .presence }.map(\.name.name))
  }

  /// The tables that the downgrade is about, for flags that switch the use of tables off.
  package var tables: [TableName] { concerned.map(TableName.init) }

  package var concerned: [QualifiedName] { plan.tables.sorted() }
}

extension RightsFacts {
  /// What the version table may not take.
  package var versionReasons: [Reason] {
    versionObstacles.map {
      Reason(
        .executes, .unknown, "the version table may not take the revision of the target: \($0)")
    }
  }

  /// Roles that are not in the server, which no dump of a database brings along.
  /// - Parameter isUnderstood: whether everything of the downgrade is known, so that nothing of it makes them.
  package func absences(isUnderstood: Bool) -> [Reason] {
    (absentRoles ?? []).map {
      Reason(
        .executes, isUnderstood ? .unsafe : .unknown, "fails (42704): the server has no role \($0)")
    }
  }

  /// That the downgrade will be refused, and by whom it would not be.
  package var reason: Reason? {
    guard !missing.isEmpty else { return nil }
    let listed = missing.prefix(3).joined(separator: "; ")
    let more = missing.count > 3 ? "; and \(missing.count - 3) more" : ""
    return Reason(
      .executes, .unknown,
      "the role \(role) may not run this (42501): \(listed)\(more). If another role runs it, name that as --run-as"
    )
  }
}
