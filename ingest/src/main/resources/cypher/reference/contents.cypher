// The contents of the store that versions name, which versions those are, and whether one of them still holds on to it.
// No parameters. Cost: one index scan over the versions.
CYPHER 25
MATCH (image:Image) WHERE image.content IS NOT NULL
RETURN image.content AS content, max(CASE WHEN image.collectedAt IS NULL THEN 1 ELSE 0 END) AS held, collect(image.name) AS versions
