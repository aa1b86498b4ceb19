// Answers: the versions of a chain, newest first, from below an ordinal on.
// Parameters: name (text), below (number), limit (number), many (number)
// Cost: one step for each version of the chain; for those on the page some more.
CYPHER 25
MATCH (:VersionChain {name: $name})-[has:HAS_VERSION]->(image:Image)
WHERE has.ordinal < $below
WITH has, image ORDER BY has.ordinal DESC LIMIT $limit
OPTIONAL CALL (image) {
  MATCH (image)-[held:HAS_INVENTORY]->(inventory:Inventory) WHERE held.until IS NULL
  RETURN inventory LIMIT 1
}
RETURN image.id AS imageId, has.number AS number, has.ordinal AS ordinal, has.since AS since,
       coalesce(image.state, 'ACTIVE') AS state, image.author AS author, image.message AS message, image.checkedInAt AS checkedInAt,
       image.content AS content, image.collectedAt AS collectedAt, image.virtualBytes AS virtualBytes,
       image.allocatedBytes AS storedBytes, inventory.id AS inventoryId,
       COUNT { (image)-[:HAS_BRANCH]->() } AS branches,
       COLLECT { MATCH (image)<-[:POINTS_TO]-(channel:Channel) RETURN channel.name ORDER BY channel.name LIMIT $many } AS channels,
       COLLECT { MATCH (image)<-[had:HAD_VERSION]-(chain:VersionChain)
                 RETURN {chain: chain.name, number: had.number, since: had.since, until: had.until}
                 ORDER BY had.until DESC LIMIT $many } AS former
ORDER BY ordinal DESC
