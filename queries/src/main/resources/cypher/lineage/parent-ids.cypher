// Answers: which images some images derive from.
// Parameters: ids (list), limit (number)
// Cost: one index lookup for each image and one step for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (child:Image {id: id})-[:DERIVED_FROM]->(parent:Image) USING INDEX child:Image(id)
WITH DISTINCT parent.id AS id ORDER BY id LIMIT $limit
RETURN collect(id) AS ids
