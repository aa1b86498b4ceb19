// A file is a copy of an image: it derives from it, and has the inventory that the image had when it was copied.
// Parameters: source, image, activity (ids), inventory (id, or null to leave out), startedAt, now, message, parameters. Cost: two index seeks.
CYPHER 25
MATCH (source:Image {id: $source})
MATCH (image:Image {id: $image})
CREATE (activity:Activity {id: $activity, kind: 'copy', startedAt: $startedAt, endedAt: $now, message: $message, parameters: $parameters})
CREATE (image)-[:GENERATED_BY]->(activity)-[:USED]->(source)
CREATE (image)-[:DERIVED_FROM {kind: 'copy', basis: 'RECORDED', since: $now}]->(source)
WITH source, image
CALL (source, image) {
  MATCH (source)-[has:HAS_INVENTORY]->(inventory:Inventory {id: $inventory}) WHERE has.until IS NULL
  CREATE (image)-[:HAS_INVENTORY {observedAt: $now, level: has.level, activity: $activity}]->(inventory)
}
RETURN image.id AS image, image.name AS name
