// The contents of files that lay where package versions own something.
// Parameters: purls (list of text). Cost: one index seek a version and one step for each of its paths.
CYPHER 25 replan=skip
UNWIND $purls AS purl
MATCH (version:PackageVersion {purl: purl})-[owns:OWNS]->(file:File)
USING INDEX SEEK version:PackageVersion(purl)
WHERE owns.md5 IS NOT NULL OR owns.checksum IS NOT NULL
RETURN purl, collect(owns.path) AS paths, collect(file.id) AS contents
