// What kind of node a protobuf message is and where its children are, from libpg_query's own
// descriptors: a walk over a tree that cannot overlook a kind of node.

internal import CPGQuery

/// The shape of one message type.
struct MessageShape: Sendable {
  /// The `node_case` under which a Node holds this message; nil for a type that no Node holds.
  var nodeCase: UInt32?
  /// The name of that case in pg_query.proto, such as `create_cast_stmt`.
  var name: String
  /// Whether the message is the union Node itself.
  var isNode = false
  /// The fields that hold messages; those of a union are left out.
  var children: [Child] = []

  struct Child: Sendable {
    var offset: Int
    /// Where the count of a repeated field is; nil for a single message.
    var countOffset: Int?
  }

  /// By the address of the descriptor, which is static data of libpg_query.
  private static let all: [UInt: MessageShape] = readShapes()

  static func of(_ message: UnsafeRawPointer) -> MessageShape? {
    let base = unsafe message.assumingMemoryBound(to: ProtobufCMessage.self)
    return unsafe all[UInt(bitPattern: base.pointee.descriptor)]
  }

  /// The name of a case of Node.
  static func name(ofCase nodeCase: PgQuery__Node__NodeCase) -> String {
    all.values.first { $0.nodeCase == nodeCase.rawValue }?.name ?? "node \(nodeCase.rawValue)"
  }

  private static func readShapes() -> [UInt: MessageShape] {
    var node = unsafe PgQuery__Node()
    unsafe pg_query__node__init(&node)
    guard let descriptor = unsafe node.base.descriptor else { return [:] }
    var shapes: [UInt: MessageShape] = [:]
    let cases = unsafe fields(of: descriptor)
    for index in cases.indices {
      guard let address = unsafe cases[index].descriptor else { continue }
      let message = unsafe address.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
      unsafe shapes[UInt(bitPattern: address)] = MessageShape(
        nodeCase: cases[index].id, name: String(cString: cases[index].name),
        children: children(of: message))
    }
    shapes[UInt(bitPattern: descriptor)] = MessageShape(name: "node", isNode: true)
    return shapes
  }

  private static func children(
    of descriptor: UnsafePointer<ProtobufCMessageDescriptor>
  ) -> [Child] {
    unsafe fields(of: descriptor).compactMap { field in
      let isUnion = unsafe field.flags & UInt32(PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue) != 0
      guard unsafe field.type == PROTOBUF_C_TYPE_MESSAGE, !isUnion else { return nil }
      let isRepeated = unsafe field.label == PROTOBUF_C_LABEL_REPEATED
      return unsafe Child(
        offset: Int(field.offset), countOffset: isRepeated ? Int(field.quantifier_offset) : nil)
    }
  }

  private static func fields(
    of descriptor: UnsafePointer<ProtobufCMessageDescriptor>
  ) -> UnsafeBufferPointer<ProtobufCFieldDescriptor> {
    unsafe UnsafeBufferPointer(
      start: descriptor.pointee.fields, count: Int(descriptor.pointee.n_fields))
  }
}

extension MessageShape.Child {
  /// The messages that the field holds in `message`.
  func values(in message: UnsafeRawPointer) -> [UnsafeRawPointer] {
    guard let countOffset else {
      let child = unsafe message.load(fromByteOffset: offset, as: UnsafeRawPointer?.self)
      return unsafe child.map { unsafe [$0] } ?? []
    }
    let count = unsafe message.load(fromByteOffset: countOffset, as: Int.self)
    let list = unsafe message.load(
      fromByteOffset: offset, as: UnsafePointer<UnsafeRawPointer?>?.self)
    return unsafe UnsafeBufferPointer(start: list, count: unsafe list == nil ? 0 : count)
      .compactMap { unsafe $0 }
  }
}

/// The command of a statement that has no case of its own, from the name of its node:
/// `create_cast_stmt` is CREATE CAST.
func commandTag(_ node: CNode?) -> String {
  guard let node = unsafe node else { return "EMPTY" }
  let name = unsafe MessageShape.name(ofCase: node.pointee.node_case)
  let words = name.split(separator: "_").filter { $0 != "stmt" }.map { $0.uppercased() }
  return words.joined(separator: " ")
}
