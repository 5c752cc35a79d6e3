// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]
/// The modules that touch C: every use of a pointer is spelled `unsafe`.
let wrapperSettings = settings + [.strictMemorySafety()]

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], wrapsC: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: wrapsC ? wrapperSettings : settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
  name: "backout",
  products: [
    .executable(name: "backout", targets: ["backout"]),
    .library(name: "BackoutKit", targets: ["BackoutKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    module("SourceText"),
    module("Threads", wrapsC: true),
    module("PythonSyntax", ["SourceText"]),
    .systemLibrary(
      name: "CPGQuery", providers: [.apt(["libpg-query-dev", "libprotobuf-c-dev"])]),
    .systemLibrary(name: "CLibPQ", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    module("YAMLText", ["CYAML"], wrapsC: true),
    module(
      "PostgresSyntax",
      ["SourceText", "Threads", "CPGQuery"], wrapsC: true),
    module(
      "Alembic",
      [
        "PythonSyntax", "PostgresSyntax", "SourceText", "Threads",
        .product(name: "TOMLKit", package: "TOMLKit"),
      ]),
    module(
      "SchemaModel",
      [
        "PostgresSyntax", "SourceText",
        .product(name: "HashTreeCollections", package: "swift-collections"),
      ]),
    module("GitHistory", ["SourceText"], wrapsC: true),
    module("DatabaseFacts", ["SourceText"]),
    module("LiveDatabase", ["DatabaseFacts", "SourceText", "Threads", "CLibPQ"], wrapsC: true),
    module(
      "SafetyRules",
      ["SchemaModel", "PostgresSyntax", "SourceText", "YAMLText"]),
    module(
      "Verdicts",
      [
        "SafetyRules", "SchemaModel", "PostgresSyntax", "DatabaseFacts", "SourceText",
        .product(name: "HashTreeCollections", package: "swift-collections"),
      ]),
    module("Reports", ["Verdicts", "SafetyRules", "DatabaseFacts", "SourceText", "Threads"]),
    module(
      "BackoutKit",
      [
        "Alembic", "PythonSyntax", "PostgresSyntax", "SchemaModel", "GitHistory", "DatabaseFacts",
        "LiveDatabase", "SafetyRules", "Verdicts", "Reports", "SourceText", "Threads",
      ]),
    .executableTarget(
      name: "backout",
      dependencies: [
        "BackoutKit", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "parse-python", dependencies: ["PythonSyntax", "SourceText"],
      path: "Fixtures/tools/parse-python", swiftSettings: settings),
    tests("PythonSyntaxTests", ["PythonSyntax", "SourceText"]),
    tests("PostgresSyntaxTests", ["PostgresSyntax", "SourceText", "Threads"]),
    tests("AlembicProjectTests", ["Alembic", "PythonSyntax", "SourceText"]),
    tests("AlembicEvaluationTests", ["Alembic", "PythonSyntax", "SourceText", "Threads"]),
    tests("RevisionGraphTests", ["Alembic"]),
    tests(
      "SchemaModelTests",
      [
        "SchemaModel", "PostgresSyntax", "BackoutKit", "DatabaseFacts", "TestSupport",
        .product(name: "HashTreeCollections", package: "swift-collections"),
      ]),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests(
      "RuleBookTests",
      ["SafetyRules", "SchemaModel", "PostgresSyntax", "SourceText", "YAMLText", "TestSupport"]),
    .testTarget(
      name: "CommandLineTests", dependencies: ["TestSupport"],
      exclude: [
        "answers.sh", "live.sh", "drift.sh", "given.sh", "hostile.sh", "lost.sh", "distance.sh",
        "neighbours.sh", "inserted.sh", "referred.sh", "rights.sh", "used.sh",
        "watch.sh",
        "incident.sh", "rows.sh", "types.sh", "refused.sh", "ways_back.sh", "broken.sh", "many.sh",
        "large.sh", "forms.sh", "drivers.sh", "drivers.py", "stands.sh", "one_transaction.sh",
        "clock.sh", "hanging_server.py",
        "silent_name_server.py",
        "delaying_proxy.py", "terminal.py",
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
