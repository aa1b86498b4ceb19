// A file was taken of a machine's disk, which derives it from what the machine runs, or ran last. A machine that runs the very file is only told of.
// Parameters: machine, image, activity (ids), startedAt, now, message, parameters. Cost: two index seeks and the deployments of one machine.
CYPHER 25
MATCH (machine:Machine {id: $machine})-[runs:DEPLOYED_FROM]->(deployed:Image)
WITH machine, deployed, runs ORDER BY runs.until IS NULL DESC, runs.since DESC LIMIT 1
MATCH (image:Image {id: $image})
CREATE (activity:Activity {id: $activity, kind: 'capture', startedAt: $startedAt, endedAt: $now, message: $message, parameters: $parameters})
CREATE (image)-[:GENERATED_BY]->(activity)-[:USED]->(machine)
WITH image, activity, deployed, deployed.id <> image.id AND NOT EXISTS { (image)-[:DERIVED_FROM {kind: 'capture', basis: 'RECORDED'}]->(deployed) } AS fresh
FOREACH (_ IN CASE WHEN deployed.id = image.id THEN [] ELSE [1] END |
  CREATE (activity)-[:USED]->(deployed))
FOREACH (_ IN CASE WHEN fresh THEN [1] ELSE [] END |
  CREATE (image)-[:DERIVED_FROM {kind: 'capture', basis: 'RECORDED', since: $now}]->(deployed))
RETURN deployed.id AS deployed, fresh
