// Answers: the root directories of some inventories.
// Parameters: inventoryIds (list)
// Cost: one index lookup for each inventory and four steps for each file system.
CYPHER 25
UNWIND $inventoryIds AS id
MATCH (:Inventory {id: id})-[:HAS_VOLUME]->(:Volume)-[:HAS_PARTITION]->(:Partition)-[:HOLDS]->(:FileSystem)
      -[:ROOT]->(directory:Directory)
RETURN DISTINCT directory.id AS id
