// The groups of packages of an inventory; answers with those whose packages are still to be written.
// Two runs that make one group wait for each other here, so it is seen whole or not at all.
// Parameters: inventory (id), rows (id, index, packages). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
MERGE (group:PackageGroup {id: row.id})
ON CREATE SET group.packages = row.packages
CREATE (inventory)-[:HAS_PACKAGES {index: row.index}]->(group)
WITH group, row
WHERE NOT EXISTS { (group)-[:INSTALLS]->() }
RETURN row.id AS id
