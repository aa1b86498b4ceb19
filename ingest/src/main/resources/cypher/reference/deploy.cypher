// A machine runs an image from now on; what it ran before ends.
// Parameters: machine, image, activity (ids), name, kind, now, message, parameters. Cost: two index seeks, and what the machine ran before.
CYPHER 25
MATCH (image:Image {id: $image})
MERGE (machine:Machine {id: $machine})
ON CREATE SET machine.name = $name, machine.registeredAt = $now
SET machine.kind = coalesce($kind, machine.kind, 'VIRTUAL'), machine.state = 'ACTIVE'
WITH image, machine
CALL (machine) {
  MATCH (machine)-[old:DEPLOYED_FROM]->(:Image) WHERE old.until IS NULL
  SET old.until = $now
}
CREATE (machine)-[:DEPLOYED_FROM {since: $now}]->(image)
CREATE (activity:Activity {id: $activity, kind: 'deployment', startedAt: $now, endedAt: $now, message: $message, parameters: $parameters})
CREATE (machine)-[:GENERATED_BY]->(activity)-[:USED]->(image)
RETURN machine.id AS machine, machine.name AS name, machine.kind AS kind
