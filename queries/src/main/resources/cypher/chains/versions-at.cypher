// Answers: the versions of a chain as of a moment, newest first, from below an ordinal on.
// Parameters: name (text), below (number), limit (number), many (number), at (time)
// Cost: one step for each version that the chain has had; for those on the page some more.
CYPHER 25
MATCH (:VersionChain {name: $name})-[has:HAS_VERSION|HAD_VERSION]->(image:Image)
WHERE has.ordinal < $below AND has.since <= $at AND (has.until IS NULL OR has.until > $at)
WITH has, image ORDER BY has.ordinal DESC LIMIT $limit
OPTIONAL CALL (image) {
  MATCH (image)-[held:HAS_INVENTORY]->(inventory:Inventory)
  WHERE held.observedAt <= $at AND (held.until IS NULL OR held.until > $at)
  RETURN inventory ORDER BY held.observedAt DESC, inventory.sequence DESC LIMIT 1
}
RETURN image.id AS imageId, has.number AS number, has.ordinal AS ordinal, has.since AS since,
       coalesce(
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt <= $at
                        RETURN changed.to ORDER BY activity.endedAt DESC LIMIT 1 }),
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt > $at
                        RETURN changed.from ORDER BY activity.endedAt LIMIT 1 }),
         image.state) AS state, image.author AS author, image.message AS message, image.checkedInAt AS checkedInAt,
       image.content AS content, CASE WHEN image.collectedAt <= $at THEN image.collectedAt END AS collectedAt,
       image.virtualBytes AS virtualBytes, image.allocatedBytes AS storedBytes, inventory.id AS inventoryId,
       COUNT { MATCH (image)-[branch:HAS_BRANCH]->() WHERE branch.since <= $at } AS branches,
       COLLECT { MATCH (image)<-[points:POINTS_TO|POINTED_TO]-(channel:Channel)
                 WHERE points.since <= $at AND (points.until IS NULL OR points.until > $at)
                 RETURN DISTINCT channel.name AS name ORDER BY name LIMIT $many } AS channels,
       COLLECT { MATCH (image)<-[had:HAD_VERSION]-(chain:VersionChain) WHERE had.until <= $at
                 RETURN {chain: chain.name, number: had.number, since: had.since, until: had.until}
                 ORDER BY had.until DESC LIMIT $many } AS former
ORDER BY ordinal DESC
