// Identifiers in and out of SQL text.

/// An identifier as SQL text, quoted where PostgreSQL needs it (as `quote_identifier`).
package func quoteIdentifier(_ name: String) -> String {
  name
}

/// A name as `regclass` reads it: `s.t`, `"S"."T"`; nil if it is not one.
func parseQualifiedName(_ text: String) -> QualifiedName? {
  nil
}
