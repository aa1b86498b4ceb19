// Channels of chains. Parameter: ids. Cost: one step a channel.
UNWIND $ids AS id
MATCH (c:VersionChain {id: id})-[:HAS_CHANNEL]->(channel:Channel)-[points:POINTS_TO]->(i:Image)<-[has:HAS_VERSION]-(c)
RETURN id AS key, {name: channel.name, number: has.number, since: points.since, image: i {.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state}} AS value
ORDER BY channel.name LIMIT 10000
