// How many rows there are: the last questions to the rows, those of a table in one pass over it.

import DatabaseFacts

/// What is to be counted. Of a large table one pass is far from free, and several are several times that.
struct RowCounts {
  private let queries: [ProbeQuery]
  /// The places in `queries` of what one statement counts.
  private var passes: [[Int]] = []

  init(_ requests: [ProbeRequest]) {
    queries = requests.map(ProbeQuery.init)
    var ofTable: [TableName: Int] = [:]
    for (index, query) in queries.enumerated() {
      if query.filter != nil, let pass = ofTable[query.table] {
        passes[pass].append(index)
      } else {
        if query.filter != nil { ofTable[query.table] = passes.count }
        passes.append([index])
      }
    }
  }

  /// A statement for each pass. Its row has a number for each of what it counts.
  var statements: [(sql: String, parameters: [String])] {
    passes.map { pass in
      let counted = pass.map { queries[$0] }
      // Alone it may be that an index has the answer.
      guard counted.count > 1, let table = counted.first?.table else { return counted[0].count }
      let counts = counted.map { "count(*) FILTER (WHERE \($0.filter ?? "true"))" }
      return ("SELECT \(counts.joined(separator: ", ")) FROM \(table.quoted)", [])
    }
  }

  /// The planner's estimates, one statement for each request.
  var estimates: [(sql: String, parameters: [String])] { queries.map(\.estimateOrNothing) }

  /// What is known of each number. Where there was no time to count, rows are supposed.
  func results(_ counts: ArraySlice<Answer>, estimates: ArraySlice<Answer>) -> [ProbeResult] {
    var results = estimates.map { estimate -> ProbeResult in
      guard let number = Self.number(estimate, 0), number >= 1, number < 1e15 else {
        return .some(count: nil, isEstimate: true)
      }
      return .some(count: Int(number), isEstimate: true)
    }
    for (pass, answer) in zip(passes, counts) {
      for (column, index) in pass.enumerated() {
        guard let number = Self.number(answer, column) else { continue }
        results[index] = number == 0 ? .none : .some(count: Int(number), isEstimate: false)
      }
    }
    return results
  }

  private static func number(_ answer: Answer, _ column: Int) -> Double? {
    guard case .success(let rows) = answer, let row = rows.first, column < row.count else {
      return nil
    }
    return row[column].flatMap(Double.init)
  }
}
