// The text of alembic.ini into sections and options, by the rules of Python's configparser.

package import SourceText

/// An option as written: its value with continuation lines, before interpolation.
package struct IniOption: Sendable, Hashable {
  package var value: String
  package var location: SourceLocation
}

/// An ini file as `configparser.ConfigParser` reads it: strict, `=` and `:` as delimiters, `#` and
/// `;` as comments on lines of their own, basic interpolation (Python library reference,
/// configparser).
package struct IniFile: Sendable {
  /// Options by section and lower-cased name.
  package private(set) var sections: [String: [String: IniOption]] = [:]
  /// `[DEFAULT]` and what the program adds, such as `here`.
  package private(set) var defaults: [String: IniOption] = [:]

  /// - Parameter defaults: values that every section sees, such as `here`.
  package init(
    _ source: SourceFile, defaults: [String: String] = [:]
  ) throws(ProjectFailure) {
    for (name, value) in defaults {
      self.defaults[name.lowercased()] = IniOption(
        value: value, location: SourceLocation(file: source.path))
    }
    var reader = IniReader(source: source)
    try reader.read()
    sections = reader.sections
    for (name, option) in reader.defaults { self.defaults[name] = option }
  }

  package func hasSection(_ name: String) -> Bool { sections[name] != nil }

  /// The option of a section, or the default of that name; as written.
  package func option(_ name: String, in section: String) -> IniOption? {
    guard let options = sections[section] else { return nil }
    return options[name.lowercased()] ?? defaults[name.lowercased()]
  }

  /// The value of an option with `%(name)s` and `%%` worked out; nil if there is no such option.
  package func value(_ name: String, in section: String) throws(ProjectFailure) -> String? {
    var room = IniInterpolation.Room()
    return try value(name, in: section, &room)
  }

  /// As one of many, which together have no more room.
  func value(
    _ name: String, in section: String, _ room: inout IniInterpolation.Room
  ) throws(ProjectFailure) -> String? {
    guard let option = option(name, in: section) else { return nil }
    var interpolation = IniInterpolation(
      file: self, section: section, option: option, room: room)
    defer { room = interpolation.room }
    return try interpolation.result(name.lowercased())
  }

  /// The names of a section's options, defaults included, in alphabetical order.
  package func names(in section: String) -> [String] {
    guard let options = sections[section] else { return [] }
    return Set(options.keys).union(defaults.keys).sorted()
  }
}

/// Reads line by line, as `RawConfigParser._read`.
private struct IniReader {
  let source: SourceFile
  var sections: [String: [String: IniOption]] = [:]
  var defaults: [String: IniOption] = [:]
  private var section: String?
  private var option: String?
  private var indentation = 0
  private var seen: Set<[String]> = []
  /// The lines of the option being read.
  private var lines: [String] = []
  private var line = 0

  init(source: SourceFile) { self.source = source }

  mutating func read() throws(ProjectFailure) {
    for number in 1...source.lineCount {
      line = number
      try readLine(source.lineText(number))
    }
    finishOption()
  }

  private mutating func readLine(_ text: String) throws(ProjectFailure) {
    let value = text.trimmingSpace()
    if value.utf8.first == 0x23 || value.utf8.first == 0x3B { return }
    if value.isEmpty {
      if option != nil { lines.append("") }
      return
    }
    let column = text.prefix(while: \.isPythonSpace).count
    if option != nil, column > indentation {
      lines.append(value)
      return
    }
    indentation = column
    finishOption()
    if let name = header(value) {
      try beginSection(name)
    } else if section == nil {
      throw failure("there is no section header such as [alembic] before this line")
    } else {
      try beginOption(value)
    }
  }

  /// `[name]`: up to the last bracket, whatever follows it.
  private func header(_ value: String) -> String? {
    guard value.utf8.first == 0x5B, let end = value.lastIndex(of: "]") else { return nil }
    let name = value[value.index(after: value.startIndex)..<end]
    return name.isEmpty ? nil : String(name)
  }

  private mutating func beginSection(_ name: String) throws(ProjectFailure) {
    section = name
    if name == "DEFAULT" { return }
    guard sections.updateValue([:], forKey: name) == nil else {
      throw failure("section [\(name)] is there twice")
    }
  }

  private mutating func beginOption(_ value: String) throws(ProjectFailure) {
    guard let delimiter = value.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
      throw failure("this is neither a section, an option, nor a comment")
    }
    let name = value[..<delimiter].trimmingSpace().lowercased()
    if name.isEmpty { throw failure("an option has no name") }
    guard seen.insert([section ?? "", name]).inserted else {
      throw failure("option '\(name)' is there twice in section [\(section ?? "")]")
    }
    option = name
    lines = [value[value.index(after: delimiter)...].trimmingSpace()]
    store("")
  }

  private mutating func finishOption() {
    guard option != nil else { return }
    while lines.last?.isEmpty == true, lines.count > 1 { lines.removeLast() }
    store(lines.joined(separator: "\n"))
    option = nil
  }

  /// Keeps the place of the option's first line.
  private mutating func store(_ value: String) {
    guard let section, let option else { return }
    let known = section == "DEFAULT" ? defaults[option] : sections[section]?[option]
    let stored = IniOption(value: value, location: known?.location ?? location)
    if section == "DEFAULT" {
      defaults[option] = stored
    } else {
      sections[section]?[option] = stored
    }
  }

  private var location: SourceLocation {
    let end = source.lineText(line).unicodeScalars.count + 1
    return SourceLocation(
      file: source.path, start: SourcePosition(line: line, column: 1),
      end: SourcePosition(line: line, column: end))
  }

  private func failure(_ message: String) -> ProjectFailure {
    ProjectFailure(message, at: location)
  }
}

extension Character {
  /// What Python's `str.strip` and `\s` take for white space, as far as ini files go.
  var isPythonSpace: Bool { isWhitespace || ("\u{1C}"..."\u{1F}").contains(self) }
}

extension StringProtocol {
  func trimmingSpace() -> String {
    guard let first = firstIndex(where: { !$0.isPythonSpace }),
      let last = lastIndex(where: { !$0.isPythonSpace })
    else { return "" }
    return String(self[first...last])
  }
}
