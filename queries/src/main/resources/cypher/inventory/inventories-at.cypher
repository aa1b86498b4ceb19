// Answers: the inventory that was an image's current one as of a moment.
// Parameters: imageId (text), limit (number), at (time)
// Cost: one index lookup and one step for each inventory of the image.
CYPHER 25
MATCH (:Image {id: $imageId})-[had:HAS_INVENTORY]->(inventory:Inventory)
WHERE had.observedAt <= $at AND (had.until IS NULL OR had.until > $at)
RETURN inventory.id AS id, inventory.level AS level, inventory.sequence AS sequence, inventory.manifest AS manifest,
       inventory.entries AS entries, inventory.files AS files, inventory.fileBytes AS fileBytes,
       inventory.packages AS packages, inventory.analyzers AS analyzers, inventory.committedAt AS committedAt,
       had.observedAt AS observedAt, NULL AS until
ORDER BY had.observedAt DESC, inventory.sequence DESC
LIMIT $limit
