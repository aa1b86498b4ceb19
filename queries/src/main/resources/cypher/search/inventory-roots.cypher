// Answers: the root directories of an inventory.
// Parameters: inventoryId (text)
// Cost: four steps for each file system.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:HAS_VOLUME]->(:Volume)-[:HAS_PARTITION]->(:Partition)-[:HOLDS]->(:FileSystem)
      -[:ROOT]->(directory:Directory)
RETURN DISTINCT directory.id AS id
