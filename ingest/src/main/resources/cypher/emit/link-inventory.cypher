// Makes an inventory the image's current one, and records the run that found it.
// Parameters: image, inventory, activity (ids), level, startedAt, now, parameters. Cost: two index seeks.
CYPHER 25 replan=skip
MATCH (image:Image {id: $image})
USING INDEX SEEK image:Image(id)
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
CREATE (image)-[:HAS_INVENTORY {observedAt: $startedAt, level: $level, activity: $activity}]->(inventory)
CREATE (activity:Activity {id: $activity, kind: 'index', startedAt: $startedAt, endedAt: $now, parameters: $parameters})
CREATE (inventory)-[:GENERATED_BY]->(activity)-[:USED]->(image)
