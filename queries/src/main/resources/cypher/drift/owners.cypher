// Answers: the package versions that ever brought some paths.
// Parameters: paths (list)
// Cost: one index lookup for each path and one step for each version that brought it.
CYPHER 25
UNWIND $paths AS path
MATCH (version:PackageVersion)-[owns:OWNS]->() WHERE owns.path = path
RETURN DISTINCT path, version.purl AS purl
