// Answers: an inventory's owned files that are not as their packages say, by path.
// Parameters: inventoryId (text)
// Cost: one index lookup and one step for each such file, 10,000 at most.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[checked:CHECKED_AGAINST]->(version:PackageVersion)-[:VERSION_OF]->(package:Package)
UNWIND range(0, size(checked.paths) - 1) AS i
RETURN checked.paths[i] AS path, checked.verdicts[i] AS verdict, checked.configuration[i] AS configuration,
       nullIf(checked.expected[i], '') AS expected, nullIf(checked.found[i], '') AS found,
       nullIf(checked.reasons[i], '') AS reason,
       version.purl AS purl, package.name AS name, version.version AS version
ORDER BY path, purl
