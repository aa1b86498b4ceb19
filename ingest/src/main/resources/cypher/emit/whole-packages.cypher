// With which contents package versions were found whole: a digest over checksums, contents and paths.
// Parameters: purls (list of text). Cost: one index seek a version.
CYPHER 25 replan=skip
UNWIND $purls AS purl
MATCH (version:PackageVersion {purl: purl})
USING INDEX SEEK version:PackageVersion(purl)
WHERE version.whole IS NOT NULL
RETURN purl, version.whole AS whole
