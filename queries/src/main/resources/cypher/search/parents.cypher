// Answers: what lies one step above some directories and chunks of the Merkle graph.
// Parameters: directories (list), chunks (list), limit (number)
// Cost: one index lookup for each and one step for each that lies above.
CYPHER 25
CALL () {
  UNWIND $directories AS id
  MATCH (:Directory {id: id})<-[up:ENTRY]-(parent)
  RETURN id, up.name AS name, parent.id AS parent, parent:Directory AS directory
  UNION ALL
  UNWIND $chunks AS id
  MATCH (:DirectoryChunk {id: id})<-[up:CHUNK]-(parent)
  RETURN id, null AS name, parent.id AS parent, parent:Directory AS directory
}
RETURN id, name, parent, directory
LIMIT $limit
