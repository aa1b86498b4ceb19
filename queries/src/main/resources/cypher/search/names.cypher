// Answers: for some directories and chunks, what they hold: a letter for its kind, half of the id of a file, the id of a directory, the name, and of
//  a link a slash and the target.
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
RETURN id, node:Directory AS directory,
       [(node)-[entry:ENTRY]->(child) |
         CASE WHEN child:File THEN 'f' + left(child.id, 32) + entry.name
              WHEN child:Directory THEN 'd' + child.id + entry.name
              WHEN child:Link AND child.target IS NOT NULL THEN 'l' + entry.name + '/' + child.target
              ELSE 'o' + entry.name END] AS entries,
       [(node)-[:CHUNK]->(chunk:DirectoryChunk) | chunk.id] AS chunks
