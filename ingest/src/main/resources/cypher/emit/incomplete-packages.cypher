// Which of these package versions have no owned paths in the graph yet, or only some from a run that was cut off.
// Parameters: purls (list of text). Cost: one index seek a version.
UNWIND $purls AS purl
MATCH (version:PackageVersion {purl: purl})
WHERE version.owned IS NULL
RETURN purl
