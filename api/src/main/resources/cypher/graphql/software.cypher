// Software by name. Parameters: startsWith, limit. Cost: a range of the index on names.
MATCH (p:Package) WHERE p.name STARTS WITH $startsWith
RETURN p {.id, .name, .ecosystem} AS value ORDER BY p.name, p.id LIMIT $limit
