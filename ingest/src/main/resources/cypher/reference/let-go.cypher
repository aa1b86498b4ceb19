// Lets go of the bytes of versions that were deleted before a time; they cannot be restored from then on. Each is locked first, and looked at again.
// Parameters: before, now, inUse (list of ids that stay). Cost: one index scan over the versions.
CYPHER 25
MATCH (image:Image) WHERE image.content IS NOT NULL AND image.state = 'DELETED' AND image.collectedAt IS NULL
SET image.stateChangedAt = $now
WITH image
WHERE image.state = 'DELETED' AND image.collectedAt IS NULL AND image.deletedAt < $before AND NOT image.id IN $inUse
SET image.collectedAt = $now
RETURN count(image) AS count
