// Answers: for pairs of a directory or chunk and a name, what the entry of that name is.
// Parameters: entries (list)
// Cost: one index lookup for each pair and one step for each entry of the directory or chunk.
CYPHER 25
UNWIND $entries AS wanted
CALL (wanted) {
  MATCH (parent:Directory {id: wanted.parent}) RETURN parent
  UNION ALL
  MATCH (parent:DirectoryChunk {id: wanted.parent}) RETURN parent
}
MATCH (parent)-[entry:ENTRY]->(child)
WHERE entry.name = wanted.name
RETURN wanted.parent AS parent, entry.name AS name, labels(child) AS labels, child.id AS node,
       child.sizeBytes AS sizeBytes, child.kind AS kind
