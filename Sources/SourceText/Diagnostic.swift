// Something odd in the input, with its place: a value that is carried to the report, never thrown.

/// The place of something in a file, as it is reported.
package struct SourceLocation: Hashable, Sendable, Comparable {
  package var file: String
  package var start: SourcePosition
  package var end: SourcePosition

  package init(file: String, start: SourcePosition, end: SourcePosition) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// The start of a file, for what concerns it as a whole.
  package init(file: String) {
    let first = SourcePosition(line: 1, column: 1)
    self.init(file: file, start: first, end: first)
  }

  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.start, left.end) < (right.file, right.start, right.end)
  }
}

extension SourceFile {
  package func location(of range: SourceRange) -> SourceLocation {
    SourceLocation(file: path, start: position(of: range.start), end: position(of: range.end))
  }
}

/// One line for a person: what is odd, where, and what to do.
package struct Diagnostic: Hashable, Sendable {
  package var location: SourceLocation
  package var message: String
  /// Whether all was read in spite of it; else something may be missing from what is known.
  package var isRemark: Bool
  /// What it is about, by the name of a rule that speaks of it; nil for most.
  package var topic: String?

  package init(
    location: SourceLocation, message: String, isRemark: Bool = false, topic: String? = nil
  ) {
    self.location = location
    self.message = message
    self.isRemark = isRemark
    self.topic = topic
  }
}
