// Where a project is looked for, and input that is none.

import Alembic
import Foundation
import SourceText
import Testing

@Suite struct ProjectFindingTests {
  private static let environment = [
    "env.py": "", "versions/a.py": migration("aaaa"),
    "versions/b.py": migration("bbbb", after: "aaaa"),
  ]

  private func files(at directory: String, _ more: [String: String] = [:]) -> [String: String] {
    Dictionary(
      Self.environment.map { ("\(directory)/\($0)", $1) } + more.map { ($0, $1) },
      uniquingKeysWith: { _, last in last })
  }

  @Test(arguments: [
    "[alembic]\nscript_location = db/m\n", "[alembic]\nscript_location = %(here)s/db/m\n",
    "[alembic]\nscript_location = db:m\n", "[alembic]\nscript_location: db//m/\n",
    "[alembic]\nscript_location = elsewhere\nversion_locations = db/m/versions\n",
    "[alembic]\nscript_location = db/m\nversion_locations = x db/m/versions, y\n",
    "[alembic]\nscript_location = db/m\nversion_path_separator = ;\nversion_locations = x;db/m/versions\n",
    "[alembic]\nscript_location = db/m\npath_separator = newline\nversion_locations =\n  db/m/versions\n  x y\n",
    "[alembic]\nscript_location = db/m\npath_separator = os\nversion_locations = x:%(here)s/db/m/versions\n",
    "[alembic]\nscript_location = db\nrecursive_version_locations = true\nversion_locations = db\n",
  ])
  func theConfigurationNamesTheMigrations(ini: String) throws {
    let isRecursive = ini.contains("recursive")
    let directory = try TemporaryProject(
      files(at: "db/m", ["alembic.ini": ini, "elsewhere/env.py": "", "db/__init__.py": ""]))
    let project = try directory.load()
    // Recursively, env.py and __init__.py stand among the files; Alembic refuses the first.
    #expect(project.revisions.map(\.id) == ["aaaa", "bbbb"])
    #expect((project.graph.loadFailure == nil) != isRecursive)
    #expect(try directory.load("alembic.ini").revisions.count == 2)
    #expect(try directory.load(".").revisions.count == 2)
  }

  /// The package in which alembic.ini lies is found by its own name, as when it is installed.
  @Test(arguments: [["app/alembic.ini"], ["app"], ["app/m/versions"]])
  func theConfigurationMayLieInThePackageThatItNames(paths: [String]) throws {
    let ini = "[alembic]\nscript_location = app:m\nversion_locations = app:m/versions\n"
    let directory = try TemporaryProject(
      files(at: "app/m", ["app/alembic.ini": ini, "app/__init__.py": ""]))
    #expect(try directory.load(paths[0]).revisions.map(\.id) == ["aaaa", "bbbb"])
    #expect(try directory.load(from: "app").revisions.count == 2)
  }

  /// Directories that were named themselves need no `version_locations`.
  @Test func locationsThatAreNotThereMatterOnlyWhereTheyAreAsked() throws {
    let ini = "[alembic]\nscript_location = m\nversion_locations = other:m/versions\n"
    let directory = try TemporaryProject(files(at: "m", ["alembic.ini": ini]))
    #expect(try directory.load("m/versions").revisions.count == 2)
    #expect(throws: ProjectFailure.self) { try directory.load() }
  }

  @Test func anotherSectionIsReadWithName() throws {
    let ini = "[alembic]\nscript_location = nowhere\n[other]\nscript_location = db\nx = 1\n"
    let directory = try TemporaryProject(files(at: "db", ["alembic.ini": ini]))
    let project = try directory.load(section: "other")
    #expect(project.revisions.count == 2)
    #expect(project.configuration.options["x"] == "1")
    #expect(throws: ProjectFailure.self) { try directory.load() }
    let failure = #expect(throws: ProjectFailure.self) { try directory.load(section: "none") }
    #expect(failure?.message.contains("[none]") == true)
  }

  @Test func usualPlacesAreTriedAndSaid() throws {
    let directory = try TemporaryProject(files(at: "migrations", ["alembic/env.py": ""]))
    let project = try directory.load()
    #expect(project.configuration.origin == .environment("migrations"))
    #expect(project.configuration.choice?.contains("alembic") == true)
    #expect(project.revisions.count == 2)
  }

