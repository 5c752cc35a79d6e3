// The names of the model as those of the facts.

package import DatabaseFacts
package import PostgresSyntax

extension TableName {
  package init(_ name: QualifiedName) {
    self.init(schema: name.schema, name: name.name)
  }
}
