// Answers: which images derive from some images, directly or over up to 16 derivations, over how many at least, and which of them lead further.
// Parameters: ids (list), limit (number)
// Cost: one index lookup for each image and one step for each derivation that is reached.
CYPHER 25
UNWIND $ids AS id
MATCH (start:Image {id: id}) USING INDEX SEEK start:Image(id)
MATCH path = (start)<-[:DERIVED_FROM*1..16]-(descendant:Image)
WITH descendant, min(length(path)) AS distance
WITH descendant, distance ORDER BY distance, descendant.id LIMIT $limit
RETURN distance, collect(descendant.id) AS ids, collect(CASE WHEN EXISTS { (descendant)<-[:DERIVED_FROM]-() } THEN descendant.id END) AS further
ORDER BY distance
