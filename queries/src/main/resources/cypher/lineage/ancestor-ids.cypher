// Answers: which images some images derive from, directly or over up to 16 derivations, over how many at least, and which of them lead further.
// Parameters: ids (list), limit (number)
// Cost: one index lookup for each image and one step for each derivation that is reached.
CYPHER 25
UNWIND $ids AS id
MATCH (start:Image {id: id}) USING INDEX SEEK start:Image(id)
MATCH path = (start)-[:DERIVED_FROM*1..16]->(ancestor:Image)
WITH ancestor, min(length(path)) AS distance
WITH ancestor, distance ORDER BY distance, ancestor.id LIMIT $limit
RETURN distance, collect(ancestor.id) AS ids, collect(CASE WHEN EXISTS { (ancestor)-[:DERIVED_FROM]->() } THEN ancestor.id END) AS further
ORDER BY distance
