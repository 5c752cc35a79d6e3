// What stands against an outcome: the statement is understood, but not all that it touches is followed.

package import PostgresSyntax

/// A reason why an answer that rests on an outcome is not proved.
package struct Doubt: Sendable, Hashable {
  package var answers: Answers
  package var reason: Reason

  /// The answers that the doubt is about.
  package struct Answers: OptionSet, Sendable, Hashable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    package static let executes = Answers(rawValue: 1)
    package static let data = Answers(rawValue: 2)
    package static let schema = Answers(rawValue: 4)
    package static let all: Answers = [.executes, .data, .schema]
  }

  package enum Reason: Sendable, Hashable {
    /// IF EXISTS forgives that it is not there, but databases may have it all the same.
    case mayBeThere(ObjectKind, QualifiedName)
    /// IF NOT EXISTS or OR REPLACE lets a statement pass where the object is there already: then the way
    /// back takes away, or leaves in another form, what was there before.
    case mayHaveBeenThere(ObjectKind, QualifiedName)
    /// A change of an object that the comparison of catalogs does not look at.
    case notCompared(ObjectKind, QualifiedName)
    /// The object's definition was read again while a column had a type that leaves casts in it. They stay once the
    /// column has another type again, unless the object is made anew.
    case rereadAs(DataType, of: ColumnReferent, ObjectKind, QualifiedName)
    /// What an object was before is not known, nor whether the way back makes it that again.
    case former(ObjectKind, QualifiedName)
    /// Privileges that went with the object, or that are not followed one by one.
    case privileges(QualifiedName)
    /// A setting that changes what statements mean, or whether they may run.
    case setting(String)
    /// The values of a composite type's attribute, in the columns that have the type.
    case attributes(QualifiedName)
    /// What some of the drivers that may be at work do not take, and which.
    case refusedByDriver(DriverRefusal, String)
    /// A bare string given to a connection: SQLAlchemy 2 refuses it, 1.4 takes it.
    case bareText
    /// A label of an enum that another label had before in the same step.
    case label(QualifiedName, String)
    /// Made and taken away again by one step: nothing tells that its definition is valid.
    case transient(String)
    /// A role, which belongs to all databases of a server: what is in the others is not known.
    case ofCluster(ObjectKind, QualifiedName)
    /// A query of which not all types are followed: PostgreSQL may refuse it.
    case unprovedQuery
  }

  package init(_ answers: Answers, _ reason: Reason) {
    self.answers = answers
    self.reason = reason
  }
}
