// Answers: the packages of some inventories, whatever their version.
// Parameters: inventoryIds (list)
// Cost: one index lookup for each inventory and one step for each of its packages.
CYPHER 25
UNWIND $inventoryIds AS id
MATCH (:Inventory {id: id})-[:HAS_PACKAGES]->(:PackageGroup)-[:INSTALLS]->(version:PackageVersion)
WITH DISTINCT version
MATCH (version)-[:VERSION_OF]->(package:Package)
RETURN DISTINCT package.id AS id, package.name AS name
