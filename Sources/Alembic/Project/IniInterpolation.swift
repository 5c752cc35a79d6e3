// Works out `%(name)s` and `%%` in the value of an option, as configparser's BasicInterpolation.

import SourceText

/// One use: for one option of one section.
struct IniInterpolation {
  /// `configparser.MAX_INTERPOLATION_DEPTH`
  private static let depthLimit = 10
  /// What may be written and looked up: options that refer to each other can multiply, and one may
  /// be referred to by many. No real value comes near this, nor all of a file together.
  struct Room {
    fileprivate var bytes = 1 << 20
    fileprivate var lookups = 100_000
  }

  private let file: IniFile
  private let section: String
  private let option: IniOption
  private var name = ""
  private var output = ""
  private(set) var room: Room

  init(file: IniFile, section: String, option: IniOption, room: Room = Room()) {
    self.file = file
    self.section = section
    self.option = option
    self.room = room
  }

  mutating func result(_ name: String) throws(ProjectFailure) -> String {
    self.name = name
    guard option.value.contains("%") else { return option.value }
    defer { room.bytes -= output.utf8.count }
    try append(option.value[...], depth: 1)
    return output
  }

  private mutating func append(_ text: Substring, depth: Int) throws(ProjectFailure) {
    if depth > Self.depthLimit { throw failure("its interpolation is nested too deeply") }
    var rest = text
    while let percent = rest.firstIndex(of: "%") {
      output += rest[..<percent]
      rest = rest[percent...]
      switch rest.dropFirst().first {
      case "%":
        output.append("%")
        rest = rest.dropFirst(2)
      case "(":
        rest = try appendReference(rest, depth: depth)
      default:
        // What follows is not shown: it may be a password.
        throw failure("'%' must be followed by '%' or '('; write '%%' for the character itself")
      }
      if output.utf8.count > room.bytes { throw failure("its value is too long") }
    }
    output += rest
  }

  private mutating func appendReference(
    _ text: Substring, depth: Int
  ) throws(ProjectFailure) -> Substring {
    guard let close = text.firstIndex(of: ")"), text.index(text.startIndex, offsetBy: 2) < close,
      text[text.index(after: close)...].first == "s"
    else { throw failure("'%(' is not followed by a name and ')s'") }
    let key = text.dropFirst(2)[..<close].lowercased()
    room.lookups -= 1
    guard room.lookups >= 0 else { throw failure("its value refers to too much") }
    guard let other = file.option(key, in: section) else {
      // In an address it may be a part of a password that was not escaped.
      let shown = name.contains("url") ? "…" : key
      throw failure("it refers to '%(\(shown))s', and there is no such option")
    }
    if other.value.contains("%") {
      try append(other.value[...], depth: depth + 1)
    } else {
      output += other.value
    }
    return text[text.index(after: close)...].dropFirst()
  }

  private func failure(_ reason: String) -> ProjectFailure {
    ProjectFailure(
      "option '\(name)' in section [\(section)] cannot be worked out: \(reason)",
      at: option.location)
  }
}
