// A disk of an inventory, known before or not.
// Parameters: inventory, id, index, virtualBytes, table. Cost: two index seeks.
CYPHER 25 replan=skip
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
MERGE (volume:Volume {id: $id})
ON CREATE SET volume.virtualBytes = $virtualBytes, volume.table = $table
CREATE (inventory)-[:HAS_VOLUME {index: $index}]->(volume)
