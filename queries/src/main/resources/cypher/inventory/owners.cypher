// Answers: which of an inventory's packages brought which of some paths.
// Parameters: inventoryId (text), paths (list)
// Cost: one index lookup for each path and one step for each package version that ever brought it.
//  The hint: planned while the graph was still empty, it would scan the whole index for each of them, and go on doing so.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
UNWIND $paths AS path
MATCH (version:PackageVersion)-[owns:OWNS]->()
USING INDEX SEEK owns:OWNS(path)
WHERE owns.path = path
MATCH (version)<-[installs:INSTALLS]-(inventory) WHERE installs.present
MATCH (version)-[:VERSION_OF]->(package:Package)
RETURN DISTINCT path, version.purl AS purl, package.name AS name, version.version AS version,
       owns.configuration AS configuration
ORDER BY path, purl
