// Answers: some directories and chunks of the Merkle graph with all that they hold.
// Parameters: directories (list), chunks (list)
// Cost: one index lookup for each and one step for each entry; whole property maps are read faster than one by one.
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
       [(node)-[part:CHUNK]->(chunk:DirectoryChunk) | [part.index, chunk.id]] AS chunks,
       [(node)-[entry:ENTRY]->(child) |
         [properties(entry), child.id,
          CASE WHEN child:File THEN child.sizeBytes
               WHEN child:Directory THEN null
               WHEN child:Link THEN child.target
               ELSE {label: head(labels(child)), sizeBytes: child.sizeBytes, kind: child.kind,
                     major: child.major, minor: child.minor} END]] AS entries
