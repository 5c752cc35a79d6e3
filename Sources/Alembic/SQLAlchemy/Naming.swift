// Names of constraints and indexes by the naming convention of the project's MetaData.

/// `MetaData(naming_convention=…)`.
struct NamingConvention {
  private let templates: [String: String]
  /// A convention that cannot be followed: functions as tokens, or templates that are not known.
  private let isOpaque: Bool

  init(_ dictionary: DictionaryObject?) {
    var templates: [String: String] = [:]
    var isOpaque = dictionary?.taint != nil
    for entry in dictionary?.entries ?? [] {
      guard case .string(let key) = entry.key, case .string(let template) = entry.value else {
        isOpaque = true
        continue
      }
      templates[key] = template
    }
    if templates["ix"] == nil { templates["ix"] = "ix_%(column_0_label)s" }
    self.templates = templates
    self.isOpaque = isOpaque
  }

  /// What names are made of.
  struct Subject {
    var key: String
    var table: String
    var columns: [String]
    var referredTable: String?
    var referredColumns: [String] = []
  }

  /// The name that SQLAlchemy gives; nil where the constraint has none.
  func name(_ given: GivenName, _ subject: Subject) throws(NotRenderable) -> String? {
    switch given {
    case .final(let name): return try bounded(name)
    case .plain(let name):
      guard let template = templates[subject.key], template.contains("%(constraint_name)s") else {
        return try bounded(name)
      }
      return try expand(template, subject, name)
    case .none:
      guard let template = templates[subject.key] else { return nil }
      if template.contains("%(constraint_name)s") {
        throw NotRenderable("a constraint without a name that the naming convention asks for")
      }
      return try expand(template, subject, nil)
    }
  }

  /// PostgreSQL's limit; SQLAlchemy shortens longer generated names with a hash and refuses others.
  private func bounded(_ name: String) throws(NotRenderable) -> String {
    guard name.utf8.count <= 63 else { throw NotRenderable("a name longer than 63 bytes") }
    return name
  }

  private func expand(
    _ template: String, _ subject: Subject, _ name: String?
  ) throws(NotRenderable) -> String {
    if isOpaque { throw NotRenderable("a naming convention with functions") }
    var result = ""
    var rest = template[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      guard rest.first == "(", let close = rest.range(ofText: ")s") else {
        throw NotRenderable("the naming convention '\(template)'")
      }
      let token = String(rest[rest.index(after: rest.startIndex)..<close.lowerBound])
      guard let value = self.value(of: token, subject, name) else {
        throw NotRenderable("%(\(token))s of the naming convention")
      }
      result += value
      rest = rest[close.upperBound...]
    }
    return try bounded(result + rest)
  }

  private func value(of token: String, _ subject: Subject, _ name: String?) -> String? {
    switch token {
    case "table_name": return subject.table
    case "constraint_name": return name
    case "referred_table_name": return subject.referredTable
    default: break
    }
    let isReferred = token.hasPrefix("referred_column_")
    let columns = isReferred ? subject.referredColumns : subject.columns
    var rest = isReferred ? token.dropFirst("referred_".count) : token[...]
    guard rest.hasPrefix("column_") else { return nil }
    rest = rest.dropFirst("column_".count)
    let digits = rest.prefix { $0.isNumber }
    guard let position = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    switch rest {
    case "_name", "_key": return position < columns.count ? columns[position] : nil
    case "_label":
      return position < columns.count ? "\(subject.table)_\(columns[position])" : nil
    case "_N_name": return position == 0 ? columns.joined(separator: "_") : nil
    case "N_name": return position == 0 ? columns.joined() : nil
    case "_N_label":
      return position == 0
        ? columns.map { "\(subject.table)_\($0)" }.joined(separator: "_") : nil
    default: return nil
    }
  }
}

extension Substring {
  fileprivate func range(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}

extension Interpreter {
  /// The naming convention of the project's MetaData; nil where there is none.
  var namingConvention: DictionaryObject? {
    settings.namingConvention.map { templates in
      DictionaryObject(
        strings: templates.sorted { $0.key < $1.key }.map { ($0.key, Value.string($0.value)) })
    }
  }
}
