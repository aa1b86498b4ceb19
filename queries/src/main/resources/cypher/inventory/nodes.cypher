// Answers: some directories and chunks of the Merkle graph with all that they hold.
// Parameters: directories (list), chunks (list)
// Cost: one index lookup for each and one step for each entry; whole property maps are read faster than one by one, and collected
//  faster than listed by a comprehension.
CYPHER 25
CALL () {
  UNWIND $directories AS id
  MATCH (node:Directory {id: id})
  RETURN id, node, true AS directory
  UNION ALL
  UNWIND $chunks AS id
  MATCH (node:DirectoryChunk {id: id})
  RETURN id, node, false AS directory
}
OPTIONAL MATCH (node)-[entry:ENTRY]->(child)
WITH id, node, directory,
     collect(CASE WHEN entry IS NOT NULL THEN
       [properties(entry), child.id,
        CASE WHEN child:File THEN child.sizeBytes
             WHEN child:Directory THEN null
             WHEN child:Link THEN child.target
             ELSE {label: head(labels(child)), sizeBytes: child.sizeBytes, kind: child.kind,
                   major: child.major, minor: child.minor} END] END) AS entries
RETURN id, directory, entries,
       CASE size(entries) WHEN 0 THEN [(node)-[part:CHUNK]->(chunk:DirectoryChunk) | [part.index, chunk.id]]
                          ELSE [] END AS chunks
