// Answers: the packages of an inventory, whatever their version.
// Parameters: inventoryId (text)
// Cost: one step for each package of the inventory.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:INSTALLS]->(:PackageVersion)-[:VERSION_OF]->(package:Package)
RETURN DISTINCT package.id AS id, package.name AS name
