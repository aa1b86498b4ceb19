// What was made of versions. Parameters: ids, limit. Cost: one step a branch.
UNWIND $ids AS id
MATCH (version:Image {id: id})
CALL (version) {
  MATCH (version)-[has:HAS_BRANCH]->(use)
  RETURN has, use ORDER BY has.number DESC LIMIT $limit
}
RETURN id AS key, {number: has.number, since: has.since,
  image: CASE WHEN use:Image THEN use {.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state} END,
  machine: CASE WHEN use:Machine THEN use {.id, .name, .kind, .state, .registeredAt} END} AS value
ORDER BY has.number DESC
