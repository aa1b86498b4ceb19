// Marks package versions whose owned paths are all there.
// Parameters: rows (purl, owned). Cost: one index seek a row.
UNWIND $rows AS row
MATCH (version:PackageVersion {purl: row.purl})
SET version.owned = row.owned
