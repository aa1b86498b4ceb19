// Marks package versions whose owned paths are all there.
// Parameters: rows (purl, owned). Cost: one index seek a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (version:PackageVersion {purl: row.purl})
USING INDEX SEEK version:PackageVersion(purl)
SET version.owned = row.owned
