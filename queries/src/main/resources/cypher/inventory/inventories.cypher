// Answers: all inventories that an image has had, the current one first, then newest first.
// Parameters: imageId (text), limit (number)
// Cost: one index lookup and one step for each inventory of the image.
CYPHER 25
MATCH (:Image {id: $imageId})-[had:HAS_INVENTORY]->(inventory:Inventory)
RETURN inventory.id AS id, inventory.level AS level, inventory.sequence AS sequence, inventory.manifest AS manifest,
       inventory.entries AS entries, inventory.files AS files, inventory.fileBytes AS fileBytes,
       inventory.packages AS packages, inventory.analyzers AS analyzers, inventory.committedAt AS committedAt,
       had.observedAt AS observedAt, had.until AS until
ORDER BY had.until IS NULL DESC, had.observedAt DESC, inventory.sequence DESC
LIMIT $limit
