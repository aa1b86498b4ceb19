// Answers: what could be told of each image and machine as of a moment without looking into it. What a machine held then is not told.
// Parameters: at (time)
// Cost: one look at each image and machine of the catalog and one step for each inventory and place that it has had.
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
RETURN image.id AS id, coalesce(place, image.name) AS name, image.description AS description, CASE WHEN image.replacedAt > $at THEN image.formerLocation ELSE image.location END AS location,
       CASE WHEN image.content IS NULL THEN 'image' ELSE 'version' END AS kind, inventory.id AS inventoryId, inventory.level AS level,
       [(image)-[:STORED_IN]->(repository:Repository) | repository.id] AS repositoryIds,
       [(image)-[:STORED_IN]->(repository:Repository) | repository.name] AS repositories,
       [(inventory)-[:RUNS]->(os:OperatingSystem) | os.id] AS systems,
       [(inventory)-[:HAS_ROLE]->(role:Role) | role.name] AS roles
UNION ALL
MATCH (machine:Machine)
WHERE machine.registeredAt <= $at
RETURN machine.id AS id, machine.name AS name, null AS description, '' AS location,
       'machine' AS kind, null AS inventoryId, null AS level,
       [] AS repositoryIds, [] AS repositories, [] AS systems, [] AS roles
