// Answers: in how many places of different directories some contents lie.
// Parameters: digests (list)
// Cost: one index lookup for each digest.
CYPHER 25
UNWIND $digests AS digest
MATCH (file:File {id: digest})
RETURN coalesce(sum(COUNT { (file)<-[:ENTRY]-() }), 0) AS entries
