// A machine, and where the image lies that it runs, or ran last.
// Parameters: machine (id). Cost: one index seek and one step for each deployment.
CYPHER 25
MATCH (machine:Machine {id: $machine})
OPTIONAL CALL (machine) {
  MATCH (machine)-[runs:DEPLOYED_FROM]->(image:Image)
  RETURN image, runs ORDER BY runs.until IS NULL DESC, runs.since DESC LIMIT 1
}
RETURN machine.id AS machine, machine.name AS name, machine.kind AS kind, machine.state AS state, image.id AS image, image.location AS location,
  runs.until IS NULL AND image IS NOT NULL AS running
