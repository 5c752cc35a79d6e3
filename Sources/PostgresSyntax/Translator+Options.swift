// The `name value` pairs (DefElem) of the grammar, and the options of sequences.

internal import CPGQuery

/// One DefElem.
@safe struct DefinitionElement {
  var name: String
  var argument: CNode?
}

extension Translator {
  func definitionElements(_ nodes: [CNode]) -> [DefinitionElement] {
    unsafe nodes.map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_DEF_ELEM,
        let element = unsafe node.pointee.def_elem
      else { return unsafe misunderstood(DefinitionElement(name: "", argument: nil)) }
      let namespace = unsafe optionalText(element.pointee.defnamespace).map { $0 + "." } ?? ""
      return unsafe DefinitionElement(
        name: namespace + text(element.pointee.defname), argument: element.pointee.arg)
    }
  }

  func definitionElements(_ count: Int, _ list: CNodeList?) -> [DefinitionElement] {
    unsafe definitionElements(nodes(count, list))
  }

  func options(_ count: Int, _ list: CNodeList?) -> [Option] {
    unsafe options(nodes(count, list))
  }

  func options(_ nodes: [CNode]) -> [Option] {
    unsafe definitionElements(nodes).map { element in
      unsafe Option(name: element.name, value: optionText(element.argument))
    }
  }

  /// The value of an option as text; nil if there is none.
  func optionText(_ node: CNode?) -> String? {
    guard let node = unsafe node else { return nil }
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_STRING, PG_QUERY__NODE__NODE_INTEGER, PG_QUERY__NODE__NODE_FLOAT,
      PG_QUERY__NODE__NODE_BOOLEAN, PG_QUERY__NODE__NODE_A_CONST:
      return unsafe constant(node)?.plainText
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      return unsafe typeName(node.pointee.type_name).description
    case PG_QUERY__NODE__NODE_LIST:
      return unsafe elements(node).compactMap { unsafe optionText($0) }.joined(separator: ".")
    case PG_QUERY__NODE__NODE_A_STAR:
      return "*"
    default:
      return misunderstood(nil)
    }
  }

  /// Whether a Boolean option is on; an option without a value is (`defGetBoolean` in define.c).
  func isOn(_ node: CNode?) -> Bool {
    guard let value = unsafe optionText(node) else { return true }
    return !["false", "off", "0", "no"].contains(value.lowercased())
  }

  func integer(_ node: CNode?) -> Int64 {
    guard case .integer(let value) = unsafe constant(node) else { return misunderstood(0) }
    return value
  }

  func sequenceOptions(_ nodes: [CNode]) -> SequenceOptions {
    var options = SequenceOptions()
    let elements = unsafe definitionElements(nodes)
    for element in elements { read(element, into: &options) }
    refuseTwice(elements.map(\.name), in: "a sequence", "42601")
    if let type = options.type, type.isBuiltin, !["int2", "int4", "int8"].contains(type.name) {
      refuse("22023", "a sequence of \(type.description)")
    }
    return options
  }

  private func read(_ element: DefinitionElement, into options: inout SequenceOptions) {
    let argument = unsafe element.argument
    switch element.name {
    case "as":
      guard let node = unsafe argument,
        unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_TYPE_NAME
      else { return misunderstood(()) }
      options.type = unsafe typeName(node.pointee.type_name)
    case "increment": options.increment = unsafe integer(argument)
    case "minvalue": options.minValue = unsafe bound(argument)
    case "maxvalue": options.maxValue = unsafe bound(argument)
    case "start": options.start = unsafe integer(argument)
    case "restart":
      options.restart = unsafe argument == nil ? .atStart : .at(unsafe integer(argument))
    case "cache": options.cache = unsafe integer(argument)
    case "cycle": options.cycles = unsafe isOn(argument)
    case "owned_by": options.ownedBy = unsafe sequenceOwner(argument)
    case "generated": break
    default: misunderstood(())
    }
  }

  private func bound(_ argument: CNode?) -> SequenceOptions.Bound {
    unsafe argument == nil ? .none : .value(unsafe integer(argument))
  }

  private func sequenceOwner(_ argument: CNode?) -> SequenceOptions.Owner {
    let parts = unsafe strings(elements(argument))
    guard let column = parts.last else { return misunderstood(.none) }
    if parts == ["none"] { return .none }
    return .column(table: qualifiedName(Array(parts.dropLast())), column: column)
  }
}

extension SQLConstant {
  /// The value without quotes; nil for NULL.
  var plainText: String? {
    switch self {
    case .null: nil
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let text), .string(let text), .bits(let text): text
    }
  }
}
