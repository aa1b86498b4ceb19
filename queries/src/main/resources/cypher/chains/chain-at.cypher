// Answers: one version chain as of a moment, with its newest version and its channels then.
// Parameters: name (text), channels (number), at (time)
// Cost: one index lookup and one step for each version and channel that it has had.
CYPHER 25
MATCH (chain:VersionChain {name: $name})
WHERE chain.createdAt <= $at
RETURN chain.id AS id, chain.name AS name, chain.createdAt AS createdAt,
       COUNT { MATCH (chain)-[has:HAS_VERSION|HAD_VERSION]->(:Image) WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at) } AS versions,
       COLLECT { MATCH (chain)-[has:HAS_VERSION|HAD_VERSION]->(image:Image)
                 WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at)
                 WITH image, has ORDER BY has.ordinal DESC LIMIT 1
                 RETURN {imageId: image.id, number: has.number, state: coalesce(
                     head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                                    WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt <= $at
                                    RETURN changed.to ORDER BY activity.endedAt DESC LIMIT 1 }),
                     head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                                    WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt > $at
                                    RETURN changed.from ORDER BY activity.endedAt LIMIT 1 }),
                     image.state)} } AS head,
       COLLECT { MATCH (chain)-[:HAS_CHANNEL]->(channel:Channel)-[points:POINTS_TO|POINTED_TO]->(image:Image)<-[has:HAS_VERSION|HAD_VERSION]-(:VersionChain)
                 WHERE points.since <= $at AND (points.until IS NULL OR points.until > $at)
                   AND has.since <= $at AND (has.until IS NULL OR has.until > $at)
                 RETURN {name: channel.name, imageId: image.id, number: has.number, since: points.since}
                 ORDER BY channel.name LIMIT $channels } AS channels,
       head(COLLECT { UNWIND [chain.createdAt] +
                        COLLECT { MATCH (chain)-[has:HAS_VERSION|HAD_VERSION]->(:Image) WHERE has.since <= $at RETURN max(has.since) } +
                        COLLECT { MATCH (chain)-[had:HAD_VERSION]->(:Image) WHERE had.until <= $at RETURN max(had.until) } +
                        COLLECT { MATCH (chain)-[:HAS_CHANNEL]->(:Channel)-[points:POINTS_TO|POINTED_TO]->(:Image)
                                  WHERE points.since <= $at RETURN max(points.since) } AS time
                      RETURN max(time) }) AS changedAt
