// Answers: which images derive from some images, and which of them lead further.
// Parameters: ids (list), limit (number)
// Cost: one index lookup for each image and one step for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (parent:Image {id: id})<-[:DERIVED_FROM]-(child:Image) USING INDEX SEEK parent:Image(id)
WITH DISTINCT child ORDER BY child.id LIMIT $limit
RETURN 1 AS distance, collect(child.id) AS ids, collect(CASE WHEN EXISTS { (child)<-[:DERIVED_FROM]-() } THEN child.id END) AS further
