// The parameters of a function as Python writes them, and what Python says of a call that does not fit.

/// A method's parameters without `self`, such as `table_name, column, *, schema=, **kw`: `=` stands
/// behind those that have a default.
struct Signature {
  private(set) var positional: [String] = []
  private var requiredCount = 0
  private var keywordOnly: Set<Substring> = []
  private var takesMore = false
  private var takesAnyKeyword = false

  init(_ text: String) {
    var isKeywordOnly = false
    for part in text.split(separator: ",") {
      let word = part.drop { $0 == " " }
      if word.hasPrefix("**") {
        takesAnyKeyword = true
      } else if word.hasPrefix("*") {
        isKeywordOnly = true
        takesMore = word.utf8.count > 1
      } else {
        let isOptional = word.hasSuffix("=")
        let name = isOptional ? word.dropLast() : word
        if isKeywordOnly {
          keywordOnly.insert(name)
        } else {
          positional.append(String(name))
          if !isOptional { requiredCount += 1 }
        }
      }
    }
  }

  /// Throws the TypeError that CPython raises where the arguments do not fit.
  func check(_ call: CallArguments, of function: String) throws(NotRenderable) {
    if call.unknownRest != nil { return }
    for keyword in call.keywords {
      if let position = positional.firstIndex(of: keyword.name) {
        if position < call.positional.count {
          throw Self.refusal(function, "got multiple values for argument '\(keyword.name)'")
        }
      } else if !takesAnyKeyword, !keywordOnly.contains(Substring(keyword.name)) {
        throw Self.refusal(function, "got an unexpected keyword argument '\(keyword.name)'")
      }
    }
    if call.positional.count > positional.count, !takesMore { throw tooMany(call, function) }
    let missing = positional.prefix(requiredCount).dropFirst(call.positional.count)
      .filter { call.keyword($0) == nil }
    if !missing.isEmpty {
      throw Self.refusal(
        function,
        "missing \(missing.count) required positional argument\(missing.count == 1 ? "" : "s"): "
          + Self.enumeration(missing.map { "'\($0)'" }))
    }
  }

  /// CPython counts `self`.
  private func tooMany(_ call: CallArguments, _ function: String) -> NotRenderable {
    let (least, most) = (requiredCount + 1, positional.count + 1)
    let given = call.positional.count + 1
    let keywords = call.keywords.count { keywordOnly.contains(Substring($0.name)) }
    let expected =
      least < most
      ? "from \(least) to \(most) positional arguments"
      : "\(most) positional argument\(most == 1 ? "" : "s")"
    let others =
      keywords == 0
      ? ""
      : " positional argument\(given == 1 ? "" : "s") "
        + "(and \(keywords) keyword-only argument\(keywords == 1 ? "" : "s"))"
    return Self.refusal(function, "takes \(expected) but \(given)\(others) were given")
  }

  private static func enumeration(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + (names.count > 2 ? ", and " : " and ") + last
  }

  private static func refusal(_ function: String, _ what: String) -> NotRenderable {
    NotRenderable(raising: "TypeError", "\(function)() \(what)")
  }
}
