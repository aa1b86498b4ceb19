// A version chain. Parameter: name. Cost: one seek, and one step a version.
MATCH (c:VersionChain {name: $name})
RETURN c {.id, .name, .createdAt, versionCount: COUNT { (c)-[:HAS_VERSION]->(:Image) }} AS value
