// Answers: some directories and chunks of the Merkle graph with all that they hold.
// Parameters: ids (list)
// Cost: two index lookups for each and one step for each entry.
CYPHER 25
UNWIND $ids AS id
CALL (id) {
  MATCH (node:Directory {id: id}) RETURN node
  UNION ALL
  MATCH (node:DirectoryChunk {id: id}) RETURN node
}
RETURN id, node:Directory AS directory,
       [(node)-[part:CHUNK]->(chunk:DirectoryChunk) | [part.index, chunk.id]] AS chunks,
       [(node)-[entry:ENTRY]->(child) |
         [entry.name, entry.mode, entry.uid, entry.gid, entry.xattrs, labels(child), child.id, child.sizeBytes,
          child.target, child.kind, child.major, child.minor]] AS entries
