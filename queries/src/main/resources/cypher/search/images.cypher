// Answers: what can be told of each image without looking into it.
// Parameters: repository (text), modifiedAfter (time or null), modifiedBefore (time or null)
// Cost: one look at each image of the catalog.
CYPHER 25
MATCH (image:Image)
WHERE ($repository = ''
       OR EXISTS { (image)-[:STORED_IN]->(r:Repository) WHERE r.id = $repository OR r.name = $repository })
  AND ($modifiedAfter IS NULL OR image.modifiedAt >= $modifiedAfter)
  AND ($modifiedBefore IS NULL OR image.modifiedAt < $modifiedBefore)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS id, image.name AS name, image.description AS description, image.location AS location,
       inventory.level AS level, [(inventory)-[:RUNS]->(os:OperatingSystem) | os.id] AS systems
