// A difference between two catalogs in one line.

import PostgresSyntax

extension SchemaDifference {
  /// The difference in one line: `column users.note is missing`.
  package var line: String {
    switch kind {
    case .missing: "\(subject) is missing"
    case .extra: "\(subject) is left behind"
    case .changed(let aspect, let from, let to): changed(aspect, from, to)
    }
  }

  private var subject: String {
    let name =
      object.detail.hasSuffix(")") && object.owner == nil ? object.detail : displayed(object.name)
    guard let owner = object.owner else { return "\(object.kind.rawValue) \(name)" }
    switch object.kind {
    case .column: return "column \(displayed(owner)).\(name)"
    default: return "\(object.kind.rawValue) \(name) on \(displayed(owner))"
    }
  }

  private func changed(_ aspect: Aspect, _ from: String?, _ to: String?) -> String {
    switch aspect {
    case .object: return "\(subject) is another one, which had another name before"
    case .definition where from == nil && to == nil:
      return "\(subject) has another definition"
    case .definition: return "\(subject) has another definition"
    case .privileges where from == nil && to == nil: return "\(subject) has other privileges"
    case .nullability:
      return "\(subject) is \(to ?? "of unknown nullability"), was \(from ?? "not known")"
    case .labels: return "\(subject) has the labels \(to ?? ""), had \(from ?? "")"
    case .columnOrder: return "\(subject) has its columns in another order"
    case .comment:
      return to == nil ? "\(subject) has lost its comment" : "\(subject) has another comment"
    case .default:
      return "\(subject) has \(to.map { "the default \($0)" } ?? "no default"), "
        + "had \(from ?? (isUncertain ? "one that is not known" : "none"))"
    default:
      return "\(subject) has the \(aspect.rawValue) \(to ?? "none"), had \(from ?? "none")"
    }
  }
}
