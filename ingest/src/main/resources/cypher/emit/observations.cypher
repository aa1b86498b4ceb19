// What a person must know of an inventory.
// Parameters: inventory (id), rows (id, properties). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
MERGE (observation:Observation {id: row.id})
ON CREATE SET observation += row.properties
CREATE (inventory)-[:HAS_OBSERVATION]->(observation)
