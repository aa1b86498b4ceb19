// Which of these package versions have all their owned paths in the graph.
// Parameters: purls (list of text). Cost: one index seek a version.
UNWIND $purls AS purl
MATCH (version:PackageVersion {purl: purl})
WHERE version.owned IS NOT NULL
RETURN purl
