// Takes away the owned paths that a run which was cut off left of one package version, some at a time.
// Parameters: purl. Cost: the relationships taken.
MATCH (version:PackageVersion {purl: $purl})-[owns:OWNS]->()
WITH owns LIMIT 5000
DELETE owns
RETURN count(*) AS removed