  @Test func theConfigurationAboveIsFoundFromBelow() throws {
    let directory = try TemporaryProject(
      files(at: "db", ["alembic.ini": "[alembic]\nscript_location = db\n", "src/deep/x.txt": ""]))
    let project = try directory.load(from: "src/deep")
    #expect(project.revisions.count == 2)
    #expect(project.configuration.choice != nil)
    #expect(try directory.load("db").configuration.options["script_location"] == "db")
  }

  @Test func flaskKeepsItsIniInTheEnvironment() throws {
    let ini = "[alembic]\nversion_locations = migrations/other\n[loggers]\nkeys = root\n"
    let directory = try TemporaryProject(
      files(
        at: "migrations",
        [
          "migrations/alembic.ini": ini, "migrations/other/c.py": migration("cccc"),
        ]))
    #expect(try directory.load("migrations").revisions.map(\.id) == ["cccc"])
  }

  @Test func pyprojectIsTakenWithItsPlaceholders() throws {
    let toml = """
      [tool.alembic]
      script_location = "%(here)s/100%%/db"
      version_locations = ["%(here)s/100%%/db/versions"]
      recursive_version_locations = false
      """
    let directory = try TemporaryProject(files(at: "100%/db", ["pyproject.toml": toml]))
    #expect(try directory.load().revisions.count == 2)
    #expect(try directory.load("pyproject.toml").revisions.count == 2)
  }

  @Test(arguments: [
    ("[tool.alembic\n", 1), ("[tool.alembic]\nscript_location = \"%(x)s\"\n", 1),
    ("[tool.alembic]\nscript_location = 7\n", 1),
    ("[tool.alembic]\nscript_location = \"m\"\nsourceless = \"yes\"\n", 1),
    // What toml++ ends the program at.
    ("[=", 1), ("[[[", 1), ("[[\n", 1), ("a = 1 # [\nb = [\n[1], 2]\n [.x]\n", 4),
    ("a = \"\"\"\n[=\"\"\"\n[#]\n", 3),
    ("a" + String(repeating: ".a", count: 200_000) + " = 1\n", 1),
    ("[a" + String(repeating: ".a", count: 200_000) + "]\n", 1),
    ("b = {a" + String(repeating: ".a", count: 200_000) + " = 1}\n", 1),
  ])
  func brokenTomlIsOneLine(toml: String, line: Int) throws {
    let directory = try TemporaryProject(files(at: "m", ["pyproject.toml": toml]))
    let failure = #expect(throws: ProjectFailure.self) { try directory.load("pyproject.toml") }
    #expect(failure?.location?.file == "pyproject.toml")
    #expect((failure?.location?.start.line ?? 0) >= line)
  }

  @Test(arguments: [
    "[alembic]\nscript_location = nowhere\n", "[alembic]\nscript_location = nopackage:m\n",
    "[alembic]\nx = 1\n", "[other]\n", "nonsense\n",
    "[alembic]\nscript_location = m\npath_separator = comma\nversion_locations = a,b\n",
  ])
  func brokenIniIsOneLine(ini: String) throws {
    let directory = try TemporaryProject(files(at: "m", ["alembic.ini": ini]))
    let failure = #expect(throws: ProjectFailure.self) { try directory.load() }
    #expect(failure?.location?.file == "alembic.ini")
    #expect(failure?.message.contains("\n") == false)
  }

  @Test func directoriesWithoutMigrationsAreRefused() throws {
    let directory = try TemporaryProject(["empty/x.txt": "", "other/setup.py": "x = 1\n"])
    for path in ["empty", "other", "missing", "empty/x.txt"] {
      #expect(throws: ProjectFailure.self) { try directory.load(path) }
    }
    #expect(throws: ProjectFailure.self) { try directory.load() }
  }

  @Test func twoProjectsAtOnceAreRefused() throws {
    let directory = try TemporaryProject(
      files(at: "a").merging(files(at: "b")) { first, _ in first })
    #expect(throws: ProjectFailure.self) { try directory.load("a", "b") }
  }

