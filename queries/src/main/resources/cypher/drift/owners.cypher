// Answers: the package versions that ever brought some paths.
// Parameters: paths (list)
// Cost: one index lookup for each path and one step for each version that brought it.
//  The hint: planned while the graph was still empty, it would scan the whole index for each of them, and go on doing so.
CYPHER 25
UNWIND $paths AS path
MATCH (version:PackageVersion)-[owns:OWNS]->()
USING INDEX SEEK owns:OWNS(path)
WHERE owns.path = path
RETURN path, version.purl AS purl, any(one IN collect(owns.configuration) WHERE one) AS configuration
