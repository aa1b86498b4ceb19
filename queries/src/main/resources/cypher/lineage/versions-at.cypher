// Answers: which of some images were versions as of a moment, and where in their chains.
// Parameters: ids (list), at (time)
// Cost: one index lookup for each image and one step for each of its places and changes of state.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id})<-[has:HAS_VERSION|HAD_VERSION]-(chain:VersionChain) USING INDEX SEEK image:Image(id)
WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at)
RETURN id, chain.name AS chain, has.number AS number, has.ordinal AS ordinal,
       CASE WHEN image.content IS NULL THEN NULL ELSE coalesce(
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt <= $at
                        RETURN changed.to ORDER BY activity.endedAt DESC LIMIT 1 }),
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt > $at
                        RETURN changed.from ORDER BY activity.endedAt LIMIT 1 }),
         image.state) END AS state
