// Whether a role may run what a downgrade does (manual 5.7 and the pages of ALTER and DROP).

import DatabaseFacts

/// What several checks ask about the rights of one role. Each name has the number of its check.
struct RightsQuery {
  static let limit = 200

  private let requests: [RightsRequest?]

  /// - Parameter requests: all about the same role; nil where a check does not ask.
  init(_ requests: [RightsRequest?]) { self.requests = requests }

  /// A row for the role, and one for each right that it lacks; no question if nobody asks.
  var questions: [Segment] {
    let asking = requests.enumerated().compactMap { number, request in
      request.map { (number: number, request: $0) }
    }
    guard let first = asking.first else { return [] }
    func arrays(_ names: (RightsRequest) -> [TableName]) -> [String] {
      let all = asking.flatMap { check in names(check.request).map { (check.number, $0) } }
      return [all.map { String($0.0) }, all.map(\.1.schema), all.map(\.1.name)].map(arrayLiteral)
    }
    let schemas = asking.flatMap { check in check.request.schemas.map { (check.number, $0) } }
    let parameters =
      [first.request.role.map { arrayLiteral([$0]) } ?? "{}"]
      + [
        asking.map { String($0.number) }, asking.map(\.request.versionTable.quoted),
        schemas.map { String($0.0) }, schemas.map(\.1),
      ].map(arrayLiteral)
      + arrays(\.relations) + arrays(\.types) + arrays(\.routines) + arrays(\.written)
      + arrays { $0.demands.map(\.name) }
      + [
        asking.flatMap(\.request.demands).map(\.kind.rawValue),
        asking.map { String($0.request.longestIdentifier) },
      ].map(arrayLiteral)
    return [Segment(LiveDatabase.again, (Self.text, parameters), limit: Self.limit)]
  }

  /// The facts for each check that asks.
  func facts(_ answers: ArraySlice<Answer>) -> [Known<RightsFacts>?] {
    requests.enumerated().map { number, request in
      request.map { _ in facts(answers.first, of: number) }
    }
  }

  private func facts(_ answer: Answer?, of check: Int) -> Known<RightsFacts> {
    switch answer {
    case nil: return .unknown("its own rights were not asked for")
    case .failure(let failure)?: return .unknown(words(for: failure, "its own rights"))
    case .success(let rows)?:
      guard let first = rows.first, first.count == 5, first[1] == "role", let role = first[2] else {
        return .unknown("the server has no such role")
      }
      let missing = rows.prefix(Self.limit).filter { $0.last == String(check) }
      return .known(
        RightsFacts(
          role: role,
          missing: missing.filter { $0[0] != "9" && $0[0] != "8" }.compactMap(Self.sentence),
          versionObstacles: missing.filter { $0[0] == "9" }.compactMap { row in
            row[1].flatMap { kind in row[2].map { "\(kind) \($0)" } }
          }, absentRoles: missing.filter { $0[0] == "8" }.compactMap { $0[2] }))
    }
  }

  private static func sentence(_ row: [String?]) -> String? {
    guard row.count == 5, let kind = row[1], let name = row[2], let owner = row[3] else {
      return nil
    }
    return switch kind {
    case "schema": "schema \(name) of \(owner) does not let it create anything"
    case "rows": "table \(name) of \(owner) does not let it change rows"
    case "hidden": "row-level security of table \(name) may hide rows from it"
    case "usage": "schema \(name) of \(owner) does not let it use anything"
    case "owned": "schema \(name) belongs to \(owner)"
    case "call": "function \(name) of \(owner) does not let it call it"
    case "refer": "table \(name) of \(owner) does not let it refer to its rows"
    case "use": "type \(name) of \(owner) does not let it use it"
    case "member": "it is no member of role \(name)"
    case "language": "language \(name) is for superusers, or of \(owner)"
    case "extension": "extension \(name) is for superusers, or for who may create in the database"
    case "triggers": "table \(name) has triggers of the system, which only a superuser switches"
    case "setting": "it begins with \(name)"
    default: "\(kind) \(name) belongs to \(owner)"
    }
  }
}
