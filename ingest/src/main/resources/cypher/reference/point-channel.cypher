// Has a channel of a chain point to a version; where it pointed before is remembered.
// Parameters: chain, channel, image (ids), name, now. Cost: the versions that one channel pointed to.
CYPHER 25
MATCH (chain:VersionChain {id: $chain})
MATCH (image:Image {id: $image})
MERGE (channel:Channel {id: $channel})
ON CREATE SET channel.name = $name
MERGE (chain)-[:HAS_CHANNEL]->(channel)
WITH channel, image
CALL (channel) {
  OPTIONAL MATCH (channel)-[old:POINTS_TO]->(before:Image)
  FOREACH (_ IN CASE WHEN old IS NULL THEN [] ELSE [1] END |
    CREATE (channel)-[:POINTED_TO {since: old.since, until: $now}]->(before))
  DELETE old
  RETURN before.name AS before
}
CREATE (channel)-[:POINTS_TO {since: $now}]->(image)
RETURN before
