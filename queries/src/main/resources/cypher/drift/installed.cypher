// Answers: the package versions of some inventories by their states, as short as can be: a row for each state of a group, which inventories share.
// Parameters: inventoryIds (list)
// Cost: one step for each package of the groups that any of them has.
CYPHER 25
UNWIND $inventoryIds AS id
MATCH (:Inventory {id: id})-[:HAS_PACKAGES]->(group:PackageGroup)
WITH group, collect(id) AS inventoryIds
MATCH (group)-[installs:INSTALLS]->(version:PackageVersion)
RETURN inventoryIds, installs.state AS state, installs.held AS held, installs.present AS present, collect(version.purl) AS purls
