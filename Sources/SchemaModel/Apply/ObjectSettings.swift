// ALTER of what is known by its name: what it changes one by one.

import HashTreeCollections
import PostgresSyntax

/// The tokens that the configurations of `pg_catalog` map (`pg_ts_config_map`): those of words to the stemmer of the
/// language, of words in ASCII letters to one of their own, and all others to `simple`.
private let wordTokens = ["hword", "hword_part", "word"]
private let asciiTokens = ["asciihword", "asciiword", "hword_asciipart"]
private let otherTokens = [
  "email", "file", "float", "host", "hword_numpart", "int", "numhword", "numword", "sfloat", "uint",
  "url", "url_path", "version",
]

private let parametersOfTemplates: [String: Set<String>] = [
  "simple": ["stopwords", "accept"], "snowball": ["language", "stopwords"],
  "synonym": ["synonyms", "casesensitive"], "ispell": ["dictfile", "afffile", "stopwords"],
  "thesaurus": ["dictfile", "dictionary"],
]

/// Languages whose files of stop words come with PostgreSQL.
private let stopWords: Set<String> = [
  "danish", "dutch", "english", "finnish", "french", "german", "hungarian", "italian", "nepali",
  "norwegian", "portuguese", "russian", "spanish", "swedish", "turkish",
]

extension Replay {
  mutating func alterObject(_ statement: AlterObject) throws(Refused) {
    let key = otherKey(statement.object)
    guard var object = catalog.others[key] else {
      for part in statement.parts { _ = try keys(ofPart: part) }
      if !statement.object.isBuiltin { try missing(key) }
      doubt(.schema, .notCompared(key.kind, key.name))
      return effect(.otherChanged(key))
    }
    for part in statement.parts { object.uses += try keys(ofPart: part) }
    if let settings = statement.settings {
      for setting in settings { try put(setting, in: &object, key) }
    } else {
      object.changes.append(statement.change)
    }
    catalog.others[key] = object
    effect(.otherChanged(key))
  }

  private mutating func put(
    _ setting: AlterObject.Setting, in object: inout OtherObject, _ key: ObjectKey
  ) throws(Refused) {
    let isThere = object.options[setting.name] != nil
    switch setting.action {
    case .add where isThere:
      // Of mappings only the index of the catalog tells.
      try fail(
        key.kind == .textSearchConfiguration ? "23505" : "42710",
        .invalidDefinition("\(setting.name) is there already"), ifCertain: isSettled(object))
    case .set where !isThere, .drop where !isThere:
      try fail(
        "42704", .invalidDefinition("there is no \(setting.name)"), ifCertain: isSettled(object))
    default: break
    }
    if key.kind == .textSearchDictionary {
      fileMayBeMissing(setting.name, setting.value)
      try requireParameter(setting.name, ofDictionary: object.definition ?? "")
    }
    if key.kind == .textSearchConfiguration { try requireToken(setting.name, of: object) }
    object.options[setting.name] = setting.value
  }

  /// What a new object has of what ALTER changes.
  mutating func initialOptions(of statement: CreateObject) throws(Refused) -> [String: String] {
    switch statement.object.kind {
    case .textSearchConfiguration:
      guard let source = statement.parts.first(where: { $0.kind == .textSearchConfiguration })
      else { return [:] }
      return catalog.others[otherKey(source)]?.options ?? standardMappings(of: source.name.name)
    case .textSearchDictionary:
      for (name, value) in statement.options.sorted(by: { $0.key < $1.key }) {
        fileMayBeMissing(name, value)
        try requireParameter(name, ofDictionary: statement.definition)
      }
      return statement.options
    default: return statement.options
    }
  }

  /// Refuses a parameter that a template of PostgreSQL's own does not have (manual 12.6).
  private mutating func requireParameter(
    _ name: String, ofDictionary definition: String
  ) throws(Refused) {
    guard
      let template = parametersOfTemplates.first(where: {
        definition == "template='\($0.key)'" || definition == "template='pg_catalog.\($0.key)'"
      }), !template.value.contains(name.lowercased())
    else { return }
    try fail("22023", .invalidDefinition("parameter \(name) of a \(template.key) dictionary"))
  }

  /// Refuses a token that the parser of PostgreSQL itself does not have (manual 12.5).
  private mutating func requireToken(_ setting: String, of object: OtherObject) throws(Refused) {
    let token = setting.replacing("mapping for ", with: "")
    let known = wordTokens + asciiTokens + otherTokens + ["blank", "entity", "protocol", "tag"]
    guard !known.contains(token) else { return }
    let hasOwnParser = object.uses.contains { $0.kind == .textSearchParser }
    try fail(
      "22023", .invalidDefinition("token type \(token)"),
      ifCertain: isSettled(object) && !hasOwnParser)
  }

  private func standardMappings(of configuration: String) -> [String: String] {
    guard snowballLanguages.contains(configuration) || configuration == "simple" else { return [:] }
    let words = configuration == "simple" ? "simple" : configuration + "_stem"
    let isOfEnglishWords = configuration == "russian" || configuration == "hindi"
    var mappings: [String: String] = [:]
    for token in wordTokens { mappings["mapping for " + token] = words }
    for token in asciiTokens {
      mappings["mapping for " + token] = isOfEnglishWords ? "english_stem" : words
    }
    for token in otherTokens { mappings["mapping for " + token] = "simple" }
    return mappings
  }

  /// A dictionary reads files of the server.
  private mutating func fileMayBeMissing(_ option: String, _ value: String?) {
    guard ["stopwords", "dictfile", "afffile", "synonyms"].contains(option.lowercased()), let value,
      option.lowercased() != "stopwords" || !stopWords.contains(value)
    else { return }
    mayFail("F0000", .invalidDefinition("the server has no file \(value) for text search"))
  }
}
