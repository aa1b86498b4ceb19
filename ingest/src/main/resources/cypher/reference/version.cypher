// A version at the end of its chain, which is locked, with the activity that made it of an image and the inventory that was read.
// Parameters: chain, image, source, inventory, activity (ids), location, repository, name, number, ordinal, properties, startedAt, now, message, parameters.
// Cost: five index seeks.
CYPHER 25
MATCH (chain:VersionChain {id: $chain})
MATCH (source:Image {id: $source})
MATCH (inventory:Inventory {id: $inventory})
MERGE (repository:Repository {id: $repository})
ON CREATE SET repository.name = 'reference', repository.kind = 'REFERENCE', repository.connector = 'store', repository.uri = 'stemma:'
SET chain.last = $ordinal
CREATE (image:Image {id: $image, location: $location, name: $name, registeredAt: $now, checkedInAt: $now, state: 'ACTIVE'})
SET image += $properties
CREATE (image)-[:STORED_IN]->(repository)
CREATE (chain)-[:HAS_VERSION {number: $number, ordinal: $ordinal, since: $now}]->(image)
CREATE (image)-[:HAS_INVENTORY {observedAt: $startedAt, level: 'full', activity: $activity}]->(inventory)
CREATE (activity:Activity {id: $activity, kind: 'check-in', startedAt: $startedAt, endedAt: $now, message: $message, parameters: $parameters})
CREATE (image)-[:GENERATED_BY]->(activity)-[:USED]->(source)
CREATE (image)-[:DERIVED_FROM {kind: 'check-in', basis: 'RECORDED', since: $now}]->(source)
