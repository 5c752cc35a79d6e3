// The statements that create or change objects other than tables and indexes, as values.

/// DROP of every kind of object but `DROP OWNED`.
package struct Drop: Hashable, Sendable {
  package var kind: ObjectKind
  package var objects: [ObjectReference]
  package var ifExists = false
  package var cascade = false
  /// Of an index.
  package var concurrently = false
}

/// `ALTER … RENAME …` of every kind of object.
package struct Rename: Hashable, Sendable {
  package var object: ObjectReference
  package var newName: String
  package var ifExists = false
  /// `ONLY`: descendants are not changed.
  package var only = false
}

package struct SetSchema: Hashable, Sendable {
  package var object: ObjectReference
  package var newSchema: String
  package var ifExists = false
}

package struct SetOwner: Hashable, Sendable {
  package var object: ObjectReference
  package var owner: String
}

package struct CreateType: Hashable, Sendable {
  package var name: QualifiedName
  package var definition: Definition

  package enum Definition: Hashable, Sendable {
    case enumeration([String])
    case composite([ColumnDefinition])
    case range([Option])
    case base([Option])
    /// `CREATE TYPE name;`
    case shell
  }
}

package struct AlterEnum: Hashable, Sendable {
  package var name: QualifiedName
  package var change: Change

  package enum Change: Hashable, Sendable {
    case addValue(String, ifNotExists: Bool, Position)
    case renameValue(String, to: String)
  }

  package enum Position: Hashable, Sendable {
    case last
    case before(String)
    case after(String)
  }
}

package struct CreateDomain: Hashable, Sendable {
  package var name: QualifiedName
  package var type: TypeName
  package var isNotNull = false
  package var `default`: SQLExpression?
  package var collation: QualifiedName?
  package var constraints: [TableConstraint] = []
}

package struct AlterDomain: Hashable, Sendable {
  package var name: QualifiedName
  package var command: Command

  package enum Command: Hashable, Sendable {
    case setDefault(SQLExpression)
    case dropDefault
    case setNotNull
    case dropNotNull
    case addConstraint(TableConstraint)
    case dropConstraint(String, ifExists: Bool, cascade: Bool)
    case validateConstraint(String)
  }
}

package struct CreateSequence: Hashable, Sendable {
  package var name: QualifiedName
  package var persistence = Persistence.permanent
  package var ifNotExists = false
  package var options: SequenceOptions
}

package struct AlterSequence: Hashable, Sendable {
  package var name: QualifiedName
  package var ifExists = false
  package var options: SequenceOptions
}

package struct CreateView: Hashable, Sendable {
  package var name: QualifiedName
  package var orReplace = false
  package var persistence = Persistence.permanent
  /// The names given in parentheses after the view's name.
  package var columnNames: [String] = []
  package var query: Query
  package var options: [Option] = []
}

package struct RefreshMaterializedView: Hashable, Sendable {
  package var name: QualifiedName
  package var concurrently = false
  package var withData = true
}

package struct CreateFunction: Hashable, Sendable {
  package var name: QualifiedName
  package var isProcedure = false
  package var orReplace = false
  package var parameters: [FunctionParameter] = []
  /// Nil for a procedure, and for a function whose result comes from OUT parameters.
  package var returns: TypeName?
  package var returnsSet = false
  /// In lower case; `sql` for a body in BEGIN ATOMIC or RETURN form.
  package var language: String?
  /// The string after AS (for C functions the object file); nil for a BEGIN ATOMIC or RETURN body.
  package var body: String?
  /// The expression of a body in RETURN form.
  package var returned: SQLExpression?
  package var volatility: Volatility?
  package var isStrict: Bool?
  package var isSecurityDefiner: Bool?
  /// The whole statement as normalised text without OR REPLACE: equal for equal definitions, also
  /// in what has no field here (COST, SET, a BEGIN ATOMIC body, …).
  package var definition = ""

  /// Volatility, SECURITY, COST, SET and their like, where they are not what they are by default.
  package var attributes: [String: String] = [:]

  package enum Volatility: String, Hashable, Sendable {
    case immutable
    case stable
    case volatile
  }

  package init(name: QualifiedName) {
    self.name = name
  }
}

