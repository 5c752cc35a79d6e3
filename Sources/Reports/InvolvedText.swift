// The migrations between two deployments as text for the person on call, and as JSON.

import SafetyRules
import SourceText
package import Verdicts

/// The text form of `backout involved`.
package struct InvolvedText {
  private let result: MigrationsBetween
  private let style: TerminalStyle

  package init(_ result: MigrationsBetween, style: TerminalStyle) {
    self.result = result
    self.style = style
  }

  package func rendered() -> String {
    var lines = [headline, ""]
    lines += revisions
    lines += others
    lines += result.analysis.diagnostics.map(style.line(of:))
    lines += next
    if result.isInvolved { lines.append(coverageLine(result.analysis.coverage, style)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var range: String {
    "between \(result.good.name.harmless) and \(result.bad.name.harmless)"
  }

  /// What stands before the analysis in the forms that are neither text nor JSON; without colour.
  package static func document(_ result: MigrationsBetween) -> ReportDocument {
    let text = InvolvedText(result, style: TerminalStyle())
    var document = ReportDocument(
      name: "backout involved", verdict: result.verdict, headline: text.sentence)
    document.parts = [
      .init(
        title: "What to do next", content: .steps(text.advice.map { NextStep($0) } + text.commands))
    ]
    let others = text.others
    if !others.isEmpty {
      document.parts.append(.init(title: "Not simply new", content: .lines(others.dropLast())))
    }
    return document
  }

  private var headline: String {
    let isSilent = !result.isInvolved && result.verdict == .safe
    return style.headline(isSilent ? nil : result.verdict, sentence)
  }

  private var sentence: String {
    let changes = result.changes
    guard result.isInvolved else { return "no migration is involved \(range)" }
    let parts = [
      (changes.added.count, "new"), (changes.rewritten.count, "edited"),
      (changes.deleted.count, "deleted"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let total = changes.added.count + changes.rewritten.count + changes.deleted.count
    let noun = total == 1 ? "migration is" : "migrations are"
    return "\(total) \(noun) involved \(range): \(parts.list)"
  }

  /// The first to be taken back first.
  private var revisions: [String] {
    let rewritten = Set(result.changes.rewritten.map(\.revision))
    return result.analysis.revisions.reversed().flatMap { revision in
      let mark = rewritten.contains(revision.revision) ? "  (edited)" : ""
      var lines = [
        "\(style.verdict(revision.verdict))  \(style.paint(revision.revision.harmless, .strong))  "
          + revision.message.harmless + mark,
        "  \(style.paint(revision.file.harmless, .link))", "  " + style.answers(revision.answers),
      ]
      for reason in revision.reasons {
        lines += style.paragraph("\(reason.question.rawValue): \(reason.text.harmless)", indent: 2)
      }
      for text in revision.codeBreaks {
        lines += style.paragraph("old code: \(text.harmless)", indent: 2)
      }
      return lines + [""]
    }
  }

  /// What was not simply added.
  private var others: [String] {
    var changes = result.changes
    changes.added = []
    if let gap = changes.gap {
      return style.paragraph(
        "the files of \(result.good.name.harmless) cannot be read, so that every migration counts as new: "
          + gap.harmless, indent: 0) + [""]
    }
    if changes.isEmpty { return [] }
    var lines = changes.changeLines(style)
    if !changes.rewritten.isEmpty {
      lines += style.paragraph(
        "edited: a database that ran it before did not run it again; which of both it ran, only the database "
          + "shows", indent: 2)
    }
    if !changes.deleted.isEmpty {
      lines += style.paragraph(
        "deleted: \(result.good.name.harmless) has them and \(result.bad.name.harmless) does not; where a "
          + "database has run one, the files of the commit that has it are needed (--ref)",
        indent: 2)
    }
    return lines + [""]
  }

  private var next: [String] {
    var lines = advice.flatMap { style.paragraph($0, indent: 0) }
    for (index, step) in commands.enumerated() {
      let head = index == 0 ? "database:   " : "            "
      lines.append("\(head)\(step.text) \(step.command ?? "")")
    }
    return lines
  }

  private var advice: [String] {
    let good = result.good.name.harmless
    guard result.isInvolved else {
      let count = result.bad.count == 1 ? "one revision" : "\(result.bad.count) revisions"
      return [
        "both have the same \(count) (\(heads(result.bad))); going back to \(good) is a matter of code alone"
      ]
    }
    return switch result.code {
    case .works:
      [
        "code alone: the code of \(good) works on the new schema; roll it back and leave the database as it "
          + "is"
      ]
    case .breaks: ["code alone: the code of \(good) may break on the new schema"]
    case .unknown:
      ["code alone: whether the code of \(good) works on the new schema is not known"]
    }
  }

  private var commands: [NextStep] {
    guard !result.changes.added.isEmpty, let target else { return [] }
    return [
      NextStep("ask it first:", "backout check \(target) --ref \(result.bad.commit.prefix(10))"),
      NextStep(
        "then, with the files of \(result.bad.name.harmless):", "alembic downgrade \(target)"),
    ]
  }

  private func heads(_ deployment: MigrationsBetween.Deployment) -> String {
    let word = deployment.heads.count == 1 ? "head" : "heads"
    return "\(word) \(deployment.heads.map(\.harmless).joined(separator: ", "))"
  }

  /// Where going back leads to; nil where that is not one way to one revision.
  private var target: String? {
    guard result.bad.heads.count == 1, result.bad.heads != result.good.heads else { return nil }
    if result.good.heads.isEmpty { return result.changes.gap == nil ? "base" : nil }
    return result.good.heads.count == 1 ? result.good.heads[0].harmless.shellWord : nil
  }
}

extension [String] {
  /// As in a sentence: `1 new, 2 edited`.
  fileprivate var list: String { joined(separator: ", ") }
}

/// The JSON form of `backout involved`.
package func involvedJSON(_ result: MigrationsBetween) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.field("involved", result.isInvolved)
    for (name, deployment) in [("good", result.good), ("bad", result.bad)] {
      json.key(name)
      json.object { json in
        json.field("name", deployment.name)
        json.field("commit", deployment.commit)
        json.field("heads", deployment.heads)
      }
    }
    json.field("code", result.code.rawValue)
    json.writeAnalysis(result.analysis, verdict: result.verdict)
  }
  return json.line
}
