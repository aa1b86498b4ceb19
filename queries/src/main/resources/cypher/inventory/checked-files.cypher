// Answers: an inventory's owned files that are not as their packages say, by path.
// Parameters: inventoryId (text)
// Cost: one index lookup and one step for each such file, 10,000 at most.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[checked:CHECKED_AGAINST]->(version:PackageVersion)-[:VERSION_OF]->(package:Package)
RETURN checked.path AS path, checked.verdict AS verdict, checked.configuration AS configuration,
       checked.expected AS expected, checked.found AS found, checked.reason AS reason,
       version.purl AS purl, package.name AS name, version.version AS version
ORDER BY path, purl
