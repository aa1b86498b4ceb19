// Answers: for some directories and chunks, the files that they hold, and what lies below them.
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
RETURN id,
       [(node)-[entry:ENTRY]->(file:File) | file.id + ' ' + entry.name] AS files,
       [(node)-[entry:ENTRY]->(directory:Directory) | directory.id + ' ' + entry.name] AS directories,
       [(node)-[:CHUNK]->(chunk:DirectoryChunk) | chunk.id] AS chunks
