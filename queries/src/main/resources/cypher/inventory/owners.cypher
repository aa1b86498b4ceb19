// Answers: which of an inventory's packages brought which of some paths.
// Parameters: inventoryId (text), paths (list)
// Cost: one index lookup for each path, one step for each package version that ever brought it and for each group that has that.
//  The hint: planned while the graph was still empty, it would scan the whole index for each of them, and go on doing so.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:HAS_PACKAGES]->(group:PackageGroup)
WITH collect(group) AS groups
UNWIND $paths AS path
MATCH (version:PackageVersion)-[owns:OWNS]->()
USING INDEX SEEK owns:OWNS(path)
WHERE owns.path = path
WITH DISTINCT groups, path, version, owns.configuration AS configuration
MATCH (version)<-[installs:INSTALLS]-(group) WHERE installs.present AND group IN groups
MATCH (version)-[:VERSION_OF]->(package:Package)
RETURN DISTINCT path, version.purl AS purl, package.name AS name, version.version AS version, configuration
ORDER BY path, purl
