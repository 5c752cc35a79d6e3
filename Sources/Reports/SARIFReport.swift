// An analysis as SARIF 2.1.0 (OASIS), for code scanning and the viewers of editors.

import SafetyRules
import SourceText
package import Verdicts

package func sarifReport(_ analysis: Analysis, _ context: ReportContext) -> String {
  let items = context.news(of: analysis)
  let rules = items.reduce(into: [String]()) { names, item in
    if !names.contains(item.rule) { names.append(item.rule) }
  }.sorted()
  let indexes = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
  var fingerprints = Fingerprints()
  var json = JSONWriter()
  json.object { json in
    json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.field("version", "2.1.0")
    json.key("runs")
    json.array { json in
      json.object { json in
        json.writeTool(rules, context)
        json.field("columnKind", "unicodeCodePoints")
        json.key("results")
        json.array { json in
          for item in items {
            json.write(
              item, index: indexes[item.rule], fingerprint: fingerprints.fingerprint(of: item),
              analysis, context)
          }
        }
        json.writeProperties(analysis)
      }
    }
  }
  return json.line
}

extension String {
  /// Text of a message object: nothing that a terminal obeys, and no embedded link (SARIF 3.11.6), which
  /// viewers would make of `[text](target)`.
  var sarifText: String {
    let text = harmless(keeping: ["\n", "\t"])
    guard text.utf8.contains(UInt8(ascii: "[")) else { return text }
    return text.replacing("](", with: "\\](")
  }

  /// A path as a URI reference (RFC 3986): only what is unreserved stays as it is, and slashes.
  var sarifURI: String {
    var bytes = hasPrefix("/") ? Array("file://".utf8) : []
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: bytes.append(byte)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        bytes += Array("%\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Severity {
  fileprivate var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

extension JSONWriter {
  fileprivate mutating func writeTool(_ rules: [String], _ context: ReportContext) {
    key("tool")
    object { json in
      json.key("driver")
      json.object { json in
        json.field("name", "backout")
        json.field("semanticVersion", context.version)
        json.key("rules")
        json.array { json in for rule in rules { json.write(rule: rule, context.page(rule)) } }
      }
    }
  }

  private mutating func write(rule: String, _ page: RulePage?) {
    let summary = page?.summary ?? OtherTopic(rawValue: rule)?.summary ?? rule
    object { json in
      json.field("id", rule)
      json.writeMessage("shortDescription", rule.replacing("-", with: " "))
      json.writeMessage("fullDescription", summary)
      if let page {
        json.key("help")
        json.object { json in
          json.field("text", page.body.sarifText)
          json.field("markdown", page.body)
        }
        json.key("defaultConfiguration")
        json.object { json in
          json.field("enabled", page.isOn)
          json.field("level", page.severity.sarifLevel)
        }
        json.key("properties")
        json.object { json in
          json.field("tags", ["migration", "postgresql"] + page.directions.map(\.rawValue))
        }
      }
    }
  }

  private mutating func writeMessage(_ name: String, _ text: String) {
    key(name)
    object { json in json.field("text", text.sarifText) }
  }

  fileprivate mutating func write(
    _ item: ReportItem, index: Int?, fingerprint: String, _ analysis: Analysis,
    _ context: ReportContext
  ) {
    object { json in
      json.field("ruleId", item.rule)
      json.field("ruleIndex", index)
      json.field("level", item.severity.sarifLevel)
      json.writeMessage("message", item.paragraphs.joined(separator: "\n"))
      json.key("locations")
      json.array { json in json.write(location: item, message: nil, context) }
      json.key("partialFingerprints")
      json.object { json in json.field("backout/v1", fingerprint) }
      if let sql = item.sql { json.writeFlow(of: item, to: sql, context) }
      json.key("suppressions")
      json.array { json in
        guard let reason = item.suppressed else { return }
        json.object { json in
          json.field("kind", analysis.isInSource(item) ? "inSource" : "external")
          json.field("status", "accepted")
          json.field("justification", reason.sarifText)
        }
      }
    }
  }

  private mutating func write(
    location item: ReportItem, message: String?, _ context: ReportContext
  ) {
    let (start, end) = (item.location.start, item.location.end)
    object { json in
      json.key("physicalLocation")
      json.object { json in
        let path = context.path(item.location.file)
        json.key("artifactLocation")
        json.object { json in
          json.field("uri", path.sarifURI)
          if !path.hasPrefix("/") { json.field("uriBaseId", "%SRCROOT%") }
        }
        json.key("region")
        json.object { json in
          json.field("startLine", start.line)
          if end > start {
            json.field("startColumn", start.column)
            json.field("endLine", end.line)
            json.field("endColumn", end.column)
          }
        }
      }
      if let direction = item.direction, !item.revision.isEmpty {
        json.key("logicalLocations")
        json.array { json in
          json.object { json in
            json.field("name", direction.rawValue)
            json.field(
              "fullyQualifiedName", "\(item.revision.harmless).\(direction.rawValue)")
            json.field("kind", "function")
          }
        }
      }
      if let message { json.writeMessage("message", message) }
    }
  }

  /// From the operation in the file to the SQL that it becomes.
  private mutating func writeFlow(
    of item: ReportItem, to sql: String, _ context: ReportContext
  ) {
    let step = item.direction.map { "\($0.rawValue) of \(item.revision)" } ?? "the migration"
    key("codeFlows")
    array { json in
      json.object { json in
        json.key("threadFlows")
        json.array { json in
          json.object { json in
            json.key("locations")
            json.array { json in
              for message in ["\(step) runs this operation", "SQL: \(sql)"] {
                json.object { json in
                  json.key("location")
                  json.write(location: item, message: message, context)
                }
              }
            }
          }
        }
      }
    }
  }

  fileprivate mutating func writeProperties(_ analysis: Analysis) {
    key("properties")
    object { json in
      json.field("verdict", analysis.verdict?.rawValue)
      json.key("revisions")
      json.array { json in
        for revision in analysis.revisions {
          json.object { json in
            json.field("revision", revision.revision)
            json.field("verdict", revision.verdict.rawValue)
          }
        }
      }
    }
  }
}

extension Analysis {
  /// Whether it is a comment beside the place that acknowledges it, not a setting or the baseline.
  fileprivate func isInSource(_ item: ReportItem) -> Bool {
    guard !item.isInBaseline, let source = sources[item.location.file] else { return false }
    var line = item.location.start.line
    func isComment(_ line: Int) -> Bool {
      source.lineText(line).drop(while: \.isWhitespace).first == "#"
    }
    while line > 1, isComment(line - 1) { line -= 1 }
    return (line...max(line, item.location.end.line)).contains {
      source.lineText($0).contains("backout:")
    }
  }
}
