// Which questions a round trip has for the rows of a live database.

package import SafetyRules
import SchemaModel

/// Every question of a round trip, each once, in the order of its statements.
package func probes(of context: RoundTripContext) -> [LossProbe] {
  var probes: [LossProbe] = []
  for step in context.trip.downgrades {
    for statement in step.statements {
      for effect in statement.outcome.effects {
        guard let loss = context.loss(by: effect, of: step), let probe = loss.probe else {
          continue
        }
        probes.append(probe)
      }
      for failure in statement.outcome.failures {
        if case .dependsOnData(let condition) = failure.certainty {
          probes.append(.condition(condition))
        }
      }
    }
  }
  var seen: Set<LossProbe> = []
  return probes.filter { seen.insert($0).inserted }
}
