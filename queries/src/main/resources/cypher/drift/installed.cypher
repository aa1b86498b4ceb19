// Answers: the package versions of an inventory by their states, as short as can be: a row for each state.
// Parameters: inventoryId (text)
// Cost: one step for each package of the inventory.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(version:PackageVersion)
RETURN installs.state AS state, installs.held AS held, installs.present AS present, collect(version.purl) AS purls
