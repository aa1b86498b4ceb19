// Answers: one image of the catalog as it was as of a moment; what may have changed since and is not kept is empty.
// Parameters: imageId (text), at (time)
// Cost: one index lookup and one step for each place and change of state that it has had.
CYPHER 25
MATCH (image:Image {id: $imageId})
WHERE image.registeredAt <= $at
OPTIONAL CALL (image) {
  MATCH (image)<-[has:HAS_VERSION|HAD_VERSION]-(chain:VersionChain)
  WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at)
  RETURN chain.name + ':' + has.number AS place LIMIT 1
}
OPTIONAL MATCH (image)-[:STORED_IN]->(repository:Repository)
WITH image, place, repository, image.content IS NOT NULL OR image.modifiedAt <= $at AS same
RETURN image.id AS id, coalesce(place, image.name) AS name, image.description AS description, image.format AS format,
       CASE WHEN image.replacedAt > $at THEN image.formerLocation ELSE image.location END AS location, CASE WHEN same THEN image.virtualBytes END AS virtualBytes,
       CASE WHEN same THEN image.allocatedBytes END AS allocatedBytes,
       CASE WHEN same THEN image.modifiedAt END AS modifiedAt,
       CASE WHEN image.content IS NULL THEN NULL ELSE coalesce(
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt <= $at
                        RETURN changed.to ORDER BY activity.endedAt DESC LIMIT 1 }),
         head(COLLECT { MATCH (image)<-[changed:CHANGED]-(activity:Activity)
                        WHERE activity.kind IN ['deprecate', 'revoke', 'restore', 'delete'] AND activity.endedAt > $at
                        RETURN changed.from ORDER BY activity.endedAt LIMIT 1 }),
         image.state) END AS state, image.registeredAt AS registeredAt,
       repository.id AS repositoryId, repository.name AS repositoryName, repository.kind AS repositoryKind
LIMIT 1
