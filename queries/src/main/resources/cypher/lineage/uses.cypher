// Answers: what was made of some images outside of the reference repository: branches, and what derives, or derived, for certain and is no version.
// Parameters: ids (list), limit (number), at (time or null)
// Cost: one index lookup for each image and one step for each derivation and branch.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id})
CALL (image) {
  MATCH (image)-[has:HAS_BRANCH]->(use:Image) WHERE $at IS NULL OR has.since <= $at
  RETURN use
  UNION
  MATCH (image)<-[d:DERIVED_FROM|HAD_PARENT]-(use:Image)
  WHERE d.basis <> 'INFERRED' AND use.content IS NULL AND ($at IS NULL OR d.since <= $at)
  RETURN use
}
RETURN DISTINCT use.id AS id LIMIT $limit
