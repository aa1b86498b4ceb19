// Answers: the package versions of an inventory with their states, as short as can be.
// Parameters: inventoryId (text)
// Cost: one step for each package of the inventory.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[installs:INSTALLS]->(version:PackageVersion)
RETURN version.purl AS purl, installs.state AS state, installs.held AS held, installs.present AS present
