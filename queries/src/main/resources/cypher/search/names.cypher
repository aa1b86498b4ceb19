// Answers: for some directories and chunks, the names they hold and what to look into next.
// Parameters: directories (list), chunks (list)
// Cost: one step for each entry.
CYPHER 25
CALL () {
  UNWIND $directories AS id
  MATCH (node:Directory {id: id})
  RETURN id, node
  UNION ALL
  UNWIND $chunks AS id
  MATCH (node:DirectoryChunk {id: id})
  RETURN id, node
}
RETURN id, [(node)-[entry:ENTRY]->() | entry.name] AS names,
       [(node)-[:ENTRY]->(child:Directory) | child.id] AS directories,
       [(node)-[:CHUNK]->(chunk:DirectoryChunk) | chunk.id] AS chunks
