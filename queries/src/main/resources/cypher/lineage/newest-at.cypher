// Answers: the newest version of some chains that was active as of a moment, and what it was checked in from.
// Parameters: chains (list), at (time)
// Cost: one index lookup for each chain and one step for each of its versions and their changes of state.
CYPHER 25
UNWIND $chains AS name
MATCH (chain:VersionChain {name: name})
CALL (chain) {
  MATCH (chain)-[has:HAS_VERSION|HAD_VERSION]->(image:Image)
  WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at)
  WITH image, has,
       CASE WHEN image.content IS NULL THEN NULL ELSE coalesce(
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt <= $at
                        RETURN changed.to ORDER BY activity.endedAt DESC LIMIT 1 }),
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt > $at
                        RETURN changed.from ORDER BY activity.endedAt LIMIT 1 }),
         image.state) END AS state
  WHERE state = 'ACTIVE'
  RETURN image, has ORDER BY has.ordinal DESC LIMIT 1
}
RETURN name AS chain, image.id AS id, has.number AS number, has.ordinal AS ordinal,
       [(image)-[:DERIVED_FROM {kind: 'check-in'}]->(source:Image) | source.id] AS sources
