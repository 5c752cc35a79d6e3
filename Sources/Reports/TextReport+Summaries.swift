// The text report by rules: all places of one, counts, or one line for each.

import SafetyRules
import SourceText
import Verdicts

extension TextReport {
  /// What decides the verdict or is an error, in the form that compilers use.
  var quietLines: [String] {
    let verdicts = Dictionary(
      analysis.revisions.map { ($0.revision, $0.verdict) }, uniquingKeysWith: max)
    let items = analysis.items.filter { item in
      item.suppressed == nil
        && (item.severity == .error
          || OtherTopic(rawValue: item.rule) != nil && item.severity > .info
            && (verdicts[item.revision] ?? .unknown) > .depends)
    }
    return items.map { item in
      let start = item.location.start
      let place = "\(item.location.file.harmless):\(start.line):\(start.column)"
      return "\(place): \(name(of: item.rule, item.severity)) \(item.message.harmless)"
    }
  }

  /// What counts and what does not, the rule that speaks most first.
  var statistics: [String] {
    var counts: [Key: (open: Int, acknowledged: Int)] = [:]
    for item in analysis.items {
      let key = Key(rule: item.rule, severity: item.severity)
      if item.suppressed == nil {
        counts[key, default: (0, 0)].open += 1
      } else {
        counts[key, default: (0, 0)].acknowledged += 1
      }
    }
    let rows = counts.sorted { left, right in
      if left.value.open != right.value.open { return left.value.open > right.value.open }
      return left.key < right.key
    }
    let lines = rows.map { key, count in
      let number = String(count.open)
      let note = count.acknowledged == 0 ? "" : "  (\(count.acknowledged) acknowledged)"
      return String(repeating: " ", count: max(0, 6 - number.count))
        + "\(number)  \(name(of: key.rule, key.severity))\(note)"
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  /// Why revisions are not safe, where no rule tells it.
  var reasonLines: [String] {
    let items = analysis.items.filter { $0.rule == OtherTopic.verdict.rawValue && !$0.isInBaseline }
    let lines = items.flatMap { item in
      style.paragraph("\(item.revision.harmless)  \(item.message.harmless)", indent: 0)
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  /// All places of a rule together, with its advice once; the most severe rule first.
  var ruleBlocks: [String] {
    let groups = Dictionary(grouping: analysis.findings.filter { $0.suppressed != "baseline" }) {
      Key(rule: $0.rule, severity: $0.severity)
    }
    return groups.sorted { $0.key < $1.key }.flatMap { key, findings -> [String] in
      let count = findings.count == 1 ? "one place" : "\(findings.count) places"
      var lines = ["\(name(of: key.rule, key.severity))  \(count)"]
      var helps: [String] = []
      for finding in findings {
        lines += place(
          finding.location, label: "\(finding.direction.rawValue) of \(finding.revision.harmless)",
          tone: style.tone(of: finding.severity))
        lines += words(of: finding, after: "")
        if !finding.help.isEmpty, !helps.contains(finding.help) { helps.append(finding.help) }
      }
      lines += helps.flatMap { help in
        style.paragraph("\(style.paint("help", .link)): \(help.harmless)", indent: 2)
      }
      return lines + [""]
    }
  }
}

private struct Key: Hashable, Comparable {
  var rule: String
  var severity: Severity

  static func < (left: Key, right: Key) -> Bool {
    left.severity != right.severity ? left.severity > right.severity : left.rule < right.rule
  }
}
