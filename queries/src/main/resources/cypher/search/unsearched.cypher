// Answers: how many images a search by content cannot see: never indexed, or indexed without files.
// Parameters: none
// Cost: one look at each image of the catalog.
CYPHER 25
MATCH (image:Image)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN count(CASE WHEN inventory IS NULL THEN 1 END) AS unindexed,
       count(CASE WHEN inventory.level = 'basic' THEN 1 END) AS withoutFiles