package struct FunctionParameter: Hashable, Sendable {
  package var name: String?
  package var type: TypeName
  package var mode: Mode
  package var `default`: SQLExpression?

  package enum Mode: String, Hashable, Sendable {
    case input = "in"
    case output = "out"
    case inputOutput = "inout"
    case variadic
    /// A column of RETURNS TABLE.
    case table
  }
}

package struct CreateTrigger: Hashable, Sendable {
  package var name: String
  package var table: QualifiedName
  package var orReplace = false
  package var isConstraint = false
  package var timing: Timing
  package var events: Set<Event>
  /// `UPDATE OF columns`.
  package var updateColumns: [String] = []
  package var forEachRow = false
  package var isDeferrable = false
  package var isInitiallyDeferred = false
  /// `FROM table` of a constraint trigger.
  package var referencedTable: QualifiedName?
  /// The names after `REFERENCING OLD TABLE AS` and `NEW TABLE AS`.
  package var oldTable: String?
  package var newTable: String?
  package var condition: SQLExpression?
  package var function: QualifiedName
  package var arguments: [String] = []

  package enum Timing: String, Hashable, Sendable {
    case before
    case after
    case insteadOf = "instead of"
  }

  package enum Event: String, Hashable, Sendable, CaseIterable {
    case insert
    case delete
    case update
    case truncate
  }
}

package struct CreateExtension: Hashable, Sendable {
  package var name: String
  package var ifNotExists = false
  package var schema: String?
  package var version: String?
  package var cascade = false
}

package struct CreateSchema: Hashable, Sendable {
  /// Nil for `CREATE SCHEMA AUTHORIZATION owner`, which takes the owner's name.
  package var name: String?
  package var owner: String?
  package var ifNotExists = false
  /// The statements inside, in order.
  package var elements: [Statement] = []
}

package struct Comment: Hashable, Sendable {
  package var object: ObjectReference
  /// Nil removes the comment.
  package var text: String?
}

/// GRANT and REVOKE on objects.
package struct Grant: Hashable, Sendable {
  /// GRANT, else REVOKE.
  package var isGrant: Bool
  package var kind: ObjectKind
  package var objects: [ObjectReference]
  /// `ALL TABLES IN SCHEMA`: the objects are schemas.
  package var allInSchema = false
  /// Empty for ALL; `select (column)` for each column that a privilege is limited to.
  package var privileges: [String] = []
  /// `WITH GRANT OPTION`, or `GRANT OPTION FOR`, which takes nothing but that.
  package var hasGrantOption = false
  package var grantees: [String] = []
  package var cascade = false
}

package struct Policy: Hashable, Sendable {
  package var name: String
  package var table: QualifiedName
  /// `all`, `select`, `insert`, `update` or `delete`; nil in ALTER POLICY.
  package var command: String?
  package var isPermissive = true
  package var roles: [String] = []
  package var using: SQLExpression?
  package var check: SQLExpression?
}

package struct CreateRule: Hashable, Sendable {
  package var name: String
  package var table: QualifiedName
  package var orReplace = false
  /// `select`, `insert`, `update` or `delete`.
  package var event: String
  package var isInstead = false
  package var condition: SQLExpression?
  /// Empty for NOTHING.
  package var actions: [Statement] = []
}

package struct CreateStatistics: Hashable, Sendable {
  package var name: QualifiedName?
  package var ifNotExists = false
  package var kinds: [String] = []
  package var elements: [IndexElement] = []
  package var relations: [QualifiedName] = []
}

