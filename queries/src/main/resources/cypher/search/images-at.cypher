// Answers: what could be told of each image as of a moment without looking into it.
// Parameters: at (time)
// Cost: one look at each image of the catalog and one step for each inventory and place that it has had.
CYPHER 25
MATCH (image:Image)
WHERE image.registeredAt <= $at
OPTIONAL CALL (image) {
  MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory)
  WHERE has.observedAt <= $at AND (has.until IS NULL OR has.until > $at)
  RETURN inventory ORDER BY has.observedAt DESC, inventory.sequence DESC LIMIT 1
}
OPTIONAL CALL (image) {
  MATCH (image)<-[has:HAS_VERSION|HAD_VERSION]-(chain:VersionChain)
  WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at)
  RETURN chain.name + ':' + has.number AS place LIMIT 1
}
RETURN image.id AS id, coalesce(place, image.name) AS name, image.description AS description, image.location AS location,
       image.content IS NOT NULL AS version, inventory.id AS inventoryId, inventory.level AS level,
       [(image)-[:STORED_IN]->(repository:Repository) | repository.id] AS repositoryIds,
       [(image)-[:STORED_IN]->(repository:Repository) | repository.name] AS repositories,
       [(inventory)-[:RUNS]->(os:OperatingSystem) | os.id] AS systems,
       [(inventory)-[:HAS_ROLE]->(role:Role) | role.name] AS roles
