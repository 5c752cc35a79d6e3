// Rules that a project writes itself, through the built program.

import Foundation
import TestSupport
import Testing

@Suite struct ProjectRuleTests {
  private static let page = """
    ---
    name: no-json
    severity: error
    directions: [upgrade]
    match:
      effect: column-added
      type: json
    unless:
      table: "audit_*"
    message: "{table}.{column} is {type}, which has no equality"
    ---

    # no-json

    ## Condition

    A column of type json.

    ## Workaround

    Use jsonb.
    """

  private static let migration = """
    from alembic import op
    import sqlalchemy as sa
    revision = "a1"
    down_revision = None
    def upgrade():
        op.create_table("audit_log", sa.Column("entry", sa.JSON()))
        op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True),
                        sa.Column("note", sa.JSON()))
        op.add_column("orders", sa.Column("extra", sa.JSON()))
        op.add_column("orders", sa.Column("name", sa.Text()))
    def downgrade():
        op.drop_table("orders")
        op.drop_table("audit_log")
    """

  /// A project with one migration and one rule.
  private func withProject(
    page: String, settings: String = "", _ body: (URL) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      let files = [
        "alembic.ini": "[alembic]\nscript_location = migrations\n",
        "migrations/env.py":
          "from alembic import context\ncontext.configure(url='postgresql://')\n",
        "migrations/versions/a1.py": Self.migration, "backout/rules/no-json.md": page,
        "backout.toml": settings,
      ]
      for (name, text) in files {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      try await body(directory)
    }
  }

  @Test func matchesEffectsOfOperations() async throws {
    try await withProject(page: Self.page) { directory in
      let outcome = try await backout("analyze", "--format", "json", in: directory)
      #expect(outcome.exitCode == 1)
      let found = try AnalysisReport(outcome.output).findings.filter { $0.rule == "no-json" }
      #expect(
        found.map(\.message) == [
          "orders.note is json, which has no equality",
          "orders.extra is json, which has no equality",
        ])
      #expect(found.map(\.line) == [7, 9])
      let list = try await backout("rules", in: directory)
      #expect(list.outputText.contains("no-json"))
      let explained = try await backout("explain", "no-json", in: directory)
      #expect(explained.outputText.contains("Use jsonb."))
    }
  }

  @Test func settingsRateItLikeAnyOther() async throws {
    try await withProject(page: Self.page, settings: "[rules]\nno-json = \"off\"\n") { directory in
      let outcome = try await backout("analyze", "--format", "json", in: directory)
      #expect(try AnalysisReport(outcome.output).findings.allSatisfy { $0.rule != "no-json" })
    }
  }

  @Test(
    arguments: [
      ("severity: error", "severity: loud", "'severity' is info, warning or error"),
      ("name: no-json", "name: drop-column", "'name' is that of the file"),
      ("effect: column-added", "effect: column-eaten", "there is no effect 'column-eaten'"),
      ("  type: json", "  colour: red", "there is no condition 'colour'"),
      ("match:", "matches:", "there is no 'matches'"),
      ("---\nname", "--\nname", "a page begins with '---'"),
      (
        "severity: error", "a: &a [x]\nseverity: *a",
        "the front matter is no YAML of the form 'name: value', without aliases"
      ),
      ("type: json", "type: " + String(repeating: "[", count: 300), "the front matter is no YAML"),
    ])
  func badPageGetsOneLine(old: String, new: String, message: String) async throws {
    let page = Self.page.replacingOccurrences(of: old, with: new)
    try await withProject(page: page) { directory in
      let outcome = try await backout("analyze", in: directory)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errorText.contains("backout/rules/no-json.md: \(message)"))
      #expect(outcome.errorText.split(separator: "\n").count == 1)
    }
  }
}
