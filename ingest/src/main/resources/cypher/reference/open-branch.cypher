// The next number of a version for an image or a machine that was made of it.
// Parameters: version, use (ids), now. Cost: three index seeks.
CYPHER 25
MATCH (version:Image {id: $version})
SET version.branches = coalesce(version.branches, 0) + 1
WITH version, version.branches AS number
OPTIONAL MATCH (image:Image {id: $use})
OPTIONAL MATCH (machine:Machine {id: $use})
WITH version, number, coalesce(image, machine) AS use
CREATE (version)-[:HAS_BRANCH {number: number, since: $now}]->(use)
RETURN number, version.state AS state, version.collectedAt IS NOT NULL AS collected
