// Answers: version chains by name, after a name, each with its newest version and its channels.
// Parameters: after (text), limit (number), channels (number)
// Cost: a range of the index, and one step for each version and channel of the chains on the page.
CYPHER 25
MATCH (chain:VersionChain) WHERE chain.name > $after
WITH chain ORDER BY chain.name LIMIT $limit
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
ORDER BY name
