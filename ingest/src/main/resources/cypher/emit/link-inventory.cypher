// Makes an inventory the image's current one, and records the run that found it.
// Parameters: image, inventory, activity (ids), level, startedAt, now, parameters. Cost: two index seeks.
MATCH (image:Image {id: $image})
MATCH (inventory:Inventory {id: $inventory})
CREATE (image)-[:HAS_INVENTORY {observedAt: $startedAt, level: $level, activity: $activity}]->(inventory)
CREATE (activity:Activity {id: $activity, kind: 'index', startedAt: $startedAt, endedAt: $now, parameters: $parameters})
CREATE (inventory)-[:GENERATED_BY]->(activity)-[:USED]->(image)
