// Version chains by name. Parameters: after, limit. Cost: a range of an index, and one step a version.
MATCH (c:VersionChain) WHERE c.name > $after
WITH c ORDER BY c.name LIMIT $limit
RETURN c {.id, .name, .createdAt, versionCount: COUNT { (c)-[:HAS_VERSION]->(:Image) }} AS value
ORDER BY c.name
