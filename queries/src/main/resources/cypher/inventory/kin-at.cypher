// Answers: the images one derivation away from an image as of a moment, parents (`up`) and children.
// Parameters: imageId (text), limit (number), at (time)
// Cost: one index lookup and one step for each derivation.
CYPHER 25
MATCH (image:Image {id: $imageId})
CALL (image) {
  MATCH (image)-[d:DERIVED_FROM|HAD_PARENT]->(other:Image) WHERE d.since <= $at AND (d.until IS NULL OR d.until > $at)
  RETURN true AS up, d, other ORDER BY other.name, other.id LIMIT $limit
  UNION ALL
  MATCH (image)<-[d:DERIVED_FROM|HAD_PARENT]-(other:Image) WHERE d.since <= $at AND (d.until IS NULL OR d.until > $at)
  RETURN false AS up, d, other ORDER BY other.name, other.id LIMIT $limit
}
RETURN up, other.id AS id, other.name AS name, CASE WHEN other.replacedAt <= $at THEN 'MISSING' END AS state, d.kind AS kind, d.basis AS basis, d.confidence AS confidence