  @Test func linksInACircleEnd() throws {
    let ini = "[alembic]\nscript_location = m\nrecursive_version_locations = true\n"
    let directory = try TemporaryProject(files(at: "m", ["alembic.ini": ini]))
    try directory.link("m/versions/again", to: "..")
    try directory.link("m/versions/self.py", to: "self.py")
    try directory.link("m/versions/twice.py", to: "a.py")
    let project = try directory.load()
    #expect(project.revisions.map(\.id) == ["aaaa", "bbbb"])
    let files = Set(project.diagnostics.map(\.location.file))
    #expect(files == ["m/versions/self.py", "m/versions/twice.py"])
  }

  @Test func directoriesNestedVeryDeepAreLeftOut() throws {
    let ini = "[alembic]\nscript_location = m\nrecursive_version_locations = true\n"
    let deep = String(repeating: "d/", count: 150)
    let directory = try TemporaryProject(
      files(at: "m", ["alembic.ini": ini, "m/versions/\(deep)c.py": migration("cccc")]))
    let project = try directory.load()
    #expect(project.revisions.map(\.id) == ["aaaa", "bbbb"])
    #expect(project.diagnostics.map(\.isRemark) == [false])
    #expect(project.diagnostics.first?.message.contains("nested too deep") == true)
  }

  @Test func directoriesOfVeryManyFilesAreNotWalked() throws {
    let ini = "[alembic]\nscript_location = m\nrecursive_version_locations = true\n"
    var all = files(at: "m", ["alembic.ini": ini])
    for number in 0..<20_001 { all["m/versions/x/\(number).txt"] = "" }
    all["m/versions/y/z/c.py"] = migration("cccc")
    let project = try TemporaryProject(all).load()
    #expect(project.diagnostics.map(\.isRemark) == [false])
    #expect(project.diagnostics.first?.message.contains("too many files") == true)
  }

  /// Each option is as long as one may be; together they would take gigabytes.
  @Test func optionsTogetherAreBounded() throws {
    let many = (0..<1000).map { "o\($0) = " + String(repeating: "%(b)s", count: 900) + "\n" }
    let ini =
      "[alembic]\nscript_location = m\nb = " + String(repeating: "x", count: 1000) + "\n"
      + many.joined()
    let project = try TemporaryProject(files(at: "m", ["alembic.ini": ini])).load()
    #expect(project.configuration.options.values.reduce(0) { $0 + $1.utf8.count } < 2 << 20)
    #expect(project.diagnostics.count > 900)
    #expect(project.revisions.count == 2)
  }

