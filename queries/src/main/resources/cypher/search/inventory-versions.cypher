// Answers: the package versions that some inventories have, their files being there.
// Parameters: inventoryIds (list)
// Cost: one index lookup for each inventory and one step for each of its packages.
CYPHER 25
UNWIND $inventoryIds AS id
MATCH (inventory:Inventory {id: id})
RETURN id, COLLECT { MATCH (inventory)-[:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(version:PackageVersion)
                     WHERE installs.present
                     RETURN version.purl } AS purls
