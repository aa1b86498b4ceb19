// Answers: the packages of an inventory, those among them that were removed and left their configuration.
// Parameters: inventoryId (text)
// Cost: two steps for each package of the inventory.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(version:PackageVersion)-[:VERSION_OF]->(package:Package)
RETURN package.id AS package, package.ecosystem AS ecosystem, version.architecture AS architecture,
       version.version AS version, installs.present AS present
