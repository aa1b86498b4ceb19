// Which of these package versions have all their owned paths in the graph.
// Parameters: purls (list of text). Cost: one index seek a version.
CYPHER 25 replan=skip
UNWIND $purls AS purl
MATCH (version:PackageVersion {purl: purl})
USING INDEX SEEK version:PackageVersion(purl)
WHERE version.owned IS NOT NULL
RETURN purl
