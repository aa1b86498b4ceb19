// Machines by name. Parameters: after, limit. Cost: a range of an index.
MATCH (m:Machine) WHERE m.name > $after
RETURN m {.id, .name, .kind, .state, .registeredAt} AS value ORDER BY m.name, m.id LIMIT $limit
