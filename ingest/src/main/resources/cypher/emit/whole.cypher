// Remembers with which contents package versions were found whole.
// Parameters: rows (purl, whole). Cost: one index seek a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (version:PackageVersion {purl: row.purl})
USING INDEX SEEK version:PackageVersion(purl)
SET version.whole = row.whole
