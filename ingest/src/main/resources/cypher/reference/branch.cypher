// A file was made of a version: the next branch of it, with the inventory that the version has.
// Parameters: version, image, activity (ids), kind, startedAt, now, message, parameters. Cost: the branches of one version.
CYPHER 25
MATCH (version:Image {id: $version})
SET version.branches = coalesce(version.branches, 0) + 1
WITH version, version.branches AS number
MATCH (image:Image {id: $image})
CREATE (version)-[:HAS_BRANCH {number: number, since: $now}]->(image)
CREATE (activity:Activity {id: $activity, kind: $kind, startedAt: $startedAt, endedAt: $now, message: $message, parameters: $parameters})
CREATE (image)-[:GENERATED_BY]->(activity)-[:USED]->(version)
CREATE (image)-[:DERIVED_FROM {kind: $kind, basis: 'RECORDED', since: $now}]->(version)
WITH version, image, number
CALL (version, image) {
  MATCH (version)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
  OPTIONAL MATCH (image)-[old:HAS_INVENTORY]->(:Inventory) WHERE old.until IS NULL
  SET old.until = $now
  CREATE (image)-[:HAS_INVENTORY {observedAt: $now, level: has.level, activity: $activity}]->(inventory)
}
RETURN number, version.state AS state, version.collectedAt IS NOT NULL AS collected
