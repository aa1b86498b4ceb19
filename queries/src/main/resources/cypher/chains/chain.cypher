// Answers: one version chain, with its newest version and its channels.
// Parameters: name (text), channels (number)
// Cost: one index lookup and one step for each version and channel.
CYPHER 25
MATCH (chain:VersionChain {name: $name})
RETURN chain.id AS id, chain.name AS name, chain.createdAt AS createdAt,
       COUNT { (chain)-[:HAS_VERSION]->(:Image) } AS versions,
       COLLECT { MATCH (chain)-[has:HAS_VERSION]->(image:Image)
                 RETURN {imageId: image.id, number: has.number, state: image.state} ORDER BY has.ordinal DESC LIMIT 1 } AS head,
       COLLECT { MATCH (chain)-[:HAS_CHANNEL]->(channel:Channel)-[points:POINTS_TO]->(image:Image)<-[has:HAS_VERSION]-(:VersionChain)
                 RETURN {name: channel.name, imageId: image.id, number: has.number, since: points.since}
                 ORDER BY channel.name LIMIT $channels } AS channels,
       head(COLLECT { UNWIND [chain.createdAt] +
                        COLLECT { MATCH (chain)-[has:HAS_VERSION]->(:Image) RETURN max(has.since) } +
                        COLLECT { MATCH (chain)-[had:HAD_VERSION]->(:Image) RETURN max(had.until) } +
                        COLLECT { MATCH (chain)-[:HAS_CHANNEL]->(:Channel)-[points:POINTS_TO]->(:Image) RETURN max(points.since) } AS time
                      RETURN max(time) }) AS changedAt
