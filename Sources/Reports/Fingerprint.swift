// Names for findings that stay the same while lines move, so that other programs recognise them.

package import SafetyRules

/// FNV-1a of 64 bits, in hexadecimal. Not made to withstand somebody who wants two texts to collide.
package func digest(_ text: String) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return String(hash, radix: 16)
}

extension Finding {
  /// What it is about beside its rule and step: the SQL, else the message, however it is laid out.
  package var subjectDigest: String {
    let words = (sql ?? message).split(whereSeparator: \.isWhitespace)
    return digest(words.joined(separator: " "))
  }
}

/// Gives every item of a report a name of its own: equal ones are numbered in their order.
struct Fingerprints {
  private var counts: [String: Int] = [:]

  mutating func fingerprint(of item: ReportItem) -> String {
    let key = [item.revision, item.direction?.rawValue ?? "", item.rule, item.subjectDigest]
      .joined(separator: "\n")
    counts[key, default: 0] += 1
    let text = padded(digest(key)) + padded(digest("\(counts[key] ?? 1)\n" + key))
    return text
  }

  private func padded(_ digits: String) -> String {
    String(repeating: "0", count: 16 - digits.count) + digits
  }
}