/// CREATE PUBLICATION and ALTER PUBLICATION.
package struct Publication: Hashable, Sendable {
  package var name: String
  package var change: Change
  package var tables: [QualifiedName] = []
  /// `TABLES IN SCHEMA`.
  package var schemas: [String] = []
  package var allTables = false
  /// The columns that a table's list or condition names.
  package var columns: [ColumnUse] = []
  /// The conditions on the rows of tables.
  package var conditions: [RowFilter] = []
  /// Whether UPDATE and DELETE are published; nil where the statement does not say.
  package var publishesChanges: Bool?
  /// The list of columns and the condition of a table, as text.
  package var details: [QualifiedName: String] = [:]
  package var options: [Option] = []

  package struct ColumnUse: Hashable, Sendable {
    package var table: QualifiedName
    package var column: String
  }

  package struct RowFilter: Hashable, Sendable {
    package var table: QualifiedName
    package var condition: SQLExpression
  }

  package enum Change: String, Hashable, Sendable {
    case create
    case add
    case set
    case drop
    /// `ALTER PUBLICATION … SET (options)`.
    case options
  }
}

/// CREATE of what is known by its name and compared by its definition: collations, operators, operator classes and
/// families, aggregates, casts, text search objects, foreign-data wrappers, servers, user mappings, roles.
package struct CreateObject: Hashable, Sendable {
  package var object: ObjectReference
  package var ifNotExists = false
  package var orReplace = false
  /// Text that is equal for equal definitions, without the object's own name.
  package var definition: String
  /// The objects that it is made of, which it cannot be without.
  package var parts: [ObjectReference] = []
  /// The types that it is made of, beside those in its own name.
  package var types: [TypeName] = []
  /// The operators that an operator names as its commutator and its negator.
  package var counterparts: [ObjectReference] = []
  /// Whether an operator class is the one of its type.
  package var isDefault = false
  /// What ALTER can change one by one, where it is not what it is by default.
  package var options: [String: String] = [:]
  /// Of an aggregate.
  package var transition: Transition?
  /// Of a transform.
  package var language: String?
  /// A subscription asks the publisher, and makes a slot there.
  package var connects = false
  package var makesSlot = false
  /// The roles that a new role is a member of, and its members.
  package var memberships: [RoleMembership] = []
}

/// What an aggregate does with each row.
package struct Transition: Hashable, Sendable {
  package var function: QualifiedName
  package var type: TypeName
  package var initialValue: String?
  /// Whether its arguments are not those of the aggregate one by one.
  package var isOrdered = false
}

/// ALTER of such an object.
package struct AlterObject: Hashable, Sendable {
  package var object: ObjectReference
  package var ifExists = false
  /// Normalised text of the statement.
  package var change: String
  package var parts: [ObjectReference] = []
  /// Nil for a change that is not followed.
  package var settings: [Setting]?

  package struct Setting: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
      /// Whatever it was before; without a value it is what it is by default.
      case put
      /// It must not be there before.
      case add
      /// It has to be there before.
      case set
      case drop
    }
    package var name: String
    package var value: String?
    package var action = Action.put
  }
}

/// ALTER FUNCTION, PROCEDURE or ROUTINE with volatility, settings and the like.
package struct AlterFunction: Hashable, Sendable {
  package var object: ObjectReference
  /// In the order of the text.
  package var changes: [Change] = []

  package struct Change: Hashable, Sendable {
    /// `volatility`, `security`, …; `set name` for a setting, `set *` for RESET ALL.
    package var attribute: String
    /// Nil where it becomes what it is by default.
    package var value: String?

    package init(_ attribute: String, _ value: String?) {
      self.attribute = attribute
      self.value = value
    }
  }
}

/// ALTER DEFAULT PRIVILEGES.
package struct DefaultPrivileges: Hashable, Sendable {
  /// Of the objects that these roles make; empty for the role that runs the statement.
  package var roles: [String] = []
  /// Empty for all schemas.
  package var schemas: [String] = []
  /// Without objects.
  package var grant: Grant
}
