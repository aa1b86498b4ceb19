// Answers: the set of package versions of an inventory that are present.
// Parameters: inventoryId (text)
// Cost: one step for each package of the inventory.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(version:PackageVersion)
WHERE installs.present
RETURN DISTINCT version.purl AS element
