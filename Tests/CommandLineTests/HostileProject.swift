// A project whose every name tries to be something else.

import Foundation

enum HostileProject {
  /// Markup, commands of workflows, mentions, links, what terminals and readers obey.
  static let words = [
    "<script>alert(1)</script>", "]]>", "::error file=x::pwned", "%0A::stop-commands::x", "`````",
    "@team", "#123", "https://evil.example/x", "www.evil.example", "\u{1B}[31mred", "\u{202E}gpj",
    "\u{2028}::warning::x", "'quote' &amp; <b>", "[link](https://evil.example)",
    "*bold* _em_ ~~s~~",
    "|cell|", ":tada:", "!1", "\u{7F}\u{9B}31m", "\u{FFFE}", "<!-- x -->",
    "</details></svg></pre></style>", "{{x}} {0}", "<img src=x onerror=alert(1)>",
  ]

  static func write(to directory: URL) throws {
    let versions = directory.appending(path: "versions")
    try FileManager.default.createDirectory(at: versions, withIntermediateDirectories: true)
    let title = words.joined(separator: " ")
    let table = words.prefix(3).joined(separator: " ").replacing("'", with: "")
    try revision(
      "a1", after: "None", title: title,
      upgrade:
        "op.create_table('\(table)', sa.Column('id', sa.Integer()), sa.Column('@team`', sa.Text()))",
      downgrade: "op.drop_table('\(table)')"
    ).write(to: versions.appending(path: "a1.py"))
    try revision(
      "b2<b>]]>", after: "'a1'", title: title,
      upgrade:
        "op.drop_column('\(table)', '@team`')  # backout: allow drop-column -- <b>@team ``` ]]>",
      downgrade: "op.execute(unknown('<i>@team'))"
    ).write(to: versions.appending(path: "a <img src=x onerror=alert(1)>,::%0A@team`.py"))
    try revision(
      "c3", after: "'b2<b>]]>'", title: title,
      upgrade: "op.execute('DROP TABLE \"\(table)\"')",
      downgrade: "raise RuntimeError('<script>alert(2)</script>@team\\n::error::x')"
    ).write(to: versions.appending(path: "c3.py"))
  }

  private static func revision(
    _ id: String, after parent: String, title: String, upgrade: String, downgrade: String
  ) -> Data {
    Data(
      """
      \"\"\"\(title)\"\"\"
      revision = '\(id)'
      down_revision = \(parent)
      from alembic import op
      import sqlalchemy as sa
      def upgrade():
          \(upgrade)
      def downgrade():
          \(downgrade)

      """.utf8)
  }
}
