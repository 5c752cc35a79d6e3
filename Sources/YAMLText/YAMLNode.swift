// A YAML text into its values, by libyaml; the only importer of CYAML.

internal import CYAML

/// A value of a YAML text (YAML 1.1, as libyaml reads it).
package indirect enum YAMLNode: Sendable {
  /// A word or text.
  case scalar(String, isQuoted: Bool)
  case sequence([YAMLNode])
  /// In the order of the text.
  case mapping([(key: String, value: YAMLNode)])

  package var string: String? {
    if case .scalar(let text, _) = self { text } else { nil }
  }

  package var sequence: [YAMLNode]? {
    if case .sequence(let nodes) = self { nodes } else { nil }
  }

  package var mapping: [(key: String, value: YAMLNode)]? {
    if case .mapping(let entries) = self { entries } else { nil }
  }

  /// The words of YAML 1.1, unquoted.
  package var bool: Bool? {
    guard case .scalar(let text, isQuoted: false) = self else { return nil }
    return switch text.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  package subscript(key: String) -> YAMLNode? {
    mapping?.first { $0.key == key }?.value
  }

  /// Nil for what is no YAML, holds no value or several documents, nests deeper than `maximumDepth`, has an alias
  /// (whose aliases may come to more than can be looked through), a key that is no text, or one twice.
  package init?(parsing text: String) {
    guard let node = YAMLReader.read(text) else { return nil }
    self = node
  }

  package static let maximumDepth = 32
}

@safe private struct YAMLReader {
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  static func read(_ text: String) -> YAMLNode? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { unsafe parser.deallocate() }
    guard unsafe yaml_parser_initialize(parser) == 1 else { return nil }
    defer { unsafe yaml_parser_delete(parser) }
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return nil }
      unsafe yaml_parser_set_input_string(parser, start, bytes.count)
      return unsafe YAMLReader(parser: parser).document()
    }
  }

  private enum Event {
    case documentStart
    case scalar(String, isQuoted: Bool)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    case streamEnd, other
  }

  /// Nil for an error of the text.
  private func next() -> Event? {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { return nil }
    defer { unsafe yaml_event_delete(&event) }
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_SEQUENCE_START_EVENT: return .sequenceStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT: return .mappingStart
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_SCALAR_EVENT:
      let bytes = unsafe UnsafeBufferPointer(
        start: event.data.scalar.value, count: event.data.scalar.length)
      return unsafe .scalar(
        String(decoding: bytes, as: UTF8.self),
        isQuoted: event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
    default: return .other
    }
  }

  private func document() -> YAMLNode? {
    guard case .other? = next(), case .documentStart? = next(), let first = next(),
      let node = node(beginning: first, depth: 0),
      case .other? = next(), case .streamEnd? = next()
    else { return nil }
    return node
  }

  private func node(beginning event: Event, depth: Int) -> YAMLNode? {
    guard depth < YAMLNode.maximumDepth else { return nil }
    switch event {
    case .scalar(let text, let isQuoted): return .scalar(text, isQuoted: isQuoted)
    case .sequenceStart: return sequence(depth)
    case .mappingStart: return mapping(depth)
    default: return nil
    }
  }

  private func sequence(_ depth: Int) -> YAMLNode? {
    var nodes: [YAMLNode] = []
    while let event = next() {
      if case .sequenceEnd = event { return .sequence(nodes) }
      guard let node = node(beginning: event, depth: depth + 1) else { return nil }
      nodes.append(node)
    }
    return nil
  }

  private func mapping(_ depth: Int) -> YAMLNode? {
    var entries: [(key: String, value: YAMLNode)] = []
    var keys: Set<String> = []
    while let event = next() {
      if case .mappingEnd = event { return .mapping(entries) }
      guard case .scalar(let key, _) = event, keys.insert(key).inserted, let first = next(),
        let value = node(beginning: first, depth: depth + 1)
      else { return nil }
      entries.append((key, value))
    }
    return nil
  }
}
