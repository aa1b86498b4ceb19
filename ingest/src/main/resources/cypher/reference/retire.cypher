// A machine is no more: what it ran ends.
// Parameters: machine, activity (ids), now, message. Cost: one index seek, and what the machine runs.
CYPHER 25
MATCH (machine:Machine {id: $machine})
SET machine.state = 'RETIRED'
WITH machine
CALL (machine) {
  MATCH (machine)-[runs:DEPLOYED_FROM]->(:Image) WHERE runs.until IS NULL
  SET runs.until = $now
}
CREATE (activity:Activity {id: $activity, kind: 'retire', startedAt: $now, endedAt: $now, message: $message, parameters: '{}'})
CREATE (activity)-[:CHANGED {from: 'ACTIVE', to: 'RETIRED'}]->(machine)
