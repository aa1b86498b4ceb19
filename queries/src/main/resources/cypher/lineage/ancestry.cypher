// Answers: what some images derive from for certain, recorded or observed.
// Parameters: ids (list), limit (number), at (time or null)
// Cost: one index lookup for each image and one step for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (child:Image {id: id})-[d:DERIVED_FROM|HAD_PARENT]->(parent:Image) USING INDEX SEEK child:Image(id)
WHERE d.basis <> 'INFERRED' AND CASE WHEN $at IS NULL THEN d.until IS NULL ELSE d.since <= $at AND (d.until IS NULL OR d.until > $at) END
RETURN DISTINCT id AS child, parent.id AS parent LIMIT $limit
