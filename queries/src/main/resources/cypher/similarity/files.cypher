// Answers: the set of different file contents of an inventory with their bytes, the empty one left out.
// Parameters: inventoryId (text)
// Cost: one step for each entry of each different directory of the inventory.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:HAS_VOLUME|HAS_PARTITION|HOLDS|ROOT|ENTRY|CHUNK*1..]->(file:File)
WITH DISTINCT file
WHERE file.sizeBytes > 0
RETURN file.id AS element, file.sizeBytes AS bytes
