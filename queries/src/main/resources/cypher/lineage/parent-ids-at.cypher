// Answers: which images some images derive from, and which of them lead further, as of a moment.
// Parameters: ids (list), limit (number), at (time)
// Cost: one index lookup for each image and one step for each derivation.
CYPHER 25
UNWIND $ids AS id
MATCH (child:Image {id: id})-[d:DERIVED_FROM|HAD_PARENT]->(parent:Image) USING INDEX SEEK child:Image(id)
WHERE d.since <= $at AND (d.until IS NULL OR d.until > $at)
WITH DISTINCT parent ORDER BY parent.id LIMIT $limit
RETURN 1 AS distance, collect(parent.id) AS ids, collect(CASE WHEN EXISTS { (parent)-[:DERIVED_FROM|HAD_PARENT]->() } THEN parent.id END) AS further
