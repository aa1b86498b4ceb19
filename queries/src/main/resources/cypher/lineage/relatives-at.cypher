// Answers: images as members of a family as of a moment; what was not known of then is empty, an image that came later missing.
// Parameters: ids (list), machines (number), at (time)
// Cost: one index lookup for each image and one step for each inventory, place, channel and change of state that it has had.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id}) USING INDEX SEEK image:Image(id)
WHERE image.registeredAt <= $at
OPTIONAL CALL (image) {
  MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory)
  WHERE has.observedAt <= $at AND (has.until IS NULL OR has.until > $at)
  RETURN inventory ORDER BY has.observedAt DESC, inventory.sequence DESC LIMIT 1
}
OPTIONAL CALL (image) {
  MATCH (image)<-[has:HAS_VERSION|HAD_VERSION]-(chain:VersionChain)
  WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at)
  RETURN chain.name AS chain, has.number AS number LIMIT 1
}
OPTIONAL CALL (image) {
  MATCH (image)<-[has:HAS_BRANCH]-(:Image)<-[of:HAS_VERSION|HAD_VERSION]-(chain:VersionChain)
  WHERE has.since <= $at AND of.since <= $at AND (of.until IS NULL OR of.until > $at)
  RETURN chain.name AS branchChain, of.number AS branchVersion, has.number AS branchNumber
  ORDER BY has.since DESC, chain.name, has.number DESC LIMIT 1
}
RETURN image.id AS id, coalesce(chain + ':' + number, image.name) AS name, CASE WHEN image.replacedAt > $at THEN image.formerLocation ELSE image.location END AS location, image.format AS format,
       CASE WHEN image.content IS NULL THEN NULL ELSE coalesce(
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt <= $at
                        RETURN changed.to ORDER BY activity.endedAt DESC LIMIT 1 }),
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt > $at
                        RETURN changed.from ORDER BY activity.endedAt LIMIT 1 }),
         image.state) END AS state,
       CASE WHEN image.modifiedAt <= $at THEN image.modifiedAt END AS modifiedAt, inventory.id AS inventoryId,
       chain, number, branchChain, branchVersion, branchNumber,
       head([(image)-[:STORED_IN]->(repository:Repository) | repository.kind]) AS repositoryKind,
       COLLECT { MATCH (image)<-[points:POINTS_TO|POINTED_TO]-(channel:Channel)
                 WHERE points.since <= $at AND (points.until IS NULL OR points.until > $at)
                 RETURN DISTINCT channel.name AS name ORDER BY name LIMIT 50 } AS channels,
       COLLECT { MATCH (image)<-[runs:DEPLOYED_FROM]-(machine:Machine)
                 WHERE runs.since <= $at AND (runs.until IS NULL OR runs.until > $at)
                 RETURN machine {.id, .name, .kind, since: runs.since,
                         branch: head(COLLECT { MATCH (machine)<-[opened:HAS_BRANCH]-(:Image)<-[of:HAS_VERSION|HAD_VERSION]-(itsChain:VersionChain)
                                       WHERE opened.since = runs.since AND of.since <= $at AND (of.until IS NULL OR of.until > $at)
                                       RETURN itsChain.name + ':' + of.number + '.' + toString(opened.number) LIMIT 1 })} ORDER BY machine.name, machine.id LIMIT $machines } AS machines
