// The file of known findings: what was there before a project began to use the program, one line
// each, so that it can be read and merged.

import Glibc
import Reports
import SafetyRules
import Verdicts

/// Findings and verdicts that are known and count no more.
struct Baseline {
  /// What stands in `suppressed` of a finding that is in the baseline.
  static let word = "baseline"
  private static let header = """
    # Findings that were known when this file was written (backout analyze --write-baseline). Delete a
    # line, and its finding counts again.

    """
  private var lines: Set<String> = []

  init() {}

  /// Reads a baseline.
  init(path: String) throws(BackoutFailure) {
    guard let bytes = contents(of: path) else {
      throw BackoutFailure("--baseline: '\(path)' cannot be read")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      lines.insert(String(line))
    }
  }

  /// The baseline of an analysis: all its findings, and the verdicts that are no `safe`.
  init(of analysis: Analysis) {
    var keys = Keys()
    for finding in analysis.findings { lines.insert(keys.key(of: finding)) }
    for note in analysis.opaque { lines.insert(Self.key(of: note)) }
    for revision in analysis.revisions where revision.verdict != .safe {
      lines.insert(Self.key(of: revision))
    }
  }

  func write(to path: String) throws(BackoutFailure) {
    let text = Self.header + lines.sorted().map { $0 + "\n" }.joined()
    do {
      try OutputFile.write(text, to: path)
    } catch {
      throw BackoutFailure("--write-baseline: '\(path)' cannot be written")
    }
  }

  func suppress(in analysis: inout Analysis) {
    if lines.isEmpty { return }
    var keys = Keys()
    for index in analysis.findings.indices {
      let key = keys.key(of: analysis.findings[index])
      if analysis.findings[index].suppressed == nil, lines.contains(key) {
        analysis.findings[index].suppressed = Self.word
      }
    }
    for index in analysis.opaque.indices
    where analysis.opaque[index].suppressed == nil
      && lines.contains(Self.key(of: analysis.opaque[index]))
    {
      analysis.opaque[index].suppressed = Self.word
    }
    for index in analysis.revisions.indices
    where lines.contains(Self.key(of: analysis.revisions[index])) {
      analysis.revisions[index].acknowledged = analysis.revisions[index].acknowledged ?? Self.word
    }
  }

  // MARK: - Keys

  /// Keys of findings in their order: equal ones of a revision are numbered.
  private struct Keys {
    private var counts: [String: Int] = [:]

    mutating func key(of finding: Finding) -> String {
      let key = [
        Baseline.escaped(finding.revision), finding.direction.rawValue, finding.rule,
        finding.subjectDigest,
      ].joined(separator: " ")
      counts[key, default: 0] += 1
      let count = counts[key] ?? 1
      return count == 1 ? key : "\(key) \(count)"
    }
  }

  private static func key(of note: OpaqueNote) -> String {
    [
      escaped(note.revision), note.direction.rawValue, Acknowledgement.unknownWord,
      digest(note.kind + " " + note.detail),
    ].joined(separator: " ")
  }

  private static func key(of revision: RevisionAssessment) -> String {
    "\(escaped(revision.revision)) \(revision.verdict.rawValue)"
  }

  /// An identifier as one word.
  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "%")
        ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16)
    }.joined()
  }
}
