// Which operator or function is meant, as PostgreSQL chooses (manual 10.2 and 10.3; parse_oper.c, parse_func.c).

import PostgresSyntax

/// What PostgreSQL refuses about the types of an expression.
struct TypeProblem: Error, Hashable {
  var sqlState: String
  var words: String
  /// Whether a usual extension has an operator of this name for such operands, which may be there unseen.
  var mayBeExtended = false
  /// A later version may have another function of the name.
  var isOfFunction = false
  /// What there is not, for a name that leads to nothing.
  var missing: ObjectKind?

  static func missing(_ kind: ObjectKind, _ name: String) -> TypeProblem {
    TypeProblem(sqlState: kind == .column ? "42703" : "42P01", words: name, missing: kind)
  }
}

/// One operator or function that the operands could be meant for.
struct Candidate {
  /// One for each operand.
  var arguments: [ValueType]
  var result: ValueType
}

enum Candidates {
  enum Choice {
    case one(Candidate)
    case none
    case several
  }

  /// - Parameters:
  ///   - candidates: those of the name; with another number of operands they are none.
  ///   - inputs: the types of the operands.
  static func choose(among candidates: [Candidate], for inputs: [ValueType]) -> Choice {
    if let exact = candidates.first(where: { $0.arguments == inputs }) { return .one(exact) }
    let fitting = candidates.filter {
      $0.arguments.count == inputs.count && takes($0.arguments, inputs)
    }
    if fitting.count <= 1 { return fitting.first.map(Choice.one) ?? .none }
    return select(among: fitting, for: inputs).map(Choice.one) ?? .several
  }

  /// Whether each operand becomes what is declared by itself (`can_coerce_type`).
  static func takes(_ declared: [ValueType], _ inputs: [ValueType]) -> Bool {
    var isPolymorphic = false
    for (target, input) in zip(declared, inputs) {
      if target == input || target.isAny { continue }
      if target.polymorphism != nil {
        isPolymorphic = true
        continue
      }
      if input == .unknown { continue }
      guard TypeCatalog.shared.context(from: input, to: target) == .implicit else { return false }
    }
    return !isPolymorphic || Polymorphism.isConsistent(declared, inputs)
  }

  /// `func_select_candidate`
  private static func select(
    among candidates: [Candidate], for inputs: [ValueType]
  ) -> Candidate? {
    let known = inputs.indices.filter { inputs[$0] != .unknown }
    var left = best(candidates) { candidate in
      known.count { candidate.arguments[$0] == inputs[$0] }
    }
    if left.count == 1 { return left[0] }
    left = best(left) { candidate in
      known.count { place in
        let type = candidate.arguments[place]
        return type == inputs[place]
          || type.category == inputs[place].category && type.isPreferred
      }
    }
    if left.count == 1 { return left[0] }
    let open = inputs.indices.filter { inputs[$0] == .unknown }
    if open.isEmpty { return nil }
    if let resolved = resolve(left, open) {
      if resolved.count == 1 { return resolved[0] }
      if !resolved.isEmpty { left = resolved }
    }
    // Where all that is known is of one type, so may be the rest.
    guard let first = known.first, known.allSatisfy({ inputs[$0] == inputs[first] }) else {
      return nil
    }
    let assumed = Array(repeating: inputs[first], count: inputs.count)
    let fitting = left.filter { takes($0.arguments, assumed) }
    return fitting.count == 1 ? fitting[0] : nil
  }

  private static func best(
    _ candidates: [Candidate], _ score: (Candidate) -> Int
  ) -> [Candidate] {
    let scores = candidates.map(score)
    let most = scores.max() ?? 0
    return zip(candidates, scores).filter { $0.1 == most }.map(\.0)
  }

  /// Those of the category that strings without a type are taken for; nil where that cannot be told.
  private static func resolve(_ candidates: [Candidate], _ open: [Int]) -> [Candidate]? {
    let string = UInt8(ascii: "S")
    var wanted: [(place: Int, category: UInt8, isPreferred: Bool)] = []
    for place in open {
      let types = candidates.map { $0.arguments[place] }
      let categories = Set(types.map(\.category))
      guard let category = categories.contains(string) ? string : categories.first,
        category == string || categories.count == 1
      else { return nil }
      let isPreferred = types.contains { $0.category == category && $0.isPreferred }
      wanted.append((place, category, isPreferred))
    }
    return candidates.filter { candidate in
      wanted.allSatisfy { place, category, isPreferred in
        let type = candidate.arguments[place]
        return type.category == category && (!isPreferred || type.isPreferred)
      }
    }
  }
}
