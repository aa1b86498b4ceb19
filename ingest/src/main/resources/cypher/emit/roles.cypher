// The roles of an inventory.
// Parameters: inventory (id), rows (role, analyzer, reasons). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
MERGE (role:Role {id: row.role})
ON CREATE SET role.name = row.role
CREATE (inventory)-[:HAS_ROLE {analyzer: row.analyzer, reasons: row.reasons}]->(role)
