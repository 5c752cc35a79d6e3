// Reads the projects in Fixtures, each made for one kind of odd input.

import Alembic
import PythonSyntax
import SourceText
import Testing

@Suite struct FixtureProjectTests {
  @Test func shopIsReadWhole() throws {
    let project = try load("shop")
    #expect(project.configuration.origin == .file("Fixtures/shop/alembic.ini"))
    #expect(project.revisions.count == 18)
    #expect(project.graph.loadFailure == nil)
    #expect(project.graph.heads == ["d85a0c6e13f9"])
    #expect(project.graph.bases == ["3f6a1c0b92de"])
    #expect(project.graph.isMergePoint("d6e1f8024c9b"))
    #expect(project.diagnostics == [])
    let first = try #require(project.revision("3f6a1c0b92de"))
    #expect(first.upgrade.definition != nil)
    #expect(first.downgrade.definition != nil)
    #expect(first.message == "create customers and addresses")
  }

  @Test func shopTakesItsLockForTheSession() throws {
    let environment = try load("shop").environment
    let lock = try #require(environment.advisoryLocks.first)
    #expect(environment.advisoryLocks.count == 1)
    #expect(lock.key == .single(999_999))
    #expect(lock.scope == .session)
    #expect(!lock.isTry)
    #expect(lock.function == "pg_advisory_lock")
    #expect(lock.location.file == "Fixtures/shop/migrations/env.py")
    #expect(environment.online.versionTable == .standard("alembic_version"))
    #expect(environment.offline.literalBinds.value == true)
    guard case .known(let convention) = environment.naming.value else {
      Issue.record("the convention is not known")
      return
    }
    #expect(convention["pk"] == .template("pk_%(table_name)s"))
  }

  @Test func optionsPassThroughADictionary() throws {
    let environment = try load("projects/env-options").environment
    for context in [environment.online, environment.offline] {
      #expect(context.versionTable.value == "schema_version")
      #expect(context.versionTableSchema.value == "ops")
      #expect(context.transactionPerMigration.value == true)
      #expect(context.includeSchemas.value == true)
      #expect(context.renderAsBatch == .standard(false))
    }
    #expect(environment.offline.literalBinds.value == true)
    #expect(environment.online.literalBinds == .standard(false))
    #expect(environment.advisoryLocks.map(\.key) == [.pair(7, 42)])
  }

  @Test func pyprojectAloneIsEnough() throws {
    let project = try load("projects/pyproject-only")
    #expect(
      project.configuration.origin == .file("Fixtures/projects/pyproject-only/pyproject.toml"))
    #expect(project.revisions.map(\.id) == ["1111aaaa0001", "1111aaaa0002"])
  }

  @Test func severalLocationsAreReadRecursively() throws {
    let project = try load("projects/several-locations")
    #expect(project.configuration.isRecursive)
    #expect(project.revisions.map(\.id) == ["1111aaaa0001", "1111aaaa0002", "2222bbbb0001"])
    #expect(project.graph.bases == ["1111aaaa0001", "2222bbbb0001"])
  }

  @Test func aBareDirectoryIsAProject() throws {
    let project = try load("projects/no-env")
    #expect(project.configuration.origin == .files("Fixtures/projects/no-env"))
    #expect(project.revisions.count == 2)
    #expect(project.environment.online.versionTable == .standard("alembic_version"))
  }

  @Test func aDirectoryOfVersionsBelongsToItsEnvironment() throws {
    let project = try load("projects/env-options/migrations/versions")
    #expect(project.revisions.count == 2)
    #expect(project.environment.online.versionTable.value == "schema_version")
  }

  @Test func aSingleFileIsASelection() throws {
    let file = "shop/migrations/versions/d85a0c6e13f9_gift_messages.py"
    let project = try load(file)
    #expect(project.selection == ["d85a0c6e13f9"])
    #expect(project.revisions.count == 18)
    let alone = try load("projects/no-env/1111aaaa0002_add_title.py")
    #expect(alone.revisions.map(\.id) == ["1111aaaa0002"])
  }

  @Test(arguments: [
    ("projects/cycle", "1111aaaa0001, 1111aaaa0002, 1111aaaa0003"),
    ("projects/duplicate-id", "1111aaaa0002"),
    ("projects/unknown-parent", "1111aaaa0002"),
    ("projects/two-heads", "1111aaaa0002, 1111aaaa0003"),
    ("projects/broken-syntax", ""),
    ("projects/not-utf8", ""),
    ("projects/nul-byte", ""),
  ])
  func oddInputIsReportedWithItsPlace(name: String, mentioned: String) throws {
    let project = try load(name)
    #expect(!project.diagnostics.isEmpty)
    #expect(
      project.diagnostics.contains { $0.message.contains(mentioned) }, "\(project.diagnostics)")
    #expect(project.diagnostics.allSatisfy { $0.location.file.hasPrefix("Fixtures/\(name)/") })
    #expect(!project.graph.order.isEmpty)
  }

  @Test func aCycleIsRefusedAsAlembicDoes() throws {
    let graph = try load("projects/cycle").graph
    #expect(graph.loadFailure?.kind == .cycle)
    #expect(throws: RevisionFailure.self) { try graph.upgradePath(from: [], to: "head") }
    #expect(graph.order.count == 3)
  }

  @Test func brokenInterpolationIsOneLine() throws {
    let failure = #expect(throws: ProjectFailure.self) { try load("projects/broken-interpolation") }
    #expect(failure?.location?.file == "Fixtures/projects/broken-interpolation/alembic.ini")
    #expect(failure?.location?.start.line == 4)
    #expect(failure?.message.contains("elsewhere") == true)
  }

  @Test func theProgramSaysWhereItLooked() {
    #expect(throws: ProjectFailure.self) { try load("projects/nothing-here") }
    #expect(throws: ProjectFailure.self) { try load("tools") }
  }
}

/// A project of Fixtures as seen from the root of the repository.
private func load(_ path: String) throws(ProjectFailure) -> AlembicProject {
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return try AlembicProject.load(paths: ["Fixtures/\(path)"], workingDirectory: "/\(root)")
}
