import PostgresSyntax
import SchemaModel
import Testing

/// The names that PostgreSQL gives; the expected values were read from a server.
@Suite struct GeneratedNames {
  @Test func ofConstraintsAndIndexes() throws {
    var history = History()
    history.run(
      """
      CREATE TABLE parent (id serial PRIMARY KEY);
      CREATE TABLE t (
        id bigserial PRIMARY KEY, a int UNIQUE, b int REFERENCES parent, c int CHECK (c > 0),
        d int CHECK (d > c), e int, EXCLUDE USING btree (e WITH =), UNIQUE (a, b),
        FOREIGN KEY (b, e) REFERENCES parent2 (x, y));
      """.replacing(",\n  FOREIGN KEY (b, e) REFERENCES parent2 (x, y)", with: ""))
    history.run(
      "CREATE INDEX ON t (lower(a::text), b); CREATE INDEX ON t (a); CREATE INDEX ON t (a)")
    let table = try history.table("t")
    #expect(
      table.constraints.map(\.name).sorted() == [
        "t_a_b_key", "t_a_key", "t_b_fkey", "t_c_check", "t_check", "t_e_excl", "t_pkey",
      ])
    #expect(
      table.indexes.map(\.name).sorted() == [
        "t_a_b_key", "t_a_idx", "t_a_idx1", "t_a_key", "t_e_excl", "t_lower_b_idx", "t_pkey",
      ])
    #expect(history.catalog.sequence(QualifiedName(schema: "public", "t_id_seq")) != nil)
  }

  @Test func areShortenedTo63Bytes() throws {
    let long = String(repeating: "x", count: 60)
    let other = String(repeating: "y", count: 50)
    var history = History()
    history.run("CREATE TABLE \(long) (\(other) serial UNIQUE)")
    let table = try history.table(long)
    #expect(
      table.constraints.map(\.name) == [
        String(repeating: "x", count: 29) + "_" + String(repeating: "y", count: 29) + "_key"
      ])
    #expect(table.name.name.utf8.count == 60)
  }

  @Test func avoidTheNamesOfRenamedTables() throws {
    var history = History("CREATE TABLE p (id int PRIMARY KEY)")
    history.run("CREATE TABLE t (id serial PRIMARY KEY, p int REFERENCES p CHECK (p > 0))")
    history.run("ALTER TABLE t RENAME TO old")
    history.run("CREATE TABLE t (id serial PRIMARY KEY, p int REFERENCES p CHECK (p > 0))")
    let table = try history.table("t")
    #expect(table.constraints.map(\.name).sorted() == ["t_p_check1", "t_p_fkey1", "t_pkey1"])
    #expect(
      table.column("id")?.default.expression?.text == "nextval('t_id_seq1'::regclass)")
  }

  @Test(arguments: IndexNames.rows)
  func ofIndexesOverExpressions(keys: String, name: String) throws {
    var history = History(IndexNames.schema)
    history.run("CREATE INDEX ON t (\(keys))")
    let names = try history.table("t").indexes.map(\.name)
    #expect(names == ["t_pkey", name])
  }

  /// EXTRACT was a call of date_part until PostgreSQL 13.
  @Test func ofOlderServers() throws {
    var history = History(IndexNames.schema)
    history.version = 13
    history.run("CREATE INDEX ON t (extract(year from ts))")
    #expect(try history.table("t").indexes.map(\.name) == ["t_pkey", "t_date_part_idx"])
  }
}
