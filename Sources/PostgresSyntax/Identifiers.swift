// Identifiers in and out of SQL text.

import SourceText

/// An identifier as SQL text, in double quotes where PostgreSQL needs or prints them: unless it is
/// lower-case letters, digits and underscores only and no keyword but an unreserved one (as
/// `quote_identifier` in ruleutils.c).
package func quoteIdentifier(_ name: String) -> String {
  guard isPlain(name), !quotedKeywords.contains(name) else {
    return "\"" + name.doubling("\"") + "\""
  }
  return name
}

private func isPlain(_ name: String) -> Bool {
  guard let first = name.utf8.first, isLowerLetter(first) else { return false }
  return name.utf8.allSatisfy { isLowerLetter($0) || (0x30...0x39).contains($0) }
}

private func isLowerLetter(_ byte: UInt8) -> Bool {
  (0x61...0x7A).contains(byte) || byte == 0x5F
}

/// The columns that every table has beside its own (manual 5.5).
package let systemColumns: Set<String> = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"]

/// A name as `regclass` reads it: `s.t`, `"S"."T"`; nil if it is not one of one or two parts.
package func parseQualifiedName(_ text: String) -> QualifiedName? {
  var parts: [String] = []
  var rest = Array(text.utf8)[...]
  while true {
    guard let part = takeIdentifier(&rest) else { return nil }
    parts.append(part)
    guard let next = rest.popFirst() else { break }
    guard next == UInt8(ascii: "."), parts.count < 2 else { return nil }
  }
  guard let name = parts.last else { return nil }
  return QualifiedName(schema: parts.count == 2 ? parts[0] : nil, name)
}

private func takeIdentifier(_ rest: inout ArraySlice<UInt8>) -> String? {
  var bytes: [UInt8] = []
  if rest.first == UInt8(ascii: "\"") {
    rest.removeFirst()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") {
        guard rest.first == UInt8(ascii: "\"") else {
          return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
        }
        rest.removeFirst()
      }
      bytes.append(byte)
    }
    return nil
  }
  while let byte = rest.first, byte != UInt8(ascii: ".") {
    guard byte != UInt8(ascii: "\""), byte > 0x20 else { return nil }
    bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    rest.removeFirst()
  }
  return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
}

/// The keywords of PostgreSQL 15 that are not unreserved (`pg_get_keywords()`; manual appendix C).
private let quotedKeywords: Set<String> = [
  "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization",
  "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character",
  "check", "coalesce", "collate", "collation", "column", "concurrently", "constraint", "create",
  "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time",
  "current_timestamp", "current_user", "dec", "decimal", "default", "deferrable", "desc",
  "distinct", "do", "else", "end", "except", "exists", "extract", "false", "fetch", "float",
  "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group", "grouping", "having",
  "ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect", "interval", "into",
  "is", "isnull", "join", "lateral", "leading", "least", "left", "like", "limit", "localtime",
  "localtimestamp", "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null",
  "nullif", "numeric", "offset", "on", "only", "or", "order", "out", "outer", "overlaps",
  "overlay", "placing", "position", "precision", "primary", "real", "references", "returning",
  "right", "row", "select", "session_user", "setof", "similar", "smallint", "some", "substring",
  "symmetric", "table", "tablesample", "then", "time", "timestamp", "to", "trailing", "treat",
  "trim", "true", "union", "unique", "user", "using", "values", "varchar", "variadic", "verbose",
  "when", "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists",
  "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
]
