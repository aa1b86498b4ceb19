// The operating systems of an inventory.
// Parameters: inventory (id), rows (id, properties). Cost: two index seeks a row.
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
MERGE (system:OperatingSystem {id: row.id})
ON CREATE SET system += row.properties
CREATE (inventory)-[:RUNS]->(system)
