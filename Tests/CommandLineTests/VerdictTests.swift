// Holds the four answers, the verdicts and the exit codes to the table in Fixtures/README.md.

import Foundation
import TestSupport
import Testing

@Suite struct VerdictTests {
  static let project = repository.appending(path: "Fixtures/projects/verdicts")

  /// A row of the table: executes, data, schema, code, verdict; nil where the cell is empty.
  static let table: [String: [String?]] = [
    "data_new_lost": ["yes", "new-lost", "restored", "works", "depends"],
    "all_is_well": ["yes", "kept", "restored", "works", "safe"],
    "executes_depends": ["depends", "kept", "restored", nil, "depends"],
    "code_breaks": ["yes", "kept", "restored", "breaks", "safe"],
    "data_old_lost": ["yes", "old-lost", nil, "breaks", "unsafe"],
    "schema_differs": ["yes", "kept", "differs", "works", "unsafe"],
    "executes_no": ["no", nil, nil, "works", "unsafe"],
    "executes_unknown": ["unknown", "unknown", "unknown", "works", "unknown"],
    "schema_unknown": ["unknown", "unknown", "unknown", "works", "unknown"],
    "data_unknown": [nil, "unknown", "unknown", "unknown", "unknown"],
  ]

  @Test func everyAnswerIsTheOneOfTheTable() async throws {
    let outcome = try await backout("analyze", "--format", "json", in: Self.project)
    #expect(outcome.exitCode == 1)
    let report = try AnalysisReport(outcome.output)
    #expect(report.format == 1)
    #expect(report.verdict == "unsafe")
    #expect(report.diagnostics.isEmpty)
    #expect(Set(report.revisions.map(\.revision)) == Set(Self.table.keys))
    #expect(report.revisions.count == Self.table.count)
    for row in report.revisions {
      let answers = [row.executes, row.data, row.schema, row.code, row.verdict]
      for (answer, expected) in zip(answers, Self.table[row.revision] ?? []) {
        if let expected { #expect(answer == expected, "\(row.revision): \(answers)") }
      }
    }
  }

  @Test(
    arguments: [
      ("data_new_lost:all_is_well", "unsafe,unknown,error", 0),
      ("data_new_lost:all_is_well", "depends,unsafe,unknown,error", 0),
      ("base:data_new_lost", "unsafe,unknown,error", 0),
      ("base:data_new_lost", "depends", 5),
      ("data_old_lost:schema_differs", "unsafe,unknown,error", 1),
      ("data_old_lost:schema_differs", "unsafe", 1),
      ("schema_differs:executes_no", "error", 1),
      ("code_breaks:data_old_lost", "unknown", 0),
      ("executes_no:executes_unknown", "unknown", 3),
      ("executes_no:executes_unknown", "unsafe", 0),
      ("base:nowhere", "unsafe", 2),
      ("base:head", "nonsense", 2),
    ] as [(String, String, Int32)])
  func exitCodeFollowsRangeAndGate(range: String, gate: String, code: Int32) async throws {
    let outcome = try await backout(
      "analyze", "--range", range, "--fail-on", gate, in: Self.project)
    #expect(outcome.exitCode == code, "\(outcome.errorText)")
  }

  /// SQLAlchemy raises CompileError; PostgreSQL calls such constraints `orders_customer_fkey` and
  /// `orders_customer_key`.
  @Test func constraintDroppedWithoutItsNameEndsTheDowngrade() async throws {
    let head = "from alembic import op\nimport sqlalchemy as sa\n"
    let files = [
      "a.py": """
      revision = "a"
      down_revision = None
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("customer", sa.Integer()))
      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
      """,
      "b.py": """
      revision = "b"
      down_revision = "a"
      def upgrade():
          op.create_foreign_key(None, "orders", "customers", ["customer"], ["id"])
          op.create_unique_constraint(None, "orders", ["customer"])
      def downgrade():
          op.drop_constraint(None, "orders", type_="unique")
          op.drop_constraint(None, "orders", type_="foreignkey")
      """,
    ]
    try await withTemporaryDirectory { directory in
      for (name, text) in files {
        try Data((head + text).utf8).write(to: directory.appending(path: name))
      }
      let path = directory.path(percentEncoded: false)
      let outcome = try await backout(
        "analyze", "--format", "json", "--range", "a:b", path, in: directory)
      let report = try AnalysisReport(outcome.output)
      #expect(report.revisions.map(\.executes) == ["no"])
      #expect(report.verdict == "unsafe")
      let errors = report.findings.filter { $0.severity == "error" }
      #expect(errors.map(\.rule) == ["unnamed-constraint"])
      #expect(errors.map(\.line) == [9])
      #expect(errors.first?.message.contains("orders_customer_fkey, orders_customer_key") == true)
      let script = try await backout("sql", "b:a", "--path", path, in: directory)
      #expect(script.outputText.contains("b raises CompileError here"))
    }
  }

  @Test func sameInputGivesTheSameBytes() async throws {
    let first = try await backout("analyze", "--format", "json", in: Self.project)
    let second = try await backout("analyze", "--format", "json", in: Self.project)
    #expect(first.output == second.output)
  }
}
