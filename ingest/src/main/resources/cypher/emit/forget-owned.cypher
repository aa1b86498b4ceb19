// Takes away the owned paths that a run which was cut off left of package versions, some at a time.
// Parameters: purls (list of text). Cost: the relationships taken, and one index seek a version.
UNWIND $purls AS purl
MATCH (version:PackageVersion {purl: purl})-[owns:OWNS]->()
WITH owns LIMIT 5000
DELETE owns
RETURN count(*) AS removed
