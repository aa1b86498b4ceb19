// Answers: which images derive from some images.
// Parameters: ids (list), limit (number)
// Cost: one index lookup for each image and one step for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (parent:Image {id: id})<-[:DERIVED_FROM]-(child:Image) USING INDEX parent:Image(id)
WITH DISTINCT child.id AS id ORDER BY id LIMIT $limit
RETURN collect(id) AS ids
