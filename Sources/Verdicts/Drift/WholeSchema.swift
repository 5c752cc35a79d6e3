// The catalogs of a live database against everything that the history makes of a revision.

package import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
package import SchemaModel

/// What to ask the catalogs to know whether a database is as its revision says.
package struct WholeSchema: Sendable {
  private let catalog: Catalog
  private let expected: [NamedObject]
  /// What only later revisions make: it is there where a downgrade did not come to its end.
  private let later: [NamedObject]

  /// - Parameters:
  ///   - catalog: what the history makes of the revision.
  ///   - latest: what it makes of all revisions.
  package init(_ catalog: Catalog, latest: Catalog) {
    self.catalog = catalog
    expected = Self.objects(of: catalog)
    let known = Set(expected)
    later = Self.objects(of: latest).filter { !known.contains($0) }
  }

  private static func objects(of catalog: Catalog) -> [NamedObject] {
    var names: [QualifiedName] = []
    for relation in catalog.relations.values {
      switch relation {
      case .table(let table): names.append(table.value.name)
      case .view(let view): names.append(view.value.name)
      case .sequence(let sequence): names.append(sequence.value.name)
      case .index: break
      }
    }
    let lasting = names.filter { $0.schema?.hasPrefix("pg_temp") != true }
    return lasting.sorted().map { .relation($0) } + catalog.types.keys.sorted().map { .type($0) }
      + catalog.routines.keys.sorted().map { .routine($0) }
      + catalog.schemas.keys.sorted().map { .schema($0) }
      + catalog.extensions.keys.sorted().map { .extension($0) }
  }

  package var request: SchemaRequest {
    var request = SchemaRequest()
    for object in expected + later {
      switch object {
      case .relation(let name): request.relations.append(TableName(name))
      case .type(let name): request.types.append(TableName(name))
      case .routine(let name): request.routines.append(TableName(name))
      case .schema(let name): request.schemas.append(name)
      case .extension(let name): request.extensions.append(name)
      default: break
      }
    }
    return request
  }

  /// One line for each difference.
  package func differences(_ facts: SchemaFacts) -> [String] {
    var comparison = DriftComparison(plan: DowngradePlan(whole: catalog), facts: facts)
    comparison.compareSearchPath()
    for object in expected {
      if !comparison.exists(object) {
        comparison.drift.note("\(comparison.words(object)) is missing")
      } else if case .type(let name) = object, let labels = catalog.type(name)?.labels,
        let live = facts.types[TableName(name)], live.labels != labels
      {
        comparison.drift.note(
          "\(comparison.words(object)) has the labels \(live.labels.joined(separator: ", "))")
      }
    }
    comparison.compareTables()
    for object in later where comparison.exists(object) {
      comparison.drift.note("\(comparison.words(object)) is there, which a later revision makes")
    }
    return comparison.drift.lines
  }

  /// Indexes that CREATE INDEX CONCURRENTLY left behind, on any of the tables.
  package func invalidIndexes(_ facts: SchemaFacts) -> [String] {
    facts.relations.flatMap { table, relation in
      relation.indexes.filter { !$0.isValid }.map {
        "index \($0.name) on \(displayed(QualifiedName(schema: table.schema, table.name))) is not valid"
      }
    }.sorted()
  }
}
