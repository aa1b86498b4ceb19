// Answers: name, version and architecture of some package versions.
// Parameters: purls (list)
// Cost: one index lookup for each.
CYPHER 25
UNWIND $purls AS purl
MATCH (version:PackageVersion {purl: purl})-[:VERSION_OF]->(package:Package)
RETURN purl, package.ecosystem AS ecosystem, package.name AS name, version.version AS version,
       version.architecture AS architecture
