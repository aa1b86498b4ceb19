// Answers: the images one derivation away from an image, parents (`up`) and children.
// Parameters: imageId (text), limit (number)
// Cost: one index lookup and one step for each derivation.
CYPHER 25
MATCH (image:Image {id: $imageId})
CALL (image) {
  MATCH (image)-[d:DERIVED_FROM]->(other:Image)
  RETURN true AS up, d, other ORDER BY other.name, other.id LIMIT $limit
  UNION ALL
  MATCH (image)<-[d:DERIVED_FROM]-(other:Image)
  RETURN false AS up, d, other ORDER BY other.name, other.id LIMIT $limit
}
RETURN up, other.id AS id, other.name AS name, coalesce(other.state, 'ACTIVE') AS state, d.kind AS kind, d.basis AS basis, d.confidence AS confidence
