// Answers: the entries that lead to some contents, with the directory or chunk that holds each.
// Parameters: digests (list), limit (number)
// Cost: one index lookup for each digest and one step for each entry found.
CYPHER 25
UNWIND $digests AS digest
MATCH (child:File {id: digest})<-[entry:ENTRY]-(parent)
RETURN parent.id AS parent, parent:Directory AS directory, entry.name AS name, labels(child) AS labels,
       child.id AS node, child.sizeBytes AS sizeBytes, child.kind AS kind
LIMIT $limit
