// The operating systems of an inventory.
// Parameters: inventory (id), rows (id, properties). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
MERGE (system:OperatingSystem {id: row.id})
ON CREATE SET system += row.properties
CREATE (inventory)-[:RUNS]->(system)
