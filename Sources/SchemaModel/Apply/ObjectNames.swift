// The names that PostgreSQL gives to objects for which a statement gives none.

import HashTreeCollections
import PostgresSyntax

/// `name1_name2_label`, the two names shortened so that it fits in 63 bytes, the longer one first
/// (`makeObjectName` in PostgreSQL's indexcmds.c).
func makeObjectName(_ name1: String, _ name2: String?, _ label: String?) -> String {
  var overhead = 0
  if name2 != nil { overhead += 1 }
  if let label { overhead += label.utf8.count + 1 }
  let available = 63 - overhead
  var length1 = name1.utf8.count
  var length2 = name2?.utf8.count ?? 0
  while length1 + length2 > available {
    if length1 > length2 { length1 -= 1 } else { length2 -= 1 }
  }
  var name = clipped(name1, to: length1)
  if let name2 { name += "_" + clipped(name2, to: length2) }
  if let label { name += "_" + label }
  return name
}

/// The longest prefix of whole characters that fits.
func clipped(_ text: String, to length: Int) -> String {
  guard text.utf8.count > length else { return text }
  var end = text.utf8.index(text.utf8.startIndex, offsetBy: max(0, length))
  while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
    end = text.utf8.index(before: end)
  }
  return String(text[..<end])
}

/// An identifier as PostgreSQL keeps it: the first 63 bytes.
func truncatedIdentifier(_ name: String) -> String { clipped(name, to: 63) }

/// Column names joined for a generated name, as far as it can matter.
func nameAddition(_ columns: [String]) -> String {
  var text = ""
  for column in columns {
    if !text.isEmpty { text += "_" }
    text += column
    if text.utf8.count >= 64 { break }
  }
  return text
}

extension Replay {
  /// A free name for a relation (`ChooseRelationName`).
  func chooseRelationName(
    _ name1: String, _ name2: String?, _ label: String, schema: String?, isConstraint: Bool
  ) -> String {
    var pass = 0
    while true {
      let name = makeObjectName(name1, name2, pass == 0 ? label : "\(label)\(pass)")
      let key = QualifiedName(schema: schema, name)
      let isTaken =
        catalog.relations[key] != nil || isConstraint && catalog.constraintNames[key] != nil
        || catalog.type(key)?.isComposite == true
      if !isTaken { return name }
      pass += 1
    }
  }

  /// A free name for a constraint without an index (`ChooseConstraintName`).
  func chooseConstraintName(
    _ name1: String, _ name2: String?, _ label: String, schema: String?, taken: [Constraint] = []
  ) -> String {
    var pass = 0
    while true {
      let name = makeObjectName(name1, name2, pass == 0 ? label : "\(label)\(pass)")
      let isTaken =
        catalog.constraintNames[QualifiedName(schema: schema, name)] != nil
        || taken.contains { $0.name == name }
      if !isTaken { return name }
      pass += 1
    }
  }

  /// The name of an index without one (`ChooseIndexName` for an index of no constraint).
  func chooseIndexName(_ table: QualifiedName, _ columns: [String]) -> String {
    chooseRelationName(
      table.name, nameAddition(columns), "idx", schema: table.schema, isConstraint: false)
  }

  /// The columns' names of a new index (`ChooseIndexColumnNames`).
  func indexColumnNames(_ elements: [IndexElement], including: [String] = []) -> [String] {
    let names = elements.map { element in
      if case .column(let name) = element.key { return name }
      // Until PostgreSQL 13 EXTRACT was a call of this function.
      let isOldExtract = element.impliedName == "extract" && context.serverVersion < 14
      return isOldExtract ? "date_part" : element.impliedName ?? "expr"
    }
    return toldApart(names + including)
  }

  /// A name that came before gets a number.
  func toldApart(_ columns: [String]) -> [String] {
    var names: [String] = []
    for base in columns {
      var name = base
      var number = 0
      while names.contains(name) {
        number += 1
        name = clipped(base, to: 63 - String(number).utf8.count) + String(number)
      }
      names.append(name)
    }
    return names
  }
}
