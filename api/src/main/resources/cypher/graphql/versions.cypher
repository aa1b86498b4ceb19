// Versions of chains. Parameters: ids, limit. Cost: one step a version of the chains, some more for each that is told.
UNWIND $ids AS id
MATCH (c:VersionChain {id: id})
CALL (c) {
  MATCH (c)-[has:HAS_VERSION]->(i:Image)
  RETURN has, i ORDER BY has.ordinal DESC LIMIT $limit
}
RETURN id AS key, {id: i.id, number: has.number, ordinal: has.ordinal, since: has.since, state: i.state, author: i.author, message: i.message,
  checkedInAt: i.checkedInAt, collectedAt: i.collectedAt, content: i.content,
  channels: COLLECT { MATCH (i)<-[:POINTS_TO]-(channel:Channel) RETURN channel.name ORDER BY channel.name LIMIT 100 },
  image: i {.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state}} AS value
ORDER BY has.ordinal DESC
