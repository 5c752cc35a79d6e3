// `# backout: allow drop-column -- reason` beside an operation, and waivers of the configuration.

import Alembic
import PythonSyntax
import SafetyRules
import SourceText

/// Findings that somebody has seen and accepts, with the reason.
struct Acknowledgement {
  /// Rules by name; `unknown` for places that cannot be known.
  var rules: [String]
  var reason: String
  /// The last day on which it holds.
  var until: Day?
  var place: SourceLocation
  var scope: Scope

  enum Scope {
    /// The comment's own lines, from the one it stands on to the one it stands above.
    case lines(ClosedRange<Int>)
    /// Every file whose path matches.
    case files(Glob)
  }

  func covers(_ location: SourceLocation) -> Bool {
    switch scope {
    case .lines(let lines):
      location.file == place.file && lines.overlaps(location.start.line...location.end.line)
    case .files(let glob): glob.matches(location.file)
    }
  }
}

extension Acknowledgement {
  /// The place that an acknowledgement concerns, and the word for places that cannot be known.
  static let unknownWord = "unknown"

  /// Reads the comments of a file; what is odd about them becomes a diagnostic.
  static func inComments(
    of module: PythonModule, _ catalogue: RuleNames, _ diagnostics: inout [Diagnostic]
  ) -> [Acknowledgement] {
    module.directives.compactMap { range in
      let source = module.source
      let location = source.location(of: range)
      do throws(Oddity) {
        var found = try Acknowledgement(
          comment: source.text(in: range), at: location, catalogue)
        let line = location.start.line
        let isAlone = source.lineText(line).drop(while: \.isWhitespace).first == "#"
        found.scope = .lines(line...(isAlone ? Self.lineBelow(line, in: source) : line))
        return found
      } catch {
        diagnostics.append(Diagnostic(location: location, message: error.text, isRemark: true))
        return nil
      }
    }
  }

  /// The next line that is neither empty nor a comment.
  private static func lineBelow(_ line: Int, in source: SourceFile) -> Int {
    var next = line + 1
    while next < source.lineCount {
      let first = source.lineText(next).first { !$0.isWhitespace }
      if let first, first != "#" { break }
      next += 1
    }
    return next
  }

  private struct Oddity: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  /// `# backout: allow RULE[, RULE] [until DAY] -- REASON`
  private init(
    comment: String, at place: SourceLocation, _ catalogue: RuleNames
  ) throws(Oddity) {
    let body = comment.drop { $0 == "#" || $0.isWhitespace }.dropFirst("backout:".count)
    let words = body.split(whereSeparator: \.isWhitespace)
    guard words.first == "allow" else {
      throw Oddity("after 'backout:' comes 'allow', the rule, '--' and the reason")
    }
    guard let dashes = words.firstIndex(of: "--"), dashes + 1 < words.count else {
      throw Oddity("an acknowledgement needs a reason: '# backout: allow drop-column -- why'")
    }
    var names = words[1..<dashes]
    reason = words[(dashes + 1)...].joined(separator: " ")
    self.place = place
    scope = .lines(place.start.line...place.start.line)
    if let position = names.firstIndex(of: "until") {
      guard position + 1 < names.endIndex, position + 2 == names.endIndex,
        let day = Day(names[position + 1])
      else { throw Oddity("after 'until' comes the last day, as 2027-01-31") }
      until = day
      names = names[..<position]
    }
    rules = names.joined(separator: ",").split(separator: ",").map(String.init)
    guard !rules.isEmpty else { throw Oddity("'allow' needs the name of a rule") }
    for rule in rules {
      if rule != Self.unknownWord, let near = catalogue.complaint(about: rule) {
        throw Oddity(near)
      }
    }
  }

  /// A waiver of the configuration.
  init(
    _ waiver: PolicySettings.Waiver, _ catalogue: RuleNames
  ) throws(BackoutFailure) {
    let place = "\(waiver.place.file)"
    if waiver.rule != Self.unknownWord, let complaint = catalogue.complaint(about: waiver.rule) {
      throw BackoutFailure("\(place): waivers: \(complaint)")
    }
    rules = [waiver.rule]
    reason = waiver.reason
    self.place = waiver.place
    scope = .files(Glob(waiver.file))
    if let text = waiver.until {
      guard let day = Day(text) else {
        throw BackoutFailure("\(place): waivers: '\(text)' is no day as 2027-01-31")
      }
      until = day
    }
  }
}
