// Answers: what the index holds of each image that can be told without looking into its packages and files.
// Parameters: none
// Cost: one look at each image of the catalog and one step for each of its systems and roles.
CYPHER 25
MATCH (image:Image)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS id, image.name AS name, image.description AS description, image.location AS location,
       image.state AS state, image.content IS NOT NULL AS version, image.modifiedAt AS modifiedAt,
       [(image)-[:STORED_IN]->(repository:Repository) | repository.id] AS repositoryIds,
       [(image)-[:STORED_IN]->(repository:Repository) | repository.name] AS repositories,
       inventory.id AS inventoryId, inventory.level AS level,
       [(inventory)-[:RUNS]->(os:OperatingSystem) | os.id] AS systems,
       [(inventory)-[:HAS_ROLE]->(role:Role) | role.name] AS roles
