// Answers: how many entries a directory has.
// Parameters: directory (text)
// Cost: one step for each chunk; the counts are kept with the nodes.
CYPHER 25
MATCH (:Directory {id: $directory})-[:CHUNK*0..16]->(part)
RETURN sum(COUNT { (part)-[:ENTRY]->() }) AS total
