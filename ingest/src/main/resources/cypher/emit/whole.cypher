// Remembers with which contents package versions were found whole.
// Parameters: rows (purl, whole). Cost: one index seek a row.
UNWIND $rows AS row
MATCH (version:PackageVersion {purl: row.purl})
SET version.whole = row.whole
