// Answers: which images some images derive from, and which of them lead further.
// Parameters: ids (list), limit (number)
// Cost: one index lookup for each image and one step for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (child:Image {id: id})-[:DERIVED_FROM]->(parent:Image) USING INDEX SEEK child:Image(id)
WITH DISTINCT parent ORDER BY parent.id LIMIT $limit
RETURN 1 AS distance, collect(parent.id) AS ids, collect(CASE WHEN EXISTS { (parent)-[:DERIVED_FROM]->() } THEN parent.id END) AS further
