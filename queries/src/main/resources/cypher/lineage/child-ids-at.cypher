// Answers: which images derive from some images, and which of them lead further, as of a moment.
// Parameters: ids (list), limit (number), at (time)
// Cost: one index lookup for each image and one step for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (parent:Image {id: id})<-[d:DERIVED_FROM|HAD_PARENT]-(child:Image) USING INDEX SEEK parent:Image(id)
WHERE d.since <= $at AND (d.until IS NULL OR d.until > $at)
WITH DISTINCT child ORDER BY child.id LIMIT $limit
RETURN 1 AS distance, collect(child.id) AS ids, collect(CASE WHEN EXISTS { (child)<-[:DERIVED_FROM|HAD_PARENT]-() } THEN child.id END) AS further