  @Test func filesThatCannotBeReadLeaveTheRest() throws {
    let directory = try TemporaryProject(
      files(at: "m", ["m/versions/nul.py": "revision = 'x\u{0}'\n", "m/versions/no.txt": ""]))
    try directory.write("m/versions/latin.py", Data([0x23, 0xE9, 0x0A]))
    try FileManager.default.createDirectory(
      atPath: directory.path + "/m/versions/dir.py", withIntermediateDirectories: true)
    mkfifo(directory.path + "/m/versions/pipe.py", 0o600)
    let project = try directory.load("m")
    #expect(project.revisions.map(\.id) == ["aaaa", "bbbb"])
    #expect(project.graph.order == ["aaaa", "bbbb"])
    #expect(project.graph.loadFailure?.kind == .unreadable)
    #expect(
      Set(project.diagnostics.map(\.location.file))
        == ["m/versions/latin.py", "m/versions/nul.py", "m/versions/pipe.py"])
  }

  @Test func aLargeFileIsReadAndATooLargeOneSaid() throws {
    let directory = try TemporaryProject(files(at: "m"))
    let filler = String(repeating: "# a line of a comment\n", count: 500_000)
    try directory.write(
      "m/versions/large.py", Data((migration("cccc", after: "bbbb") + filler).utf8))
    let sparse = directory.path + "/m/versions/vast.py"
    try directory.write("m/versions/vast.py", Data())
    truncate(sparse, 65 << 20)
    let project = try directory.load("m")
    #expect(project.revisions.map(\.id) == ["aaaa", "bbbb", "cccc"])
    #expect(project.diagnostics.map(\.location.file) == ["m/versions/vast.py"])
    #expect(project.diagnostics.first?.message.contains("64 MB") == true)
  }

  @Test func compiledFilesAreSaidToBeUnreadable() throws {
    let ini = "[alembic]\nscript_location = m\nsourceless = true\n"
    let directory = try TemporaryProject(
      files(at: "m", ["alembic.ini": ini, "m/versions/c.pyc": "", "m/versions/a.pyc": ""]))
    let project = try directory.load()
    #expect(project.diagnostics.map(\.location.file) == ["m/versions/c.pyc"])
    #expect(project.graph.loadFailure?.kind == .unreadable)
  }

  @Test func filesThatAreNoRevisionsAreNotRead() throws {
    let directory = try TemporaryProject(
      files(
        at: "m",
        [
          "m/versions/__init__.py": "x", "m/versions/.#a.py": "x",
          "m/versions/__pycache__/q.py": "x",
        ]))
    let project = try directory.load("m")
    #expect(project.diagnostics.isEmpty)
    #expect(project.graph.loadFailure == nil)
  }

  /// A package may be as large as its repository, and is imported from the directory above it. What else is
  /// there belongs to others.
  @Test(arguments: [nil, "mig/versions"])
  func aPackageDoesNotOpenWhatIsAboveItsRepository(path: String?) throws {
    var files = [
      ".git/HEAD": "", "__init__.py": "", "models.py": "X = 1\n", "mig/env.py": "",
      "mig/versions/a.py": migration("aaaa"),
    ]
    if path == nil { files["alembic.ini"] = "[alembic]\nscript_location = %(here)s/mig\n" }
    let directory = try TemporaryProject(
      Dictionary(uniqueKeysWithValues: files.map { ("app/\($0)", $1) })
        .merging(["secret": "s", "other/__init__.py": "", "other/settings.py": "KEY = 's'\n"]) {
          $1
        })
    let project =
      try path.map { try directory.load($0, from: "app") } ?? directory.load(from: "app")
    let importer = directory.path + "/app/mig/versions/a.py"
    #expect(project.modules.locate("app.models", importer: importer)?.module != nil)
    #expect(project.modules.contents(of: directory.path + "/app/models.py") != nil)
    #expect(project.modules.contents(of: directory.path + "/secret") == nil)
    #expect(project.modules.entries(of: directory.path) == nil)
    #expect(project.modules.locate("other.settings", importer: importer)?.module == nil)
  }

  @Test func modulesAreFoundInsideTheProjectOnly() throws {
    let directory = try TemporaryProject(
      files(
        at: "db",
        [
          "alembic.ini": "[alembic]\nscript_location = db\n", "src/app/__init__.py": "",
          "src/app/models.py": "X = 1\n", "lib/names/one.py": "",
        ]))
    try directory.link("src/outside.py", to: "/etc/hostname")
    let modules = try directory.load().modules
    let importer = directory.path + "/src/app/models.py"
    #expect(modules.locate("app.models", importer: importer)?.path == importer)
    #expect(modules.locate(".models", importer: importer)?.path == importer)
    #expect(modules.locate("app", importer: importer)?.isPackage == true)
    #expect(modules.locate("lib.names", importer: importer)?.module == nil)
    #expect(modules.locate("lib.names", importer: importer)?.isPackage == true)
    #expect(modules.locate("sqlalchemy", importer: importer) == nil)
    #expect(modules.locate("..", importer: importer)?.isPackage == true)
    #expect(modules.locate("outside", importer: importer)?.module == nil)
    #expect(modules.locate("app/../../x", importer: importer) == nil)
    #expect(modules.contents(of: importer) == Array("X = 1\n".utf8))
    #expect(modules.contents(of: "/etc/hostname") == nil)
    #expect(modules.contents(of: directory.path + "/src/outside.py") == nil)
    #expect(modules.entries(of: directory.path + "/src/app") == ["__init__.py", "models.py"])
    #expect(modules.entries(of: "/etc") == nil)
  }
}
